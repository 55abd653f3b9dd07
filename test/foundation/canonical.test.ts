import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, hashOf, sha256 } from '#foundation';

/** The same value with the members of every object in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

describe('canonical JSON', () => {
  it('says what JSON says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is what is hashed, piece by piece', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(hashOf(value)).toBe(sha256(canonicalJson(value)));
      }),
    );
    const long = { list: Array.from({ length: 3000 }, (_, at) => ({ at, text: `é"${'x'.repeat(at % 50)}😀`, none: undefined })) };
    expect(hashOf(long)).toBe(sha256(canonicalJson(long)));
  });

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('is a fixed point', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  it('orders keys by code units, not by a language', () => {
    expect(canonicalJson({ ä: 1, b: 2, B: 3, a: 4, 10: 5, 9: 6 })).toBe('{"10":5,"9":6,"B":3,"a":4,"b":2,"ä":1}');
  });

  it('leaves out undefined members and keeps places in lists', () => {
    expect(canonicalJson({ a: undefined, b: [undefined, 1] })).toBe('{"b":[null,1]}');
  });

  it.each([Number.NaN, Infinity, -Infinity, 1n, Symbol('s'), () => 1, { deep: [Number.NaN] }])(
    'refuses what JSON cannot say (%s)',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );
});

describe('identities', () => {
  it('are SHA-256 in lower-case hexadecimal', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256(new TextEncoder().encode('Zürich'))).toBe(sha256('Zürich'));
    expect(hashOf({ b: 1, a: 2 })).toBe(sha256('{"a":2,"b":1}'));
  });
});
