// Canonical JSON and SHA-256: one spelling for each value, so that equal values have equal identities.
import { createHash } from 'node:crypto';

/**
 * JSON with keys in code-unit order and no white space (the object rules of RFC 8785).
 * `undefined` members are left out; NaN and infinities are refused, since JSON cannot say them.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonicalJson: ${value} has no JSON form`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    let items = '';
    for (let at = 0; at < value.length; at++) items += `${at === 0 ? '' : ','}${canonicalJson(value[at] ?? null)}`;
    return `[${items}]`;
  }
  if (typeof value === 'object') {
    let members = '';
    for (const key of keysOf(value)) {
      const member = (value as Readonly<Record<string, unknown>>)[key];
      if (member !== undefined) members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
    }
    return `{${members}}`;
  }
  throw new TypeError(`canonicalJson: cannot encode a ${typeof value}`);
}

/** Lower-case hexadecimal SHA-256 of bytes, or of text as UTF-8. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** The identity of a JSON value: SHA-256 of its canonical form, which may be longer than a string can be. */
export function hashOf(value: unknown): string {
  const hash = createHash('sha256');
  let waiting = '';
  const emit = (text: string): void => {
    waiting += text;
    if (waiting.length < HASHED_AT_ONCE) return;
    hash.update(waiting);
    waiting = '';
  };
  emitCanonical(value, OUTER_LEVELS, emit);
  return hash.update(waiting).digest('hex');
}

/** Characters. */
const HASHED_AT_ONCE = 65_536;
/** Levels of nesting that are taken apart; what lies deeper is spelled in one piece each. */
const OUTER_LEVELS = 2;

function emitCanonical(value: unknown, levels: number, emit: (text: string) => void): void {
  if (levels === 0 || typeof value !== 'object' || value === null) return emit(canonicalJson(value));
  let separator = '';
  if (Array.isArray(value)) {
    emit('[');
    for (const item of value) {
      emit(separator);
      emitCanonical(item ?? null, levels - 1, emit);
      separator = ',';
    }
    return emit(']');
  }
  emit('{');
  for (const key of keysOf(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (member === undefined) continue;
    emit(`${separator}${JSON.stringify(key)}:`);
    emitCanonical(member, levels - 1, emit);
    separator = ',';
  }
  emit('}');
}

/** In code-unit order. */
function keysOf(value: object): readonly string[] {
  const keys = Object.keys(value);
  // By insertion: objects have a few keys, and `sort` takes longer to begin than this takes.
  if (keys.length > FEW) return keys.toSorted();
  for (let at = 1; at < keys.length; at++) {
    const key = keys[at] as string;
    let to = at;
    for (; to > 0 && (keys[to - 1] as string) > key; to--) keys[to] = keys[to - 1] as string;
    keys[to] = key;
  }
  return keys;
}
const FEW = 24;
