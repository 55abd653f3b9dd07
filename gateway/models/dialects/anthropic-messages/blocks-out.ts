// Parts as Anthropic's content blocks; what the API has no block for is named in `dropped`.
import type { CacheMark, Json, MediaSource, Part } from '../../exchange.ts';
import { proofForProvider } from '../proof.ts';
import { argumentsObject } from '../reading.ts';
import { cannotShow } from '../unshown.ts';
import type { ThoughtPart } from './thinking.ts';

const API = 'Anthropic’s API';

export function cacheControl(cache: CacheMark | undefined): Json {
  if (cache === undefined) return {};
  return { cache_control: { type: 'ephemeral', ...(cache.ttl === undefined ? {} : { ttl: cache.ttl }) } };
}

export function blocksOf(parts: readonly Part[], dropped: Set<string>): readonly Json[] {
  return parts.map((part) => blockOf(part, dropped)).filter((block) => block !== undefined);
}

function blockOf(part: Part, dropped: Set<string>): Json | undefined {
  switch (part.kind) {
    case 'text':
      // The API refuses empty text blocks.
      return part.text === '' ? undefined : { type: 'text', text: part.text, ...cacheControl(part.cache) };
    case 'refusal':
      return part.text === '' ? undefined : { type: 'text', text: part.text };
    case 'image':
      if (part.detail !== undefined) dropped.add('detail');
      if (isReachable(part.source)) return { type: 'image', source: sourceJson(part.source), ...cacheControl(part.cache) };
      throw cannotShow(part, API);
    case 'file':
      return fileBlock(part);
    case 'thinking':
      return thinkingBlock(part, dropped);
    case 'tool-call':
      return {
        type: 'tool_use',
        id: callId(part.id),
        name: part.name,
        input: argumentsObject(part.arguments),
        ...cacheControl(part.cache),
      };
    case 'tool-result':
      return {
        type: 'tool_result',
        tool_use_id: callId(part.toolCallId),
        ...(part.content.length === 0 ? {} : { content: resultContent(part.content, dropped) }),
        ...(part.isError === undefined ? {} : { is_error: part.isError }),
        ...cacheControl(part.cache),
      };
    default:
      throw cannotShow(part, API);
  }
}

function resultContent(parts: readonly Part[], dropped: Set<string>): unknown {
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'text' && only.cache === undefined) return only.text;
  return blocksOf(parts, dropped);
}

/** Other schemes name uploads or buckets that only another API can read. */
const isReachable = (source: MediaSource): boolean => source.kind === 'bytes' || /^https?:/i.test(source.url);

const sourceJson = (source: MediaSource): Json =>
  source.kind === 'url'
    ? { type: 'url', url: source.url }
    : { type: 'base64', media_type: source.mediaType, data: source.base64 };

function fileBlock(part: Extract<Part, { kind: 'file' }>): Json {
  const { source } = part;
  const about = { ...(part.name === undefined ? {} : { title: part.name }), ...cacheControl(part.cache) };
  if (isReachable(source) && (source.kind === 'url' || source.mediaType === 'application/pdf'))
    return { type: 'document', source: sourceJson(source), ...about };
  if (source.kind === 'bytes' && source.mediaType.startsWith('text/')) {
    const data = Buffer.from(source.base64, 'base64').toString('utf8');
    return { type: 'document', source: { type: 'text', media_type: 'text/plain', data }, ...about };
  }
  throw cannotShow(part, API);
}

export const isProven = (part: ThoughtPart): boolean =>
  proofForProvider('anthropic', part.redacted) !== undefined || proofForProvider('anthropic', part.signature) !== undefined;

/** Only thoughts with a proof of this API are taken back by it. */
function thinkingBlock(part: ThoughtPart, dropped: Set<string>): Json | undefined {
  const data = proofForProvider('anthropic', part.redacted);
  if (data !== undefined) return { type: 'redacted_thinking', data };
  const signature = proofForProvider('anthropic', part.signature);
  if (signature !== undefined) return { type: 'thinking', thinking: part.text, signature };
  dropped.add('thinking');
  return undefined;
}

/** Ids of other APIs may hold characters that this one refuses. */
export const callId = (id: string): string => id.replaceAll(/[^\w-]/g, '_');
