import { describe, expect, it } from 'vitest';
import type { Document } from '#knowledge-graph/contract';
import { extractCorpus } from '../../knowledge-graph/extraction/extract.ts';
import { createUnpacker, pack } from '../../knowledge-graph/extraction/packed.ts';
import { createSumTable } from '../../knowledge-graph/spans/recogniser/sum-table.ts';
import { readCorpus } from './corpora.ts';
import { embeddedModel } from './embedded-model.ts';

describe('packed findings', () => {
  it('say what was packed, from several batches and in any order', async () => {
    const { documents } = await readCorpus('council', 'chinese', 'gateway');
    const { findings } = await extractCorpus(documents, { model: embeddedModel });
    const unpack = createUnpacker();
    const batches = [findings.slice(0, 2), findings.slice(2)].map((batch) =>
      unpack(
        batch.map(({ document }): Document => document),
        pack(batch.map(({ extraction }) => extraction)),
      ),
    );
    const unpacked = batches.flat();
    for (const at of [0, 2, 1, 0]) {
      expect(unpacked[at]?.document).toBe(findings[at]?.document);
      expect(structuredClone({ ...unpacked[at]?.extraction })).toEqual(findings[at]?.extraction);
    }
  });
});

const SIZE = 3;
const sumOf = (key: number): Int16Array => Int16Array.of(key % 100, key % 7, 1);

describe('the table of sums', () => {
  it('finds every row again while it grows', () => {
    const table = createSumTable(SIZE, 100_000);
    for (let key = 0; key < 40_000; key++) table.put(key * 257, [undefined, sumOf(key)]);
    for (let key = 0; key < 40_000; key++) {
      const entry = table.find(key * 257);
      const from = table.rowAt(entry, 1);
      expect([...table.rows().subarray(from, from + SIZE)]).toEqual([...sumOf(key)]);
      expect(table.rowAt(entry, 0)).toBe(0);
    }
    expect(table.find(1)).toBe(-1);
  });

  it('starts afresh when it is full', () => {
    const table = createSumTable(SIZE, 10);
    for (let key = 0; key < 11; key++) table.put(key, [sumOf(key)]);
    expect(table.find(3)).toBe(-1);
    const from = table.rowAt(table.find(10), 0);
    expect([...table.rows().subarray(from, from + SIZE)]).toEqual([...sumOf(10)]);
    expect([...table.rows().subarray(0, SIZE)]).toEqual([0, 0, 0]);
  });
});
