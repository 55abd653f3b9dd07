import { assert, constantFrom, property, string } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openGraph } from '#knowledge-graph';
import { SEARCH_MODES } from '#knowledge-graph/contract';
import type { GraphSnapshot, KnowledgeGraph, Relation, SearchMode } from '#knowledge-graph/contract';
import { buildCorpus, buildText } from '../corpora.ts';

const keysOf = (over: KnowledgeGraph, mode: SearchMode): readonly string[] =>
  over.search('Harbour Ferries', 20, { mode }).map(({ kind, id }) => `${kind}:${id}`);
const ask = (over: KnowledgeGraph, queries: readonly string[]) =>
  new Map(queries.map((query) => [query, SEARCH_MODES.map((mode) => over.search(query, 10, { mode }))]));

let snapshot: GraphSnapshot;
let graph: KnowledgeGraph;
beforeAll(async () => {
  snapshot = await buildCorpus('council', 'rumour', 'company', 'gateway', 'chinese');
  graph = openGraph(snapshot);
});

describe('any text is a query', () => {
  it.each([
    'What did "Mara Voss" say?',
    'toll AND NOT bridge',
    'NEAR(toll bridge, 5) OR terms:toll*',
    '"unclosed',
    "'; DROP TABLE texts; --",
    '🌉 toll 🚗💨',
    '🌉',
    '- + * ( ) ^ : " \'',
    '\u0000\uD800 toll',
    'many words '.repeat(600),
    '通行费 toll ¿por qué?',
  ])('%j', (query) => {
    for (const mode of SEARCH_MODES) expect(graph.search(query, 5, { mode }).length).toBeLessThanOrEqual(5);
  });

  it('whatever it is, and answers with places that exist', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 40 }), constantFrom(...SEARCH_MODES), (query, mode) => {
        for (const { source } of graph.search(query, 3, { mode })) expect(graph.quote(source)).not.toBe('');
      }),
      { numRuns: 150, seed: 7 },
    );
  });
});

describe('Chinese', () => {
  it.each(['银行', '贷款', '商会', '教授', '车流量'])('finds %s, also inside a longer word', (word) => {
    const passages = graph.search(word, 10).filter(({ kind }) => kind === 'passage');
    expect(passages.some(({ text }) => text.includes(word))).toBe(true);
  });

  it('knows whom a query names without spaces around the name', () => {
    expect(graph.search('张伟说了什么？', 3)[0]).toMatchObject({ kind: 'entity', id: 'person:张伟' });
  });
});

describe('global search', () => {
  it('answers with communities, in sentences of the documents', () => {
    const hits = graph.search('toll on the bridge', 3, { mode: 'global' });
    expect(hits.length).toBeGreaterThan(0);
    for (const { kind, id, text, source } of hits) {
      expect(kind).toBe('community');
      expect(snapshot.communities.map((community) => community.id)).toContain(id);
      expect(text).toContain(graph.quote(source).replaceAll(/\s+/g, ' '));
    }
    expect(hits[0]?.text).toContain('toll');
  });

  it('tells of the largest communities where a question has no words to go by', () => {
    const ids = graph.search('what is this about?', 2, { mode: 'global' }).map(({ id }) => id);
    expect(ids).toEqual(snapshot.communities.slice(0, 2).map(({ id }) => id));
  });
});

describe('global search over a graph in which nothing is tied', () => {
  it('speaks of the whole', async () => {
    const small = await buildText('Kestrel Systems opened a mill.');
    const hits = openGraph(small).search('what is this about?', 3, { mode: 'global' });
    expect(hits.map(({ id, text }) => [id, text])).toEqual([['m1', expect.stringContaining('Kestrel Systems opened a mill.')]]);
  });
});

describe('drift search', () => {
  it('reaches what a local search does not, and keeps what it finds', () => {
    const [local, drift] = [keysOf(graph, 'local'), keysOf(graph, 'drift')];
    expect(drift).toContain(local[0]);
    expect(drift.some((key) => key.startsWith('community:'))).toBe(true);
    expect(drift.some((key) => !local.includes(key))).toBe(true);
  });
});

describe('search at a date', () => {
  let dated: KnowledgeGraph;
  beforeAll(() => {
    const template = snapshot.relations.find(({ subject }) => subject === 'person:mara-voss');
    if (template === undefined) throw new Error('the corpus says something of Mara Voss');
    const leads = (id: string, subject: string, validFrom: string | undefined, validTo: string | undefined): Relation => ({
      ...template,
      id,
      subject,
      predicate: 'lead',
      object: undefined,
      literal: 'the council',
      validFrom,
      validTo,
    });
    dated = openGraph({
      ...snapshot,
      relations: [
        leads('r1', 'person:jonas-lind', '2010', '2018'),
        leads('r2', 'person:mara-voss', '2019', undefined),
        leads('r3', 'person:elena-marchetti', undefined, undefined),
      ],
      documents: snapshot.documents.map((document) =>
        document.name === 'rumour.md' ? { ...document, publishedAt: '2025-03-02T10:00:00Z' } : document,
      ),
    });
  });
  const factsAt = (asOf: string): readonly string[] =>
    dated
      .search('Who does lead the council?', 20, { asOf })
      .filter(({ kind }) => kind === 'fact')
      .map(({ id }) => id);

  it('gives the facts that held then, dated ones first', () => {
    expect(factsAt('2015')).toEqual(['r1', 'r3']);
    expect(factsAt('2024-05-17')).toEqual(['r2', 'r3']);
    expect(factsAt('1990')).toEqual(['r3']);
  });

  it('leaves out what was published later, in every mode', () => {
    const rumour = dated.snapshot.documents.find(({ name }) => name === 'rumour.md')?.id;
    for (const mode of SEARCH_MODES) {
      const documentsAt = (asOf: string) =>
        dated.search('Northgate Hospital message', 20, { mode, asOf }).map(({ source }) => source.document);
      expect(documentsAt('2025-04')).toContain(rumour);
      expect(documentsAt('2025-01')).not.toContain(rumour);
    }
  });

  it('says what a date looks like', () => {
    expect(() => dated.search('toll', 5, { asOf: 'last week' })).toThrow(/"last week" is no date/);
  });
});

it('gives the same answers again, in any order and from another copy', () => {
  const queries = ['Mara Voss toll', '通行费', 'Health Ministry hoax message', 'prompt caching'];
  const first = ask(graph, queries);
  const again = ask(openGraph(structuredClone(snapshot)), queries.toReversed());
  for (const query of queries) expect(again.get(query)).toEqual(first.get(query));
});
