import { describe, expect, it } from 'vitest';
import { hashOf } from '#foundation';
import { buildGraph, DEFAULT_LIMITS, readDocuments } from '#knowledge-graph';
import { buildCorpus, documentsOf, readCorpus } from './corpora.ts';
import { embeddedModel } from './embedded-model.ts';

describe('building a graph', () => {
  it('gives the same hash for the same input, whatever was built before', async () => {
    const first = await buildCorpus('council', 'gateway');
    await buildCorpus('story');
    const again = await buildCorpus('council', 'gateway');
    expect(again.hash).toBe(first.hash);
    const { hash, ...content } = again;
    expect(hashOf(content)).toBe(hash);
  });

  it('lets the seed move the map but no fact', async () => {
    const read = await readCorpus('company');
    const one = await buildGraph(read, { model: embeddedModel, seed: 1 });
    const two = await buildGraph(read, { model: embeddedModel, seed: 2 });
    expect(two.layout).not.toEqual(one.layout);
    expect(two.relations).toEqual(one.relations);
    expect(two.entities).toEqual(one.entities);
  });

  it('names every file and its reason when none could be read', async () => {
    const read = await readDocuments([{ name: 'empty.txt', bytes: new Uint8Array() }], { limits: DEFAULT_LIMITS });
    await expect(buildGraph(read, { model: embeddedModel, seed: 1 })).rejects.toMatchObject({
      code: 'no_documents',
      hint: expect.stringContaining('empty.txt') as string,
      details: { rejected: [{ name: 'empty.txt' }] },
    });
  });

  it('stops when it is cancelled', async () => {
    const read = await readCorpus('council');
    await expect(buildGraph(read, { model: embeddedModel, seed: 1, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  it('tells where it is, document by document', async () => {
    const seen: string[] = [];
    const read = await readCorpus('council', 'story');
    await buildGraph(read, { model: embeddedModel, seed: 1, onProgress: ({ done, total }) => seen.push(`${done}/${total}`) });
    expect(seen).toEqual(['1/2', '2/2']);
  });

  it('lays a large network out in a worker, the same way each time', async () => {
    // More than 300 names, each tied to the next.
    const text = Array.from({ length: 340 }, (_, index) => `Company Q${index}z Ltd acquired Company Q${index + 1}z Ltd.`).join(
      '\n',
    );
    const [one, two] = [
      await buildGraph(documentsOf(text), { model: embeddedModel, seed: 3 }),
      await buildGraph(documentsOf(text), { model: embeddedModel, seed: 3 }),
    ];
    expect(one.layout.length).toBeGreaterThan(300);
    expect(two.hash).toBe(one.hash);
  });

  it('puts only connected entities into one community, and quotes its summary', async () => {
    const graph = await buildCorpus('council', 'company');
    expect(graph.communities.length).toBeGreaterThan(1);
    const [first] = graph.communities;
    expect(first?.label).not.toBe('');
    expect(first?.summary.length).toBeGreaterThan(0);
    const members = graph.communities.flatMap((community) => community.members);
    expect(new Set(members).size).toBe(members.length);
  });

  it('derives an ontology that counts what is there', async () => {
    const { entities, relations, ontology } = await buildCorpus('council');
    expect(ontology.entityTypes.reduce((sum, row) => sum + row.count, 0)).toBe(entities.length);
    expect(ontology.relationTypes.reduce((sum, row) => sum + row.count, 0)).toBe(relations.length);
    expect(ontology.relationTypes.find((row) => row.predicate === 'lead')).toMatchObject({ from: ['person'] });
  });
});
