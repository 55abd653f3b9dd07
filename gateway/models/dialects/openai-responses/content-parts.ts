// The parts of an item's content, between the Responses API's form and the common one.
import type { Json, Part } from '../../exchange.ts';
import { cacheMarkOf } from '../openai/cache-mark.ts';
import { arrayAt, invalid, isAbsent, objectAt, optionalString, present, stringAt } from '../openai/fields.ts';
import { cannotShow } from '../unshown.ts';
import { sourceOfFileData, sourceOfUpload, sourceOfUrl, uploadIdOf, urlOf } from '../openai/media.ts';

export function decodeContent(content: unknown, field: string): readonly Part[] {
  if (isAbsent(content)) return [];
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  return arrayAt(content, field).map((part, index) => decodePart(part, `${field}[${index}]`));
}

function decodePart(value: unknown, field: string): Part {
  const part = objectAt(value, field);
  const type = stringAt(part['type'], `${field}.type`);
  const read = (key: string): string | undefined => optionalString(part, key, `${field}.`);
  switch (type) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return { kind: 'text', text: stringAt(part['text'], `${field}.text`), ...cacheMarkOf(part) };
    case 'refusal':
      return { kind: 'refusal', text: stringAt(part['refusal'], `${field}.refusal`) };
    case 'input_image': {
      const [url, id] = [read('image_url'), read('file_id')];
      if (url === undefined && id === undefined) throw invalid(field, 'must have `image_url` or `file_id`');
      const source = url === undefined ? sourceOfUpload(id ?? '') : sourceOfUrl(url);
      return { kind: 'image', source, ...present({ detail: read('detail') }), ...cacheMarkOf(part) };
    }
    case 'input_file': {
      const [data, url, id] = [read('file_data'), read('file_url'), read('file_id')];
      const named = present({ name: read('filename') });
      if (data !== undefined) return { kind: 'file', source: sourceOfFileData(data), ...named, ...cacheMarkOf(part) };
      if (url !== undefined) return { kind: 'file', source: sourceOfUrl(url), ...named, ...cacheMarkOf(part) };
      if (id !== undefined) return { kind: 'file', source: sourceOfUpload(id), ...named, ...cacheMarkOf(part) };
      throw invalid(field, 'must have `file_data`, `file_url` or `file_id`');
    }
    default:
      throw invalid(
        `${field}.type`,
        `has the value "${type}"`,
        'Use input_text, input_image, input_file, output_text or refusal.',
      );
  }
}

/** A lone text is written as a text, which every server takes. */
export function encodeContent(
  parts: readonly Part[],
  textType: 'input_text' | 'output_text',
  drop: (what: string) => void,
): unknown {
  const written = parts.map((part) => encodePart(part, textType, drop)).filter((part) => part !== undefined);
  const [only] = written;
  if (only === undefined) return '';
  return written.length === 1 && only['type'] === textType ? only['text'] : written;
}

function encodePart(part: Part, textType: string, drop: (what: string) => void): Json | undefined {
  if ('cache' in part && part.cache !== undefined) drop('cache');
  switch (part.kind) {
    case 'text':
      return { type: textType, text: part.text };
    case 'refusal':
      if (textType === 'output_text') return { type: 'refusal', refusal: part.text };
      break;
    case 'image': {
      const id = uploadIdOf(part.source);
      const where = id === undefined ? { image_url: urlOf(part.source) } : { file_id: id };
      return { type: 'input_image', detail: part.detail ?? 'auto', ...where };
    }
    case 'file':
      return { type: 'input_file', ...encodeFile(part) };
    case 'audio':
      throw cannotShow(part, 'the Responses API');
    default:
  }
  drop(part.kind);
  return undefined;
}

function encodeFile({ source, name }: Extract<Part, { kind: 'file' }>): Json {
  const id = uploadIdOf(source);
  if (id !== undefined) return present({ file_id: id, filename: name });
  if (source.kind === 'url') return present({ file_url: source.url, filename: name });
  return { filename: name ?? 'file', file_data: urlOf(source) };
}
