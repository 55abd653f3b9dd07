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
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    let members = '';
    for (const [key, member] of membersOf(value)) {
      members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
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
  for (const [key, member] of membersOf(value)) {
    emit(`${separator}${JSON.stringify(key)}:`);
    emitCanonical(member, levels - 1, emit);
    separator = ',';
  }
  emit('}');
}

/** Members that are defined, by key in code-unit order. */
function membersOf(value: object): readonly (readonly [string, unknown])[] {
  const members: (readonly [string, unknown])[] = [];
  for (const key of Object.keys(value).toSorted()) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (member !== undefined) members.push([key, member]);
  }
  return members;
}
