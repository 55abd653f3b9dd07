// What a Gemini model takes, by the number in its name: from 3 on it thinks by level, wants the signature of each tool
// call back, reads media inside tool results and may be asked for JSON while it has tools.
export interface GeminiTraits {
  readonly thinkingLevel: boolean;
  readonly signedCalls: boolean;
  readonly mediaInResults: boolean;
  readonly formWithTools: boolean;
}

export function traitsOf(model: string): GeminiTraits {
  const major = Number(/gemini-(\d+)/.exec(model)?.[1] ?? Number.NaN);
  const current = major >= 3;
  return { thinkingLevel: current, signedCalls: current, mediaInResults: current, formWithTools: current };
}
