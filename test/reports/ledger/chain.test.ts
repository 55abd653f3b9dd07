import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEDGER_GENESIS, nextEntry, verifyLedger } from '#reports';
import { LEDGER_ACTS, type LedgerEntry } from '#reports/contract';

const act = fc.record({
  at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
  act: fc.constantFrom(...LEDGER_ACTS),
  forecast: fc.string({ minLength: 1 }),
  body: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
});
const ledger = fc.array(act, { minLength: 1, maxLength: 6 }).map((acts) => {
  const entries: LedgerEntry[] = [];
  for (const one of acts) entries.push(nextEntry(entries.at(-1) ?? LEDGER_GENESIS, one));
  return entries;
});
const headOf = (entries: readonly LedgerEntry[]): LedgerEntry => entries.at(-1) as LedgerEntry;

/** One byte of one field of one entry, changed. */
const tampered = ledger.chain((entries) =>
  fc
    .record({
      at: fc.nat({ max: entries.length - 1 }),
      field: fc.constantFrom('at', 'act', 'forecast', 'body', 'previous', 'hash' as const),
      place: fc.nat(),
      bit: fc.integer({ min: 0, max: 7 }),
    })
    .map(({ at, field, place, bit }) => {
      const entry = entries[at] as LedgerEntry;
      const bytes = Buffer.from(entry[field as keyof LedgerEntry] as string, 'latin1');
      const index = place % bytes.length;
      bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
      return { entries, forged: entries.with(at, { ...entry, [field]: bytes.toString('latin1') }), field };
    }),
);

describe('the chain of the ledger', () => {
  it('is whole as it was written', () => {
    fc.assert(
      fc.property(ledger, (entries) => {
        const { seq, hash } = headOf(entries);
        expect(verifyLedger(entries, [{ seq, hash }])).toEqual({ kind: 'whole', entries: entries.length, head: { seq, hash } });
      }),
    );
  });

  it('shows a change of any byte of any field of any entry', () => {
    fc.assert(
      fc.property(tampered, ({ entries, forged, field }) => {
        const changed = forged.some(
          (entry, at) => entry[field as keyof LedgerEntry] !== entries[at]?.[field as keyof LedgerEntry],
        );
        fc.pre(changed);
        expect(verifyLedger(forged, []).kind).toBe('broken');
      }),
      { numRuns: 400 },
    );
  });

  it('shows an entry that is left out, put twice, or moved, wherever it stood', () => {
    fc.assert(
      fc.property(ledger, fc.nat(), (entries, place) => {
        const at = place % entries.length;
        const head = headOf(entries);
        expect(verifyLedger(entries.toSpliced(at, 1), [head]).kind).toBe('broken');
        expect(verifyLedger(entries.toSpliced(at, 0, entries[at] as LedgerEntry), [head]).kind).toBe('broken');
        const moved = [...entries.slice(1), ...entries.slice(0, 1)];
        expect(verifyLedger(moved, [head]).kind).toBe(entries.length > 1 ? 'broken' : 'whole');
      }),
    );
  });

  it('shows a ledger written anew behind a head that was noted', () => {
    fc.assert(
      fc.property(ledger, fc.string({ minLength: 1 }), (entries, word) => {
        const anew = nextEntry(LEDGER_GENESIS, {
          at: '2030-01-01T00:00:00.000Z',
          act: 'sealed',
          forecast: `new ${word}`,
          body: {},
        });
        expect(verifyLedger([anew], [entries[0] as LedgerEntry]).kind).toBe('broken');
      }),
    );
  });
});
