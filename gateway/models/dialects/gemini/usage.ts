// Gemini's token counts. Every streamed chunk carries them beside its content, so only that object is cut out and read.
import { isJson } from '../../exchange.ts';
import type { Json, Usage } from '../../exchange.ts';
import type { WireEvent } from '../dialect.ts';
import { countIn, objectsIn, parseJson } from '../reading.ts';

export function usageFrom(json: unknown): Usage | undefined {
  if (!isJson(json)) return undefined;
  const reasoningTokens = countIn(json, 'thoughtsTokenCount');
  const audio = freshOf(json, 'AUDIO');
  const image = freshOf(json, 'IMAGE');
  return {
    inputTokens: countIn(json, 'promptTokenCount') + countIn(json, 'toolUsePromptTokenCount'),
    outputTokens: countIn(json, 'candidatesTokenCount') + reasoningTokens,
    cachedInputTokens: countIn(json, 'cachedContentTokenCount'),
    cacheWriteTokens: 0,
    reasoningTokens,
    ...(audio > 0 ? { audioInputTokens: audio } : {}),
    ...(image > 0 ? { imageInputTokens: image } : {}),
  };
}

/** Input of one modality that did not come from the cache. */
function freshOf(json: Json, modality: string): number {
  const of = (key: string): number =>
    objectsIn(json, key).reduce((sum, one) => (one['modality'] === modality ? sum + countIn(one, 'tokenCount') : sum), 0);
  return Math.max(0, of('promptTokensDetails') + of('toolUsePromptTokensDetails') - of('cacheTokensDetails'));
}

export function usageOf(json: unknown): Usage | undefined {
  return isJson(json) ? usageFrom(json['usageMetadata']) : undefined;
}

const MARK = '"usageMetadata"';

/** Each chunk tells the counts of the whole answer so far. */
export function usageOfEvent(event: WireEvent, before: Usage | undefined): Usage | undefined {
  const { data } = event;
  const at = data.lastIndexOf(MARK);
  if (at < 0) return before;
  const start = data.indexOf('{', at + MARK.length);
  if (start < 0) return before;
  const text = objectAt(data, start);
  return (text === undefined ? undefined : usageFrom(parseJson(text))) ?? before;
}

/** The object that begins at `start`; its strings are names of modalities and tiers, without braces or quotes in them. */
function objectAt(text: string, start: number): string | undefined {
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x7b) depth++;
    else if (code === 0x7d && --depth === 0) return text.slice(start, index + 1);
  }
  return undefined;
}

export function usageJson(usage: Usage): Json {
  const { audioInputTokens: audio = 0, imageInputTokens: image = 0 } = usage;
  const details = [
    { modality: 'TEXT', tokenCount: Math.max(0, usage.inputTokens - audio - image) },
    { modality: 'AUDIO', tokenCount: audio },
    { modality: 'IMAGE', tokenCount: image },
  ].filter(({ tokenCount }) => tokenCount > 0);
  return {
    promptTokenCount: usage.inputTokens,
    candidatesTokenCount: usage.outputTokens - usage.reasoningTokens,
    totalTokenCount: usage.inputTokens + usage.outputTokens,
    ...(usage.cachedInputTokens > 0 ? { cachedContentTokenCount: usage.cachedInputTokens } : {}),
    ...(audio + image > 0 ? { promptTokensDetails: details } : {}),
    ...(usage.reasoningTokens > 0 ? { thoughtsTokenCount: usage.reasoningTokens } : {}),
  };
}
