// The text that a client sends: `sk-shoal-<id>-<secret>`. The id is public, the secret 256 random bits; what is kept
// is the SHA-256 of the whole. A fast hash is right here: a secret of this size cannot be guessed, and a lookup by
// digest takes no longer for a token that is nearly right.
import { hash, randomBytes } from 'node:crypto';

export const TOKEN_PREFIX = 'sk-shoal-';
const TOKEN = /sk-shoal-[a-z0-9]+-[\w-]+/g;
const ID_ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

export function newKeyId(): string {
  return Array.from(randomBytes(10), (byte) => ID_ALPHABET[byte % ID_ALPHABET.length]).join('');
}

export function newToken(id: string): string {
  return `${TOKEN_PREFIX}${id}-${randomBytes(32).toString('base64url')}`;
}

export function digestOf(token: string): string {
  return hash('sha256', token, 'hex');
}

/** For texts that are logged or shown: somebody may have put a key where none belongs. */
export function withoutTokens(text: string): string {
  return text.includes(TOKEN_PREFIX) ? text.replaceAll(TOKEN, '[redacted]') : text;
}
