// Exports: true CSV, no formulas for spreadsheets, and nothing whole in memory.
import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvOf, jsonOf } from '../../../gateway/trace/export.ts';
import { entry, openTraces } from './entries.ts';

const parse = (text: string): string[][] => Papa.parse<string[]>(text, { skipEmptyLines: true }).data;

describe('CSV', () => {
  it('reads back as what was written, formulas made harmless', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.integer()), { minLength: 1 }), (rows) => {
        const text = [
          ...csvOf(
            ['word', 'number'],
            rows.map(([word, number]) => ({ word: `x${word}`, number })),
          ),
        ].join('');
        expect(parse(text)).toEqual([['word', 'number'], ...rows.map(([word, number]) => [`x${word}`, String(number)])]);
      }),
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('never begins a cell of text like a formula: %j', (word) => {
    const [, row] = parse([...csvOf(['word'], [{ word }])].join(''));
    expect(row).toEqual([`'${word}`]);
  });

  it('leaves numbers below zero alone, and ends lines as RFC 4180 says', () => {
    expect(
      [
        ...csvOf(
          ['a', 'b'],
          [
            { a: -1, b: undefined },
            { a: true, b: 'say "hi", ok' },
          ],
        ),
      ].join(''),
    ).toBe('a,b\r\n-1,\r\ntrue,"say ""hi"", ok"\r\n');
  });
});

describe('an export of requests', () => {
  it('comes in pieces, oldest first, in both forms', () => {
    const opened = openTraces();
    for (let place = 0; place < 2345; place++) opened.add(entry({ id: `a-${place}`, user: '=cmd()' }));
    const pieces = [...opened.traces.exportRequests({}, 'csv')];
    expect(pieces.length).toBeGreaterThan(10);
    const rows = parse(pieces.join(''));
    expect(rows).toHaveLength(2346);
    expect(rows[1]?.[0]).toBe('a-0');
    expect(rows[1]?.[rows[0]?.indexOf('user') ?? -1]).toBe("'=cmd()");
    const json = JSON.parse([...opened.traces.exportRequests({ user: '=cmd()' }, 'json')].join('')) as { id: string }[];
    expect(json.map(({ id }) => id)).toEqual(Array.from({ length: 2345 }, (_none, place) => `a-${place}`));
  });

  it('of nothing is an empty table', () => {
    expect(JSON.parse([...jsonOf([])].join(''))).toEqual([]);
    const opened = openTraces();
    expect([...opened.traces.exportUsage({ by: ['team'] }, 'csv')].join('')).toMatch(/^team,calls,.*\r\n$/);
  });
});
