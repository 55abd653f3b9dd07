// A graph that grew document by document is the graph of all its documents at once.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '#knowledge-graph';
import type { Document, FindingsCache, GraphEdit, GraphSnapshot } from '#knowledge-graph/contract';
import { datedDocuments, factsOf, readCorpus } from './corpora.ts';
import { embeddedModel } from './embedded-model.ts';

const TEXTS = [
  ['2019-05-01', 'Mara Voss leads Acme Corp. in Riverton. Voss opposes Kestrel Systems.'],
  ['2024-02-01', 'Ruth Fielding leads Acme Corp. in Eastham. Acme Corp. acquired Norden Capital last week.'],
  [undefined, 'Mara Voss supports the bridge toll. The bridge toll is contested. Mara Voss does not support Acme Corp.'],
  ['2022-07-01', 'The European Central Bank (ECB) met yesterday. Norden Capital supports the bridge toll.'],
  ['2023-07-01', 'Mara Voss led Acme Corp. until 2022. The ECB criticised Norden Capital.'],
  ['2019-05-01', 'Tom Brandt leads Acme Corp. in Westhaven. Kestrel Systems lives on the bridge toll.'],
] as const;
const { documents: DOCUMENTS } = datedDocuments(...TEXTS);

const cache = (): FindingsCache => {
  const stored = new Map<string, string>();
  return {
    get: (key) => stored.get(key),
    put: (entries) => {
      for (const [key, value] of entries) stored.set(key, value);
    },
  };
};

/** Documents as they come in, numbered by their place. */
const inOrder = (order: readonly number[]): readonly Document[] =>
  order.map((from, index) => ({ ...(DOCUMENTS[from] as Document), id: `d${index + 1}` }));

const build = (
  documents: readonly Document[],
  findings?: FindingsCache,
  edits: readonly GraphEdit[] = [],
): Promise<GraphSnapshot> =>
  buildGraph(
    { documents, rejected: [] },
    { model: embeddedModel, seed: 1, edits, ...(findings === undefined ? {} : { findings }) },
  );

/** Facts without what depends on the order: ids, and when we came to know them. */
function facts(graph: GraphSnapshot): readonly string[] {
  const text = factsOf(graph);
  const place = new Map(graph.relations.map(({ id }, index) => [id, text[index] ?? ''] as const));
  return graph.relations
    .map((relation) =>
      [
        place.get(relation.id),
        relation.validFrom,
        relation.validTo,
        relation.precision,
        relation.modality,
        relation.confidence,
        relation.supersededBy === undefined ? '' : `closed by ${place.get(relation.supersededBy)}`,
        ...relation.contradicts.map((id) => `against ${place.get(id)}`).toSorted(),
      ].join(' | '),
    )
    .toSorted();
}

const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 2 });

describe('adding documents', () => {
  it('in any parts and any order gives the graph of a full build, to the hash', async () => {
    await fc.assert(
      fc.asyncProperty(order, fc.array(fc.nat({ max: 5 }), { maxLength: 3 }), async (chosen, cuts) => {
        const documents = inOrder(chosen);
        const findings = cache();
        for (const cut of cuts.toSorted((left, right) => left - right))
          if (cut > 0) await build(documents.slice(0, cut), findings);
        expect((await build(documents, findings)).hash).toBe((await build(documents)).hash);
      }),
      { numRuns: 15 },
    );
  });

  it('in another order gives the same facts', async () => {
    const all = facts(await build(DOCUMENTS));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), async (chosen) => {
        expect(facts(await build(inOrder(chosen)))).toEqual(all);
      }),
      { numRuns: 12 },
    );
    expect(all.some((fact) => fact.includes('closed by'))).toBe(true);
    expect(all.some((fact) => fact.includes('against'))).toBe(true);
  });

  it('reads the new document only', async () => {
    const findings = cache();
    let reads = 0;
    const model: typeof embeddedModel = {
      ...embeddedModel,
      generate: (request, signal) => {
        reads += 1;
        return embeddedModel.generate(request, signal);
      },
    };
    const grow = (count: number): Promise<GraphSnapshot> =>
      buildGraph({ documents: DOCUMENTS.slice(0, count), rejected: [] }, { model, seed: 1, findings });
    await grow(4);
    expect(reads).toBe(4);
    await grow(5);
    expect(reads).toBe(5);
    await grow(5);
    expect(reads).toBe(5);
  });

  it('holds for real files and for a person’s edits', async () => {
    const { documents } = await readCorpus('council', 'company', 'chinese', 'rumour');
    const edits: readonly GraphEdit[] = [{ kind: 'split', from: 'Mara Voss', name: 'Voss' }];
    const findings = cache();
    await build(documents.slice(0, 2), findings, edits);
    expect((await build(documents, findings, edits)).hash).toBe((await build(documents, undefined, edits)).hash);
  });
});
