import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../../../gateway/models/dialects/dialect.ts';
import { createEventParser, writeEvent } from '../../../gateway/models/dialects/server-sent-events.ts';

function parse(bytes: Uint8Array, cuts: readonly number[] = []): readonly WireEvent[] {
  const parser = createEventParser();
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((left, right) => left - right);
  const events: WireEvent[] = [];
  let start = 0;
  for (const end of [...ends, bytes.length]) {
    events.push(...parser.push(bytes.subarray(start, end)));
    start = end;
  }
  return [...events, ...parser.end()];
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('server-sent events', () => {
  it('are the same however the bytes are cut, whatever ends the lines', () => {
    const field = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }).map((text) => `data: ${text.replaceAll(/[\r\n]/g, '')}`),
      fc.constantFrom('data', 'data:', 'data:x', 'event: delta', ': comment', 'id: 7', 'data: ünï→🙂', ''),
    );
    const lines = fc.array(fc.tuple(field, fc.constantFrom('\n', '\r', '\r\n')), { maxLength: 12 });
    fc.assert(
      fc.property(lines, fc.array(fc.nat(), { maxLength: 30 }), (written, cuts) => {
        const bytes = bytesOf(written.map(([line, end]) => line + end).join(''));
        expect(parse(bytes, cuts)).toEqual(parse(bytes));
        expect(parse(bytes, [...bytes.keys()])).toEqual(parse(bytes));
      }),
    );
  });

  it('come back as they were written', () => {
    const event = fc.record(
      {
        event: fc.stringMatching(/^[a-z.]{1,10}$/),
        data: fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\r', '')),
      },
      { requiredKeys: ['data'] },
    );
    fc.assert(
      fc.property(fc.array(event), fc.array(fc.nat(), { maxLength: 20 }), (events, cuts) => {
        expect(parse(bytesOf(events.map(writeEvent).join('')), cuts)).toEqual(events);
      }),
    );
  });

  it('have several lines of data, comments and unknown fields as the standard says', () => {
    const text = '\uFEFFdata: a\ndata\ndata:b\n: ping\nretry: 5\n\nevent: end\ndata:  two spaces\n\n\n\nevent: without data\n\n';
    expect(parse(bytesOf(text))).toEqual([{ data: 'a\n\nb' }, { event: 'end', data: ' two spaces' }]);
  });

  it('end with the stream where a server forgets the last blank line', () => {
    expect(parse(bytesOf('data: 1\n\ndata: 2'))).toEqual([{ data: '1' }, { data: '2' }]);
    expect(parse(bytesOf('data: 1\r\n\r\ndata: 2\r'))).toEqual([{ data: '1' }, { data: '2' }]);
  });

  it('are given out as soon as their blank line is there, even where it is a lone carriage return', () => {
    const parser = createEventParser();
    expect(parser.push(bytesOf('data: 1\r\r'))).toEqual([{ data: '1' }]);
    expect(parser.push(bytesOf('\ndata: 2\n\n'))).toEqual([{ data: '2' }]);
  });

  it('are bounded in size, in one line or in many', () => {
    const long = createEventParser(100);
    expect(() => [1, 2, 3].map(() => long.push(bytesOf('data: '.padEnd(40, 'x'))))).toThrow('longer than 100');
    const many = createEventParser(100);
    expect(() => many.push(bytesOf('data: 1234567890\n'.repeat(10)))).toThrow('longer than 100');
    const apart = createEventParser(100);
    expect(apart.push(bytesOf('data: 1234567890\n\n'.repeat(50)))).toHaveLength(50);
  });
});
