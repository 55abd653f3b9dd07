import { describe, expect, it } from 'vitest';
import { buildGraph } from '#knowledge-graph';
import type { GraphEdit, GraphSnapshot } from '#knowledge-graph/contract';
import { documentsOf } from '../corpora.ts';
import { embeddedModel } from '../embedded-model.ts';

const build = (edits: readonly GraphEdit[], ...texts: readonly string[]): Promise<GraphSnapshot> =>
  buildGraph(documentsOf(...texts), { model: embeddedModel, seed: 1, edits });
const names = (graph: GraphSnapshot): readonly string[] =>
  graph.entities
    .filter(({ type }) => !['date', 'amount', 'concept'].includes(type))
    .map(({ name }) => name)
    .toSorted();
const merge = (graph: GraphSnapshot, name: string): GraphSnapshot['merges'][number] | undefined =>
  graph.merges.find((candidate) => candidate.name === name);
const mentionsOf = (graph: GraphSnapshot, name: string): readonly string[] => {
  const entity = graph.entities.find((candidate) => candidate.name === name);
  return graph.mentions.filter((mention) => mention.entity === entity?.id).map(({ surface }) => surface);
};

const COUNCIL = 'Mara Voss leads Acme Corp. in Riverton. Voss opposes Kestrel Systems. Mara Voss met the council.';
const BANK = 'The European Central Bank (ECB) met in Frankfurt. The ECB raised rates on Tuesday.';

describe('a merge that the rules make', () => {
  it('is recorded with its reason, score and places', async () => {
    const graph = await build([], COUNCIL, BANK);
    expect(merge(graph, 'Voss')).toMatchObject({ entity: 'person:mara-voss', into: 'Mara Voss', reason: 'name-part' });
    expect(merge(graph, 'ECB')).toMatchObject({ into: 'European Central Bank', reason: 'declared-alias' });
    const found = merge(graph, 'Voss');
    expect(found?.sources.map(({ start, end }) => COUNCIL.slice(start, end))).toEqual(['Voss']);
    expect(found?.score).toBeGreaterThan(0);
  });

  it('across documents is recorded, too', async () => {
    const graph = await build([], 'The European Central Bank met in Frankfurt.', 'The ECB raised rates. The ECB met.');
    expect(merge(graph, 'ECB')).toMatchObject({ into: 'European Central Bank', reason: 'initials' });
  });

  it('joins spellings that differ by a letter, but never by a number', async () => {
    const graph = await build(
      [],
      'Riverton Harbourside Redevelopment Authority Ltd. opened in May. Riverton Harboursid Redevelopment Authority Ltd. grew.',
      'Northern Infrastructure Conference 2020 opened. Northern Infrastructure Conference 2024 opened.',
    );
    expect(graph.merges.find(({ reason }) => reason === 'similar-spelling')).toMatchObject({ score: 0.8 });
    expect(graph.merges.filter(({ name }) => /20\d\d/.test(name))).toEqual([]);
  });
});

describe('names that the rules keep apart', () => {
  it.each([
    ['The Liberal National Party of Riverton met. The National Liberal Party of Riverton met.', 'similar-spelling'],
    ['The games of the XXIII Riverton Olympiad began. The games of the XXXIII Riverton Olympiad began.', 'similar-spelling'],
    ['Anna Rose Nuhn spoke in Riverton. The ARN met in Riverton. The ARN met again.', 'initials'],
  ])('%s', async (text, reason) => {
    expect((await build([], text)).merges.filter((found) => found.reason === reason)).toEqual([]);
  });
});

