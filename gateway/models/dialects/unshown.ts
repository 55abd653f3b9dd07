// Pictures, files and sounds that an API cannot be shown. Settings that it has no word for can be left out and named;
// these cannot: the answer would be about something that the model never saw.
import { ShoalError } from '#foundation';
import type { Part } from '../exchange.ts';

export type MediaPart = Extract<Part, { readonly kind: 'image' | 'file' | 'audio' }>;

const NAMES = { image: 'an image', file: 'a file', audio: 'a sound' } as const;

/** `api`: whose the target is. */
export function cannotShow(part: MediaPart, api: string): ShoalError {
  return new ShoalError('invalid_input', `The request holds ${NAMES[part.kind]} (${formOf(part)}) that ${api} cannot be shown.`, {
    hint:
      'source' in part && part.source.kind === 'url'
        ? 'Send its bytes, or choose a model whose API can read it from there.'
        : 'Send it in another format, or choose another model.',
    details: { part: part.kind },
  });
}

function formOf(part: MediaPart): string {
  if (part.kind === 'audio') return part.format;
  const { source } = part;
  if (source.kind === 'bytes') return source.mediaType;
  // Addresses may hold keys.
  return `an address that begins with ${/^[a-z0-9+.-]{1,20}:/i.exec(source.url)?.[0] ?? 'no scheme'}`;
}
