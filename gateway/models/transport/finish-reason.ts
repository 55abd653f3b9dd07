// Why an answer ended, read from a provider's own bytes without decoding the rest: the words of the APIs that
// are passed on raw do not overlap in meaning, so one table serves them.
import type { FinishReason, Json } from '../exchange.ts';

const WORDS: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  completed: 'stop',
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  tool_use: 'tool-calls',
  content_filter: 'content-filter',
  refusal: 'content-filter',
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content-filter',
  PROHIBITED_CONTENT: 'content-filter',
  BLOCKLIST: 'content-filter',
  SPII: 'content-filter',
  RECITATION: 'content-filter',
};
const IN_EVENT = /"(?:finish_reason|finishReason|stop_reason|status)":\s*"(\w+)"/;

export function finishReasonOf(json: Json): FinishReason {
  const choices = json['choices'] as readonly Json[] | undefined;
  const incomplete = json['incomplete_details'] as Json | null | undefined;
  const candidates = json['candidates'] as readonly Json[] | undefined;
  const word =
    choices?.[0]?.['finish_reason'] ??
    candidates?.[0]?.['finishReason'] ??
    json['stop_reason'] ??
    incomplete?.['reason'] ??
    json['status'];
  return wordOf(word);
}

/** Of one streamed event; undefined where it does not tell. */
export function finishReasonIn(event: string): FinishReason | undefined {
  const word = IN_EVENT.exec(event)?.[1];
  return word === undefined ? undefined : wordOf(word);
}

function wordOf(word: unknown): FinishReason {
  return (typeof word === 'string' ? WORDS[word] : undefined) ?? 'other';
}