describe('a split by hand', () => {
  const split: GraphEdit = { kind: 'split', from: 'Mara Voss', name: 'Voss' };

  it('gives the name a thing of its own, with its mentions and its facts', async () => {
    const graph = await build([split], COUNCIL);
    expect(names(graph)).toEqual(expect.arrayContaining(['Mara Voss', 'Voss']));
    expect(mentionsOf(graph, 'Voss')).toEqual(['Voss']);
    expect(mentionsOf(graph, 'Mara Voss')).toEqual(['Mara Voss', 'Mara Voss']);
    expect(merge(graph, 'Voss')).toBeUndefined();
    const voss = graph.entities.find(({ name }) => name === 'Voss')?.id;
    expect(graph.relations.find(({ predicate }) => predicate === 'oppose')?.subject).toBe(voss);
    expect(graph.relations.find(({ predicate }) => predicate === 'lead')?.subject).toBe('person:mara-voss');
  });

  it('survives documents that are added, and is gone when it is undone', async () => {
    const more = 'Voss praised Norden Capital. Mara Voss spoke.';
    expect(names(await build([split], COUNCIL, more))).toContain('Voss');
    const undone = await build([], COUNCIL);
    expect(undone.hash).toBe((await build([], COUNCIL)).hash);
    expect(names(undone)).not.toContain('Voss');
  });

  it.each([
    [
      'spellings of one key',
      'Acme Corp',
      'Acme Inc.',
      'Acme Corp. grew in Riverton. Acme Corp. leads.',
      'Acme Inc. closed in Eastham.',
    ],
    [
      'an acronym declared for a topic',
      'Model Context Protocol',
      'MCP',
      'The Model Context Protocol (MCP) connects tools. Use MCP. MCP grows.',
      '',
    ],
    [
      'an acronym of another document',
      'European Central Bank',
      'ECB',
      'The European Central Bank met in Frankfurt.',
      'The ECB raised rates. The ECB met.',
    ],
  ])('undoes the merge of %s', async (_, from, name, ...texts) => {
    const documents = texts.filter((text) => text !== '');
    const before = await build([], ...documents);
    const found = before.merges.find((candidate) => candidate.name === name);
    expect(found?.into).toBe(from);
    const graph = await build([{ kind: 'split', from, name }], ...documents);
    expect(graph.merges.find((candidate) => candidate.name === name)).toBeUndefined();
    const held = graph.entities.find((entity) => entity.id === found?.entity);
    expect(held?.aliases ?? []).not.toContain(name);
  });

  it('of one document parts two bearers of one name', async () => {
    const texts = ['John Smith leads Acme Corp. in Riverton.', 'John Smith plays for Norden United.'];
    expect(names(await build([], ...texts)).filter((name) => name === 'John Smith')).toHaveLength(1);
    const graph = await build([{ kind: 'split', from: 'John Smith', name: 'John Smith', document: 'text-2.txt' }], ...texts);
    expect(names(graph).filter((name) => name === 'John Smith')).toHaveLength(2);
    const ids = graph.entities.filter(({ name }) => name === 'John Smith').map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('a merge by hand', () => {
  const texts = ['Mara Voss leads Acme Corp. in Riverton.', 'Kestrel Systems hired the Iron Lady. Iron Lady spoke.'];
  const edit: GraphEdit = { kind: 'merge', into: 'Mara Voss', name: 'Kestrel Systems' };

  it('makes one thing of two, named and typed by the first, and says that a person did', async () => {
    const graph = await build([edit], ...texts);
    expect(names(graph)).not.toContain('Kestrel Systems');
    expect(mentionsOf(graph, 'Mara Voss')).toEqual(['Mara Voss', 'Kestrel Systems']);
    expect(graph.entities.find(({ name }) => name === 'Mara Voss')?.type).toBe('person');
    expect(merge(graph, 'Kestrel Systems')).toMatchObject({ reason: 'person', score: 1, entity: 'person:mara-voss' });
    expect(graph.edits).toEqual([edit]);
  });

  it('waits for the documents that hold its names', async () => {
    expect(names(await build([edit], texts[0] ?? ''))).toContain('Mara Voss');
  });

  it('can be taken back: the graph is what it was', async () => {
    expect((await build([], ...texts)).hash).not.toBe((await build([edit], ...texts)).hash);
  });
});
