// Bedrock names media by short formats instead of media types.
import type { Json, MediaSource, Part } from '../../exchange.ts';
import { objectOf, optional, textOf } from '../reading.ts';
import type { MediaPart } from '../unshown.ts';

const IMAGE_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};
const DOCUMENT_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html',
  txt: 'text/plain',
  md: 'text/markdown',
};
const AUDIO_FORMATS = new Set([
  'mp3',
  'opus',
  'wav',
  'aac',
  'flac',
  'mp4',
  'ogg',
  'mkv',
  'mka',
  'x-aac',
  'm4a',
  'mpeg',
  'mpga',
  'pcm',
  'webm',
]);

const swapped = (table: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(table).map(([format, type]) => [type, format]));
const IMAGE_FORMATS: Readonly<Record<string, string>> = { ...swapped(IMAGE_TYPES), 'image/jpg': 'jpeg' };
const DOCUMENT_FORMATS = swapped(DOCUMENT_TYPES);

/** Undefined = in a form that we have no word for. */
export function readMedia(block: Json, path: string): Part | undefined {
  const image = optional(objectOf, block['image'], `${path}.image`);
  if (image !== undefined) {
    const source = readSource(image, IMAGE_TYPES, `${path}.image`);
    return source && { kind: 'image', source };
  }
  const document = optional(objectOf, block['document'], `${path}.document`);
  if (document !== undefined) {
    const source = readSource(document, DOCUMENT_TYPES, `${path}.document`);
    const name = optional(textOf, document['name'], `${path}.document.name`);
    return source && { kind: 'file', source, ...(name === undefined ? {} : { name }) };
  }
  const audio = optional(objectOf, block['audio'], `${path}.audio`);
  const bytes = optional(objectOf, audio?.['source'], `${path}.audio.source`)?.['bytes'];
  return audio !== undefined && typeof bytes === 'string'
    ? { kind: 'audio', base64: bytes, format: textOf(audio['format'], `${path}.audio.format`) }
    : undefined;
}

function readSource(media: Json, types: Readonly<Record<string, string>>, path: string): MediaSource | undefined {
  const format = textOf(media['format'] ?? 'txt', `${path}.format`);
  const source = objectOf(media['source'], `${path}.source`);
  const mediaType = types[format] ?? `application/${format}`;
  if (typeof source['bytes'] === 'string') return { kind: 'bytes', mediaType, base64: source['bytes'] };
  if (typeof source['text'] === 'string')
    return { kind: 'bytes', mediaType, base64: Buffer.from(source['text'], 'utf8').toString('base64') };
  const uri = optional(objectOf, source['s3Location'], `${path}.source.s3Location`)?.['uri'];
  return typeof uri === 'string' ? { kind: 'url', url: uri } : undefined;
}

/** Undefined = the API cannot take it: addresses other than S3's, and formats that it does not know. */
export function mediaJson(part: MediaPart, place: number): Json | undefined {
  if (part.kind === 'audio') {
    return AUDIO_FORMATS.has(part.format) ? { audio: { format: part.format, source: { bytes: part.base64 } } } : undefined;
  }
  const { source } = part;
  const formats = part.kind === 'image' ? IMAGE_FORMATS : DOCUMENT_FORMATS;
  const mediaType = source.kind === 'bytes' ? source.mediaType : undefined;
  const format = mediaType === undefined ? formatOfUri(source) : formats[mediaType];
  if (format === undefined) return undefined;
  const json = { format, source: source.kind === 'bytes' ? { bytes: source.base64 } : { s3Location: { uri: source.url } } };
  return part.kind === 'image' ? { image: json } : { document: { ...json, name: documentName(part.name, place) } };
}

function formatOfUri(source: MediaSource): string | undefined {
  if (source.kind !== 'url' || !source.url.startsWith('s3://')) return undefined;
  const ending = source.url.slice(source.url.lastIndexOf('.') + 1).toLowerCase();
  return ending === 'jpg' ? 'jpeg' : ending;
}

/** Names may hold letters, digits, single spaces, hyphens, parentheses and brackets. */
function documentName(name: string | undefined, place: number): string {
  const clean = (name ?? '')
    .replaceAll(/[^a-zA-Z0-9\-()[\] ]/g, '-')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
    .slice(0, 200);
  return clean === '' ? `document-${place + 1}` : clean;
}
