// Bedrock's content blocks as parts. A cache point is a block of its own that marks what stands before it.
import type { CacheMark, Json, Part } from '../../exchange.ts';
import { proofFromBytes, proofFromWire } from '../proof.ts';
import { jsonText, argumentsText, invalid, listOf, objectIn, objectOf, objectsIn, optional, textIn, textOf } from '../reading.ts';
import { readMedia } from './media.ts';

export function readCachePoint(block: Json, path: string): CacheMark | undefined {
  const point = optional(objectOf, block['cachePoint'], `${path}.cachePoint`);
  if (point === undefined) return undefined;
  const ttl = optional(textOf, point['ttl'], `${path}.cachePoint.ttl`);
  if (ttl !== undefined && ttl !== '5m' && ttl !== '1h') throw invalid(`${path}.cachePoint.ttl`, 'must be 5m or 1h');
  return { ttl };
}

export function partsOf(content: unknown, path: string, rest: Json[], inResult = false): readonly Part[] {
  const parts: Part[] = [];
  for (const [index, item] of listOf(content, path).entries()) {
    const at = `${path}[${index}]`;
    const block = objectOf(item, at);
    const cache = readCachePoint(block, at);
    const last = parts.at(-1);
    if (cache !== undefined) {
      if (last !== undefined && canBeMarked(last)) parts[parts.length - 1] = { ...last, cache };
      continue;
    }
    const part = partOf(block, at, rest, inResult);
    if (part === undefined) rest.push(block);
    else parts.push(part);
  }
  return parts;
}

type Marked = Exclude<Part, { readonly kind: 'audio' | 'thinking' | 'refusal' }>;
const canBeMarked = (part: Part): part is Marked => part.kind !== 'audio' && part.kind !== 'thinking' && part.kind !== 'refusal';

function partOf(block: Json, path: string, rest: Json[], inResult: boolean): Part | undefined {
  if (typeof block['text'] === 'string') return { kind: 'text', text: block['text'] };
  const guarded = objectIn(objectIn(block, 'guardContent') ?? {}, 'text');
  if (typeof guarded?.['text'] === 'string') return { kind: 'text', text: guarded['text'] };
  const cited = objectIn(block, 'citationsContent');
  if (cited !== undefined)
    return {
      kind: 'text',
      text: objectsIn(cited, 'content')
        .map((item) => textIn(item, 'text') ?? '')
        .join(''),
    };
  if (inResult) return block['json'] === undefined ? readMedia(block, path) : { kind: 'text', text: jsonText(block['json']) };
  const reasoning = optional(objectOf, block['reasoningContent'], `${path}.reasoningContent`);
  if (reasoning !== undefined) return thoughtOf(reasoning);
  const call = optional(objectOf, block['toolUse'], `${path}.toolUse`);
  if (call !== undefined) {
    return {
      kind: 'tool-call',
      id: textOf(call['toolUseId'], `${path}.toolUse.toolUseId`),
      name: textOf(call['name'], `${path}.toolUse.name`),
      arguments: argumentsText(call['input']),
    };
  }
  const result = optional(objectOf, block['toolResult'], `${path}.toolResult`);
  if (result === undefined) return readMedia(block, path);
  return {
    kind: 'tool-result',
    toolCallId: textOf(result['toolUseId'], `${path}.toolResult.toolUseId`),
    content: optional((value, at) => partsOf(value, at, rest, true), result['content'], `${path}.toolResult.content`) ?? [],
    ...(result['status'] === 'error' ? { isError: true } : {}),
  };
}

function thoughtOf(reasoning: Json): Part | undefined {
  const redacted = textIn(reasoning, 'redactedContent');
  if (redacted !== undefined) return { kind: 'thinking', text: '', redacted: proofFromBytes('bedrock', redacted) };
  const thought = objectIn(reasoning, 'reasoningText');
  if (thought === undefined) return undefined;
  const signature = textIn(thought, 'signature');
  // Claude's signatures are the same wherever Claude is hosted.
  return {
    kind: 'thinking',
    text: textIn(thought, 'text') ?? '',
    ...(signature ? { signature: proofFromWire('anthropic', signature) } : {}),
  };
}
