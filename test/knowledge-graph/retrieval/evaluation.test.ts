import { describe, expect, it } from 'vitest';
import { evaluate } from '#knowledge-graph';
import { TWO_HOPS } from './two-hops.ts';

const scoresOf = async (set: unknown): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries((await evaluate('retrieval', JSON.stringify(set))).scores.map(({ name, value }) => [name, value]));

describe('evaluation of retrieval', () => {
  it('finds the second document by the name in the first one, where words alone do not', async () => {
    const scores = await scoresOf(TWO_HOPS);
    expect(scores['recall@2']).toBe(1);
    expect(scores['perfect@8']).toBe(1);
    expect(scores['bm25 recall@2']).toBeLessThan(0.8);
  });

  it('counts as the definitions say', async () => {
    const docs = ['alder', 'birch', 'cedar', 'dogwood'].map((word, id) => ({ id, title: word, text: `only ${word} grows here` }));
    // One of two found, and nothing but it.
    const scores = await scoresOf({ name: 'trees', docs, queries: [{ q: 'alder', gold: [0, 3] }] });
    expect(scores).toMatchObject({ 'bm25 recall@2': 0.5, 'bm25 recall@8': 0.5, 'bm25 perfect@8': 0 });
  });

  it('prints both rankings and their difference, and writes every ranking down', async () => {
    const { table, predictions } = await evaluate('retrieval', JSON.stringify(TWO_HOPS));
    expect(table.map(([name]) => name)).toEqual(['two-hops: 12 documents, 4 queries', 'BM25', 'BM25 + graph', 'lift, points']);
    expect(table[0]?.slice(1)).toEqual(['recall@2', 'recall@5', 'recall@8', 'perfect@8']);
    const { queries } = JSON.parse(predictions) as { queries: { q: string; retrieved: number[] }[] };
    expect(queries.map(({ q }) => q)).toEqual(TWO_HOPS.queries.map(({ q }) => q));
    expect(queries[0]?.retrieved.slice(0, 2)).toEqual([0, 10]);
  });

  it.each([
    ['no JSON', 'not json', /no retrieval set/],
    ['another shape', '{"docs": []}', /no retrieval set/],
    ['a query for a missing document', JSON.stringify({ ...TWO_HOPS, queries: [{ q: 'x', gold: [99] }] }), /document 99/],
  ])('refuses %s', async (_, text, words) => {
    await expect(evaluate('retrieval', text)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(words),
    });
  });

  it('names the tasks where another is asked for', async () => {
    await expect(evaluate('toString', '')).rejects.toMatchObject({
      code: 'invalid_input',
      hint: expect.stringContaining('retrieval'),
    });
  });
});
