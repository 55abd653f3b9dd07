// Parts as Bedrock's content blocks; what the API has no block for is named in `dropped`.
import type { CacheMark, Json, Part } from '../../exchange.ts';
import { callId } from '../anthropic-messages/blocks-out.ts';
import type { ThoughtPart } from '../anthropic-messages/thinking.ts';
import { proofForProvider } from '../proof.ts';
import { argumentsObject } from '../reading.ts';
import { cannotShow } from '../unshown.ts';
import { mediaJson } from './media.ts';

export const cachePoint = (cache: CacheMark | undefined): readonly Json[] =>
  cache === undefined ? [] : [{ cachePoint: { type: 'default', ...(cache.ttl === undefined ? {} : { ttl: cache.ttl }) } }];

export function blocksOf(parts: readonly Part[], dropped: Set<string>): readonly Json[] {
  return parts.flatMap((part, place) => {
    const block = blockOf(part, place, dropped);
    if (block === undefined) return [];
    return [block, ...('cache' in part ? cachePoint(part.cache) : [])];
  });
}

function blockOf(part: Part, place: number, dropped: Set<string>): Json | undefined {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      // The API refuses empty text blocks.
      return part.text === '' ? undefined : { text: part.text };
    case 'thinking':
      return thoughtBlock(part, dropped);
    case 'tool-call':
      return { toolUse: { toolUseId: callId(part.id), name: part.name, input: argumentsObject(part.arguments) } };
    case 'tool-result':
      return { toolResult: resultJson(part, dropped) };
    default: {
      const json = mediaJson(part, place);
      if (json === undefined) throw cannotShow(part, 'Bedrock');
      if (part.kind === 'image' && part.detail !== undefined) dropped.add('detail');
      return json;
    }
  }
}

function resultJson(part: Extract<Part, { kind: 'tool-result' }>, dropped: Set<string>): Json {
  if (part.content.some((item) => 'cache' in item && item.cache !== undefined)) dropped.add('cache');
  return {
    toolUseId: callId(part.toolCallId),
    content: part.content.map((item, place) => blockOf(item, place, dropped)).filter((block) => block !== undefined),
    ...(part.isError === true ? { status: 'error' } : {}),
  };
}

export const isProven = (part: ThoughtPart): boolean =>
  proofForProvider('bedrock', part.redacted) !== undefined || proofForProvider('anthropic', part.signature) !== undefined;

function thoughtBlock(part: ThoughtPart, dropped: Set<string>): Json | undefined {
  const redactedContent = proofForProvider('bedrock', part.redacted);
  if (redactedContent !== undefined) return { reasoningContent: { redactedContent } };
  const signature = proofForProvider('anthropic', part.signature);
  if (signature !== undefined) return { reasoningContent: { reasoningText: { text: part.text, signature } } };
  dropped.add('thinking');
  return undefined;
}
