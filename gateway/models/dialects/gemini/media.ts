// Media types of Gemini's parts, both ways.
import type { Json, MediaSource, Part } from '../../exchange.ts';
import { objectOf, optional, textOf } from '../reading.ts';
import type { MediaPart } from '../unshown.ts';

const TYPE_OF_ENDING: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  html: 'text/html',
  md: 'text/markdown',
};
const FORMAT_OF_AUDIO: Readonly<Record<string, string>> = { mpeg: 'mp3', 'x-wav': 'wav', wave: 'wav' };

export function readMedia(part: Json, path: string): Part | undefined {
  const inline = optional(objectOf, part['inlineData'], `${path}.inlineData`);
  if (inline !== undefined) {
    const mediaType = textOf(inline['mimeType'], `${path}.inlineData.mimeType`);
    const base64 = textOf(inline['data'], `${path}.inlineData.data`);
    if (mediaType.startsWith('audio/')) {
      const format = mediaType.slice('audio/'.length);
      return { kind: 'audio', base64, format: FORMAT_OF_AUDIO[format] ?? format };
    }
    return { kind: mediaType.startsWith('image/') ? 'image' : 'file', source: { kind: 'bytes', mediaType, base64 } };
  }
  const file = optional(objectOf, part['fileData'], `${path}.fileData`);
  if (file === undefined) return undefined;
  const source: MediaSource = { kind: 'url', url: textOf(file['fileUri'], `${path}.fileData.fileUri`) };
  const mediaType = optional(textOf, file['mimeType'], `${path}.fileData.mimeType`) ?? typeOfUrl(source.url) ?? '';
  return { kind: mediaType.startsWith('image/') ? 'image' : 'file', source };
}

/** Undefined = an address that only another API can read. */
export function mediaJson(part: MediaPart): Json | undefined {
  if (part.kind === 'audio') return { inlineData: { mimeType: `audio/${part.format}`, data: part.base64 } };
  const { source } = part;
  if (source.kind === 'bytes') return { inlineData: { mimeType: source.mediaType, data: source.base64 } };
  if (!/^(?:https?|gs):/i.test(source.url)) return undefined;
  const mimeType = typeOfUrl(source.url);
  return { fileData: { fileUri: source.url, ...(mimeType === undefined ? {} : { mimeType }) } };
}

function typeOfUrl(url: string): string | undefined {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  return TYPE_OF_ENDING[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
}
