// The parts of the wire by themselves: values in headers, schemas of strangers, states that pass through clients.
import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaCheck } from '../../../gateway/tools/catalogue/schema-check.ts';
import { createStateSeal } from '../../../gateway/tools/door/request-state.ts';
import { decodeHeaderValue, encodeHeaderValue, mirroredParameters } from '../../../gateway/tools/wire/mirrored-headers.ts';

describe('a value in a header', () => {
  it.each([
    ['us-west1', 'us-west1'],
    ['Hello, 世界', '=?base64?SGVsbG8sIOS4lueVjA==?='],
    [' padded ', '=?base64?IHBhZGRlZCA=?='],
    ['line1\nline2', '=?base64?bGluZTEKbGluZTI=?='],
    ['=?base64?literal?=', '=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?='],
  ])('%j is written as the specification has it', (value, header) => {
    expect(encodeHeaderValue(value)).toBe(header);
  });

  it('comes back as it was, and never breaks the header', () => {
    assert(
      property(string({ unit: 'grapheme' }), (value) => {
        const header = encodeHeaderValue(value);
        expect(header).toMatch(/^[\x20-\x7e\t]+$/);
        expect(decodeHeaderValue(header)).toBe(value);
      }),
    );
  });

  it('that claims to be base64 and is none is not read', () => {
    expect(decodeHeaderValue('=?base64?SGVsbG8?=')).toBeUndefined();
  });
});

const withParameter = (more: object): object => ({ type: 'object', properties: { a: { type: 'string', ...more } } });

describe('parameters that are repeated in headers', () => {
  it('are found along properties alone', () => {
    const schema = { type: 'object', properties: { outer: withParameter({ 'x-mcp-header': 'Region' }) } };
    expect(mirroredParameters(schema)).toEqual([{ header: 'mcp-param-region', path: ['outer', 'a'] }]);
  });
  it.each([
    ['an empty name', withParameter({ 'x-mcp-header': '' })],
    ['a name that ends the line', withParameter({ 'x-mcp-header': 'A\r\nB' })],
    ['a number', withParameter({ 'x-mcp-header': 'A', type: 'number' })],
    [
      'a part of a list',
      { type: 'object', properties: { a: { type: 'array', items: { type: 'string', 'x-mcp-header': 'A' } } } },
    ],
    [
      'two of one name',
      { type: 'object', properties: { a: { type: 'string', 'x-mcp-header': 'A' }, b: { type: 'string', 'x-mcp-header': 'a' } } },
    ],
  ])('make the tool invalid with %s', (_what, schema) => {
    expect(mirroredParameters(schema)).toBeUndefined();
  });
});

describe('a schema of a stranger', () => {
  it('is checked as 2020-12 has it', () => {
    const check = schemaCheck({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { pair: { prefixItems: [{ type: 'string' }, { $ref: '#/$defs/whole' }], items: false } },
      $defs: { whole: { type: 'integer', minimum: 1 } },
      unevaluatedProperties: false,
    });
    expect(check({ pair: ['a', 1] })).toEqual([]);
    expect(check({ pair: ['a', 0] })).toEqual(['pair.1: must be >= 1']);
    expect(check({ pair: ['a', 1, 2] })).not.toEqual([]);
    expect(check({ other: 1 })).toEqual(['(arguments): must NOT have unevaluated properties (“other”)']);
  });

  it('may lead back to itself along the value', () => {
    const check = schemaCheck({
      $defs: { tree: { type: 'object', properties: { left: { $ref: '#/$defs/tree' }, leaf: { type: 'string' } } } },
      $ref: '#/$defs/tree',
    });
    expect(check({ left: { left: { leaf: 'a' } } })).toEqual([]);
    expect(check({ left: { left: { leaf: 1 } } })).toEqual(['left.left.leaf: must be string']);
  });

  it.each([
    ['refers elsewhere', { $ref: 'https://evil.example/schema.json' }, 'which is not in it'],
    ['refers to a file', { $ref: 'file:///etc/passwd' }, 'which is not in it'],
    [
      'combines itself with itself',
      { $defs: { a: { anyOf: [{ $ref: '#/$defs/a' }, { properties: { x: { $ref: '#/$defs/a' } } }] } }, $ref: '#/$defs/a' },
      'itself',
    ],
    ['is endlessly long', { enum: Array.from({ length: 50_000 }, (_, index) => `value ${index}`) }, 'longer than'],
    ['has a pattern that only backtracking can read', { pattern: '(a)\\1' }, ''],
  ])('that %s is not taken', (_what, schema, said) => {
    expect(() => schemaCheck(schema)).toThrow(said);
  });
});

describe('a state on its way through a client', () => {
  const scope = { principal: 'key:a', endpoint: 'web', method: 'tools/call', params: { name: 'find', arguments: { q: 1 } } };
  it('opens for whom and what it was sealed, for a quarter of an hour', () => {
    let nowMs = 0;
    const seal = createStateSeal(() => nowMs);
    const sealed = seal.seal({ upstream: 'theirs' }, scope);
    expect(sealed).not.toContain('theirs');
    expect(seal.open(sealed, { ...scope, params: { ...scope.params, inputResponses: {}, requestState: sealed } })).toEqual({
      upstream: 'theirs',
    });
    for (const other of [
      { principal: 'key:b' },
      { endpoint: '' },
      { method: 'prompts/get' },
      { params: { name: 'find', arguments: { q: 2 } } },
    ]) {
      expect(() => seal.open(sealed, { ...scope, ...other })).toThrow('not valid for this request');
    }
    expect(() => createStateSeal(() => nowMs).open(sealed, scope)).toThrow('not valid for this request');
    nowMs = 15 * 60_000;
    expect(() => seal.open(sealed, scope)).toThrow('too old');
  });
});
