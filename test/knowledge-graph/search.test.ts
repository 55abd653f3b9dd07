import { beforeAll, describe, expect, it } from 'vitest';
import { openGraph } from '#knowledge-graph';
import type { KnowledgeGraph } from '#knowledge-graph/contract';
import { buildCorpus } from './corpora.ts';

describe('search', () => {
  let graph: KnowledgeGraph;
  beforeAll(async () => {
    graph = openGraph(await buildCorpus('council', 'rumour', 'company', 'gateway', 'chinese'));
  });

  it('finds the entity that a query names, and passages about it', () => {
    const hits = graph.search('Who is Mara Voss?', 5);
    expect(hits[0]).toMatchObject({ kind: 'entity', id: 'person:mara-voss' });
    const passage = hits.find((hit) => hit.kind === 'passage');
    expect(passage?.text).toContain('Voss');
  });

  it('finds by meaning-bearing words in other forms', () => {
    const [first] = graph.search('caching prompts reduces cost', 3);
    expect(first?.text.toLowerCase()).toContain('prompt caching');
  });

  it('finds Chinese by two characters', () => {
    expect(graph.search('通行费', 3).some((hit) => hit.text.includes('通行费'))).toBe(true);
  });

  it('gives text that its source holds, best first, never more than asked', () => {
    const hits = graph.search('toll bridge Riverton council', 4);
    expect(hits).toHaveLength(4);
    expect(hits.map((hit) => hit.score)).toEqual(hits.map((hit) => hit.score).toSorted((left, right) => right - left));
    for (const hit of hits.filter(({ kind }) => kind !== 'entity')) expect(graph.quote(hit.source)).toBe(hit.text);
  });

  it('finds nothing for nothing', () => {
    expect(graph.search('  ', 5)).toEqual([]);
    expect(graph.search('zzzyqx', 5)).toEqual([]);
    expect(graph.search('toll', 0)).toEqual([]);
  });
});
