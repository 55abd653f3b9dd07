import { describe, expect, it } from 'vitest';
import type { LanguageModel } from '#foundation';
import { buildGraph, openGraph } from '#knowledge-graph';
import type { FindingsCache, GraphEdit, GraphSnapshot } from '#knowledge-graph/contract';
import { documentsOf, factsOf } from '../corpora.ts';
import { embeddedModel } from '../embedded-model.ts';

const TEXTS = [
  'Minister Mara Voss opposes Acme Corp. in Riverton. Mara Voss praised Norden Capital.',
  'Kestrel Systems acquired Norden Capital. Acme Corp. rivals Kestrel Systems.',
  'Ruth Fielding warned Acme Corp. about the toll. Tom Brandt opposes Norden Capital.',
] as const;

/** Counts how many documents are read, and keeps what was found. */
function counting(): { readonly build: (edits: readonly GraphEdit[]) => Promise<GraphSnapshot>; readonly reads: () => number } {
  let reads = 0;
  const stored = new Map<string, string>();
  const findings: FindingsCache = {
    get: (key) => stored.get(key),
    put: (entries) => {
      for (const [key, value] of entries) stored.set(key, value);
    },
  };
  const model: LanguageModel = {
    ...embeddedModel,
    generate: (request, signal) => {
      reads += 1;
      return embeddedModel.generate(request, signal);
    },
  };
  return {
    build: (edits) => buildGraph(documentsOf(...TEXTS), { model, seed: 1, edits, findings }),
    reads: () => {
      const now = reads;
      reads = 0;
      return now;
    },
  };
}

const fresh = (edits: readonly GraphEdit[]): Promise<GraphSnapshot> =>
  buildGraph(documentsOf(...TEXTS), { model: embeddedModel, seed: 1, edits });

const typeOf = (graph: GraphSnapshot, name: string): string | undefined => {
  const entity = graph.entities.find((candidate) => candidate.name === name);
  return entity === undefined ? undefined : `${entity.type}${entity.subtype === undefined ? '' : `/${entity.subtype}`}`;
};

describe('the ontology', () => {
  it('shows signatures, cardinality, kind and inverse of what the documents say', async () => {
    const { ontology } = await fresh([]);
    expect(ontology.relationTypes.find(({ predicate }) => predicate === 'acquire')).toMatchObject({
      from: ['organisation'],
      to: ['organisation'],
      kind: 'event',
      cardinality: 'many',
      inverse: 'be acquired by',
    });
    expect(ontology.entityTypes.find(({ type }) => type === 'person')?.subtypes).toContain('minister');
  });

  it.each<[string, GraphEdit, string, string]>([
    [
      'renames a narrower type',
      { kind: 'type-map', from: { type: 'person', subtype: 'minister' }, to: { type: 'person', subtype: 'official' } },
      'Mara Voss',
      'person/official',
    ],
    [
      'maps one type to another',
      { kind: 'type-map', from: { type: 'organisation' }, to: { type: 'institution' } },
      'Kestrel Systems',
      'institution',
    ],
    ['drops a narrower type', { kind: 'type-remove', type: 'person', subtype: 'minister' }, 'Mara Voss', 'person'],
    ['drops a type', { kind: 'type-remove', type: 'organisation' }, 'Kestrel Systems', 'unknown'],
    [
      'adds a narrower type by the words that names end in',
      { kind: 'type-add', type: 'organisation', subtype: 'fund', words: ['capital'] },
      'Norden Capital',
      'organisation/fund',
    ],
  ])('%s, and reads nothing again', async (_, edit, name, expected) => {
    const { build, reads } = counting();
    await build([]);
    expect(reads()).toBe(TEXTS.length);
    const graph = await build([edit]);
    expect(reads()).toBe(0);
    expect(typeOf(graph, name)).toBe(expected);
    expect(graph.hash).toBe((await fresh([edit])).hash);
  });

  it('renames and removes relations, and reads nothing again', async () => {
    const { build, reads } = counting();
    await build([]);
    reads();
    const graph = await build([
      { kind: 'relation-map', from: 'oppose', to: 'object to' },
      { kind: 'relation-remove', predicate: 'acquire' },
    ]);
    expect(reads()).toBe(0);
    expect(factsOf(graph)).toContain('Tom Brandt | object to | Norden Capital');
    expect(graph.relations.filter(({ predicate }) => ['oppose', 'acquire'].includes(predicate))).toEqual([]);
  });

  it('reads only the documents whose verbs a declared relation names', async () => {
    const { build, reads } = counting();
    await build([]);
    reads();
    const warn: GraphEdit = {
      kind: 'relation-add',
      predicate: 'caution',
      verbs: ['warn'],
      from: ['person'],
      to: [],
      cardinality: 'many',
    };
    const graph = await build([warn]);
    expect(reads()).toBe(1);
    expect(factsOf(graph)).toContain('Ruth Fielding | caution | Acme Corp');
    expect(graph.hash).toBe((await fresh([warn])).hash);
    await build([warn]);
    expect(reads()).toBe(0);
    const back = await build([]);
    expect(reads()).toBe(0);
    expect(back.hash).toBe((await fresh([])).hash);
  });

  it('lets a person say that a relation ties one thing at a time', async () => {
    const texts = documentsOf(
      'Mara Voss has supported Acme Corp. since 2019.',
      'Mara Voss has supported Norden Capital since 2022.',
    );
    const edits: readonly GraphEdit[] = [{ kind: 'relation-set', predicate: 'support', cardinality: 'one-object' }];
    const held = async (given: readonly GraphEdit[]): Promise<number> =>
      openGraph(await buildGraph(texts, { model: embeddedModel, seed: 1, edits: given })).facts({ asOf: '2024' }).length;
    expect(await held([])).toBe(2);
    expect(await held(edits)).toBe(1);
  });
});
