// Anthropic's content blocks as parts. Blocks that the common form has no word for (server tools and their results,
// files by id) go to `rest`, which the caller keeps, so that whoever translates further can say that they are lost.
import { isJson } from '../../exchange.ts';
import type { CacheMark, Json, MediaSource, Part } from '../../exchange.ts';
import { proofFromWire } from '../proof.ts';
import { argumentsText, booleanOf, defined, invalid, listOf, objectOf, optional, textIn, textOf } from '../reading.ts';

export function cacheMark(block: Json, path: string): { readonly cache?: CacheMark } {
  const control = optional(objectOf, block['cache_control'], `${path}.cache_control`);
  if (control === undefined) return {};
  const ttl = optional(textOf, control['ttl'], `${path}.cache_control.ttl`);
  if (ttl !== undefined && ttl !== '5m' && ttl !== '1h') throw invalid(`${path}.cache_control.ttl`, 'must be 5m or 1h');
  return { cache: { ttl } };
}

export function partsOf(content: unknown, path: string, rest: Json[], inResult = false): readonly Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  return listOf(content, path).flatMap((item, index) => {
    const at = `${path}[${index}]`;
    const block = objectOf(item, at);
    const part = inResult && block['type'] === 'tool_result' ? undefined : partOf(block, at, rest);
    if (part === undefined) rest.push(block);
    return part ?? [];
  });
}

function partOf(block: Json, path: string, rest: Json[]): Part | undefined {
  switch (textOf(block['type'], `${path}.type`)) {
    case 'text':
      return { kind: 'text', text: textOf(block['text'], `${path}.text`), ...cacheMark(block, path) };
    case 'image': {
      const source = sourceOf(objectOf(block['source'], `${path}.source`), `${path}.source`);
      return source && { kind: 'image', source, ...cacheMark(block, path) };
    }
    case 'document': {
      const source = documentSource(objectOf(block['source'], `${path}.source`), `${path}.source`);
      const name = optional(textOf, block['title'], `${path}.title`);
      return source && { kind: 'file', source, ...defined({ name }), ...cacheMark(block, path) };
    }
    case 'search_result':
      return { kind: 'text', text: searchResultText(block), ...cacheMark(block, path) };
    case 'thinking': {
      const signature = optional(textOf, block['signature'], `${path}.signature`);
      const text = textOf(block['thinking'], `${path}.thinking`);
      return { kind: 'thinking', text, ...(signature ? { signature: proofFromWire('anthropic', signature) } : {}) };
    }
    case 'redacted_thinking':
      return { kind: 'thinking', text: '', redacted: proofFromWire('anthropic', textOf(block['data'], `${path}.data`)) };
    case 'tool_use':
      return {
        kind: 'tool-call',
        id: textOf(block['id'], `${path}.id`),
        name: textOf(block['name'], `${path}.name`),
        arguments: argumentsText(block['input']),
        ...cacheMark(block, path),
      };
    case 'tool_result':
      return {
        kind: 'tool-result',
        toolCallId: textOf(block['tool_use_id'], `${path}.tool_use_id`),
        content: optional((value, at) => partsOf(value, at, rest, true), block['content'], `${path}.content`) ?? [],
        ...defined({ isError: optional(booleanOf, block['is_error'], `${path}.is_error`) }),
        ...cacheMark(block, path),
      };
    default:
      return undefined;
  }
}

function sourceOf(source: Json, path: string): MediaSource | undefined {
  switch (textOf(source['type'], `${path}.type`)) {
    case 'base64':
      return {
        kind: 'bytes',
        mediaType: textOf(source['media_type'], `${path}.media_type`),
        base64: textOf(source['data'], `${path}.data`),
      };
    case 'url':
      return { kind: 'url', url: textOf(source['url'], `${path}.url`) };
    default:
      return undefined;
  }
}

function documentSource(source: Json, path: string): MediaSource | undefined {
  switch (source['type']) {
    case 'text':
      return plainText(textOf(source['data'], `${path}.data`));
    case 'content':
      return plainText(contentText(source['content']));
    default:
      return sourceOf(source, path);
  }
}

const plainText = (text: string): MediaSource => ({
  kind: 'bytes',
  mediaType: 'text/plain',
  base64: Buffer.from(text, 'utf8').toString('base64'),
});

const searchResultText = (block: Json): string =>
  [textIn(block, 'title'), textIn(block, 'source'), contentText(block['content'])].filter((line) => line).join('\n');

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.flatMap((item) => (isJson(item) && typeof item['text'] === 'string' ? [item['text']] : [])).join('\n');
}
