// The parts of a message's content, between chat completions' form and the common one.
import { isJson } from '../../exchange.ts';
import type { Json, Part } from '../../exchange.ts';
import { cacheControl } from '../anthropic-messages/blocks-out.ts';
import { cacheMarkOf } from '../openai/cache-mark.ts';
import { arrayAt, invalid, isAbsent, nameAt, objectAt, optionalString, present, stringAt } from '../openai/fields.ts';
import { cannotShow } from '../unshown.ts';
import { sourceOfFileData, sourceOfUpload, sourceOfUrl, uploadIdOf, urlOf } from '../openai/media.ts';

const API = 'the Chat Completions API';

/** A text, or a list of parts; nothing at all is an empty content. */
export function decodeContent(content: unknown, field: string): readonly Part[] {
  if (isAbsent(content)) return [];
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  return arrayAt(content, field).map((part, index) => decodePart(part, `${field}[${index}]`));
}

function decodePart(value: unknown, field: string): Part {
  const part = objectAt(value, field);
  const type = stringAt(part['type'], `${field}.type`);
  const cache = cacheMarkOf(part);
  switch (type) {
    case 'text':
      return { kind: 'text', text: stringAt(part['text'], `${field}.text`), ...cache };
    case 'refusal':
      return { kind: 'refusal', text: stringAt(part['refusal'], `${field}.refusal`) };
    case 'image_url': {
      const image = part['image_url'];
      const url = isJson(image) ? nameAt(image['url'], `${field}.image_url.url`) : nameAt(image, `${field}.image_url`);
      const detail = isJson(image) ? optionalString(image, 'detail', `${field}.image_url.`) : undefined;
      return { kind: 'image', source: sourceOfUrl(url), ...present({ detail }), ...cache };
    }
    case 'file':
      return { ...decodeFile(objectAt(part['file'], `${field}.file`), `${field}.file`), ...cache };
    case 'input_audio': {
      const audio = objectAt(part['input_audio'], `${field}.input_audio`);
      const base64 = stringAt(audio['data'], `${field}.input_audio.data`);
      return { kind: 'audio', base64, format: nameAt(audio['format'], `${field}.input_audio.format`) };
    }
    default:
      throw invalid(`${field}.type`, `has the value "${type}"`, 'Use text, image_url, file, input_audio or refusal.');
  }
}

function decodeFile(file: Json, field: string): Part {
  const named = present({ name: optionalString(file, 'filename', `${field}.`) });
  const data = optionalString(file, 'file_data', `${field}.`);
  if (data !== undefined) return { kind: 'file', source: sourceOfFileData(data), ...named };
  const id = optionalString(file, 'file_id', `${field}.`);
  if (id === undefined) throw invalid(field, 'must have `file_data` or `file_id`');
  return { kind: 'file', source: sourceOfUpload(id), ...named };
}

export interface ContentOptions {
  /** Whether marks for the prompt cache are sent along. */
  readonly marks: boolean;
  readonly drop: (what: string) => void;
}

/** Parts of a message's content; a lone text is written as a text, which every server takes. */
export function encodeContent(parts: readonly Part[], options: ContentOptions): unknown {
  const written = parts.map((part) => encodePart(part, options)).filter((part) => part !== undefined);
  const [only] = written;
  if (only === undefined) return '';
  return written.length === 1 && only['type'] === 'text' && only['cache_control'] === undefined ? only['text'] : written;
}

function encodePart(part: Part, { marks, drop }: ContentOptions): Json | undefined {
  const json = unmarkedPart(part, drop);
  if (json === undefined || !('cache' in part) || part.cache === undefined) return json;
  if (marks) return { ...json, ...cacheControl(part.cache) };
  drop('cache');
  return json;
}

function unmarkedPart(part: Part, drop: (what: string) => void): Json | undefined {
  switch (part.kind) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image':
      if (uploadIdOf(part.source) !== undefined) throw cannotShow(part, API);
      return { type: 'image_url', image_url: present({ url: urlOf(part.source), detail: part.detail }) };
    case 'file': {
      const id = uploadIdOf(part.source);
      if (id === undefined && part.source.kind === 'url') throw cannotShow(part, API);
      const filename = part.name ?? (id === undefined ? 'file' : undefined);
      return {
        type: 'file',
        file: id === undefined ? { filename, file_data: urlOf(part.source) } : present({ filename, file_id: id }),
      };
    }
    case 'audio':
      return { type: 'input_audio', input_audio: { data: part.base64, format: part.format } };
    default:
  }
  drop(part.kind);
  return undefined;
}
