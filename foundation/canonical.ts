// Canonical JSON and SHA-256: one spelling for each value, so that equal values have equal identities.
import { createHash } from 'node:crypto';

/**
 * JSON with keys in code-unit order and no white space (the object rules of RFC 8785).
 * `undefined` members are left out; NaN and infinities are refused, since JSON cannot say them.
 */
export const canonicalJson = (value: unknown): string => spell(value, createShapes());

function spell(value: unknown, shapes: Shapes): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonicalJson: ${value} has no JSON form`);
    return `${value}`;
  }
  if (value === null || typeof value === 'boolean') return `${value}`;
  if (Array.isArray(value)) {
    let items = '';
    for (let at = 0; at < value.length; at++) items += (at === 0 ? '' : ',') + spell(value[at] ?? null, shapes);
    return `[${items}]`;
  }
  if (typeof value === 'object') {
    let members = '';
    const { keys, labels } = shapes.of(value);
    for (let at = 0; at < keys.length; at++) {
      const member = (value as Readonly<Record<string, unknown>>)[keys[at] as string];
      if (member !== undefined) members += (members === '' ? '' : ',') + (labels[at] as string) + spell(member, shapes);
    }
    return `{${members}}`;
  }
  throw new TypeError(`canonicalJson: cannot encode a ${typeof value}`);
}

/** Escaped where it must be; most strings hold nothing to escape, and a look at them takes less than escaping. */
const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));
const PLAIN = /^[ !#-[\]-\uD7FF]*$/;

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
  emitCanonical(value, OUTER_LEVELS, emit, createShapes());
  return hash.update(waiting).digest('hex');
}

/** Characters. */
const HASHED_AT_ONCE = 65_536;
/** Levels of nesting that are taken apart; what lies deeper is spelled in one piece each. */
const OUTER_LEVELS = 2;

function emitCanonical(value: unknown, levels: number, emit: (text: string) => void, shapes: Shapes): void {
  if (levels === 0 || typeof value !== 'object' || value === null) return emit(spell(value, shapes));
  let separator = '';
  if (Array.isArray(value)) {
    emit('[');
    for (const item of value) {
      emit(separator);
      emitCanonical(item ?? null, levels - 1, emit, shapes);
      separator = ',';
    }
    return emit(']');
  }
  emit('{');
  const { keys, labels } = shapes.of(value);
  for (const [at, key] of keys.entries()) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (member === undefined) continue;
    emit(`${separator}${labels[at] ?? ''}`);
    emitCanonical(member, levels - 1, emit, shapes);
    separator = ',';
  }
  emit('}');
}

/** The keys of an object in code-unit order, and each as it is written before its value. */
interface Shape {
  readonly keys: readonly string[];
  readonly labels: readonly string[];
}

interface Shapes {
  of(value: object): Shape;
}

/** Objects of a list mostly have the same keys: of each number of keys the last ones are kept in order. */
function createShapes(): Shapes {
  const known: ({ readonly written: readonly string[]; readonly shape: Shape } | undefined)[] = [];
  return {
    of: (value) => {
      const written = Object.keys(value);
      const last = known[written.length];
      if (last !== undefined && isSame(last.written, written)) return last.shape;
      const keys = written.toSorted();
      const shape = { keys, labels: keys.map((key) => `${quoted(key)}:`) };
      if (written.length <= MOST_KEYS) known[written.length] = { written, shape };
      return shape;
    },
  };
}
const MOST_KEYS = 64;

function isSame(left: readonly string[], right: readonly string[]): boolean {
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) return false;
  return true;
}
