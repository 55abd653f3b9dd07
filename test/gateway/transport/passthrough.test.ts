// A caller's body on its way through: what we change is changed, and nothing else is.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rewritten } from '../../../gateway/models/transport/passthrough.ts';

const bytes = (text: string): Buffer => Buffer.from(text);
const through = (text: string, model: string | undefined, set: Record<string, unknown>): string =>
  rewritten(bytes(text), JSON.parse(text) as Record<string, unknown>, { model, set }).toString('utf8');

describe('a body that stays in its dialect', () => {
  it('is the same bytes where nothing has to change', () => {
    const text = '{ "model" : "m",\n "messages":[], "later_field": 1e3 }';
    const raw = bytes(text);
    expect(rewritten(raw, JSON.parse(text) as Record<string, unknown>, { model: 'm', set: {} })).toBe(raw);
  });

  it('gets another model in place, spaces and all else kept', () => {
    expect(through('{ "n": 1.0, "model" : "fast", "x":[ ] }', 'gpt-5', {})).toBe('{ "n": 1.0, "model" : "gpt-5", "x":[ ] }');
  });

  it('gets missing fields in front, and keeps those that are right', () => {
    expect(through('{"model":"m","max_tokens":5}', 'm', { max_tokens: 5, stream_options: { include_usage: true } })).toBe(
      '{"stream_options":{"include_usage":true},"model":"m","max_tokens":5}',
    );
  });

  it.each([
    ['a value that says "model"', '{"a":"model","model":"m"}'],
    ['a nested field of that name', '{"metadata":{"model":"m"},"model":"m"}'],
    ['the field twice', '{"model":"x","model":"m"}'],
    ['the field written with an escape', '{"mod\\u0065l":"m","a":{"model":"m"}}'],
    ['a value written with an escape', '{"model":"\\u006d"}'],
  ])('is not fooled by %s', (_what, text) => {
    const before = JSON.parse(text) as Record<string, unknown>;
    expect(JSON.parse(through(text, 'other', { max_tokens: 9 }))).toEqual({ ...before, model: 'other', max_tokens: 9 });
  });

  it('replaces a field that has another value', () => {
    expect(JSON.parse(through('{"model":"m","max_tokens":500,"later":[1]}', 'm', { max_tokens: 7 }))).toEqual({
      model: 'm',
      max_tokens: 7,
      later: [1],
    });
  });

  it('means what it meant, whatever it holds', () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(json, fc.string(), fc.string(), fc.integer({ min: 1 }), fc.nat(4), (rest, from, to, cap, indent) => {
        const body: Record<string, unknown> = JSON.parse(JSON.stringify({ ...rest, model: from })) as Record<string, unknown>;
        const text = JSON.stringify(body, undefined, indent);
        const out = JSON.parse(through(text, to, { max_tokens: cap })) as unknown;
        expect(out).toEqual({ ...body, model: to, max_tokens: cap });
      }),
    );
  });
});
