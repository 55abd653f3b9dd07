// Images and files as OpenAI's APIs name them: by URL, by a data URL with the bytes inside, or by the id of an upload.
import type { MediaSource } from '../../exchange.ts';

const DATA_URL = /^data:([^;,]*)((?:;[^;,]*)*);base64,/i;
/** Uploads stand in the common form as URLs of this scheme; only OpenAI's own APIs can look them up. */
const UPLOAD = 'openai-file:';

export function sourceOfUrl(url: string): MediaSource {
  const match = DATA_URL.exec(url);
  if (match === null) return { kind: 'url', url };
  return { kind: 'bytes', mediaType: match[1] || 'application/octet-stream', base64: url.slice(match[0].length) };
}

/** `file_data` is a data URL, or bare base64 from older clients, which mean a PDF. */
export function sourceOfFileData(data: string): MediaSource {
  return data.startsWith('data:') ? sourceOfUrl(data) : { kind: 'bytes', mediaType: 'application/pdf', base64: data };
}

export function sourceOfUpload(id: string): MediaSource {
  return { kind: 'url', url: UPLOAD + id };
}

export function uploadIdOf(source: MediaSource): string | undefined {
  return source.kind === 'url' && source.url.startsWith(UPLOAD) ? source.url.slice(UPLOAD.length) : undefined;
}

export function urlOf(source: MediaSource): string {
  return source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.base64}`;
}
