import { describe, expect, it } from 'vitest';
import { buildGraph, openGraph } from '#knowledge-graph';
import type { KnowledgeGraph, Relation } from '#knowledge-graph/contract';
import { datedDocuments } from '../corpora.ts';
import { embeddedModel } from '../embedded-model.ts';

const graphOf = async (...texts: readonly (readonly [string | undefined, string])[]): Promise<KnowledgeGraph> =>
  openGraph(await buildGraph(datedDocuments(...texts), { model: embeddedModel, seed: 1 }));

const subjectOf = ({ subject }: Relation): string => subject.replace(/^.*:/, '');
const ACME = 'organisation:acme-corp';
const leaders = (graph: KnowledgeGraph, at?: Parameters<KnowledgeGraph['neighbours']>[1]): readonly string[] =>
  graph
    .neighbours(ACME, at)
    .filter(({ predicate }) => predicate === 'lead')
    .map(subjectOf);

describe('a relation that ties one thing at a time', () => {
  it('closes the earlier fact with the later, and keeps it', async () => {
    const graph = await graphOf(
      [undefined, 'Mara Voss has led Acme Corp. since 12 May 2019.'],
      [undefined, 'Ruth Fielding has led Acme Corp. since 3 March 2024.'],
    );
    const [old, next] = graph.relations;
    expect(old).toMatchObject({ validFrom: '2019-05-12', validTo: '2024-03-02', precision: 'day', recorded: 1, expired: 2 });
    expect(old?.supersededBy).toBe(next?.id);
    expect(next).toMatchObject({ validFrom: '2024-03-03', validTo: undefined, expired: undefined, contradicts: [] });
    expect(leaders(graph, { asOf: '2021' })).toEqual(['mara-voss']);
    expect(leaders(graph, { asOf: '2024-03-03' })).toEqual(['ruth-fielding']);
    expect(leaders(graph, { asOf: '2018' })).toEqual([]);
    expect(leaders(graph)).toEqual(['mara-voss', 'ruth-fielding']);
  });

  it('answers as it was known before the later fact came', async () => {
    const graph = await graphOf(
      [undefined, 'Mara Voss has led Acme Corp. since 2019.'],
      [undefined, 'Ruth Fielding has led Acme Corp. since 2024.'],
    );
    expect(leaders(graph, { asOf: '2025', known: 1 })).toEqual(['mara-voss']);
    expect(leaders(graph, { asOf: '2025', known: 2 })).toEqual(['ruth-fielding']);
    expect(graph.facts({ known: 1 })).toMatchObject([{ validTo: undefined, supersededBy: undefined, expired: undefined }]);
    expect(graph.facts({ known: 0 })).toEqual([]);
  });

  it('closes the same when the older news is read last', async () => {
    const graph = await graphOf(
      [undefined, 'Ruth Fielding has led Acme Corp. since 2024.'],
      [undefined, 'Mara Voss has led Acme Corp. since 2019.'],
    );
    expect(leaders(graph, { asOf: '2025' })).toEqual(['ruth-fielding']);
    expect(graph.relations.find((relation) => subjectOf(relation) === 'mara-voss')).toMatchObject({ recorded: 2, expired: 2 });
  });

  it('counts from publication where the text has no date of its own', async () => {
    const graph = await graphOf(
      ['2020-02-01', 'Mara Voss leads Acme Corp. in Eastham.'],
      ['2024-02-01', 'Ruth Fielding leads Acme Corp. in Eastham.'],
    );
    expect(leaders(graph, { asOf: '2025' })).toEqual(['ruth-fielding']);
    expect(graph.relations.find((relation) => subjectOf(relation) === 'mara-voss')?.validTo).toBe('2024-01-31');
  });

  it('links two holders of one time as a contradiction', async () => {
    const graph = await graphOf(
      ['2024-02-01', 'Mara Voss leads Acme Corp. in Eastham.'],
      ['2024-02-01', 'Ruth Fielding leads Acme Corp. in Eastham.'],
    );
    const [one, other] = graph.relations.filter(({ predicate }) => predicate === 'lead');
    expect(one?.contradicts).toEqual([other?.id]);
    expect(other?.contradicts).toEqual([one?.id]);
    expect(leaders(graph, { asOf: '2025' })).toEqual(['mara-voss', 'ruth-fielding']);
    expect(graph.facts({ known: 1 }).every(({ contradicts }) => contradicts.length === 0)).toBe(true);
  });

  it('says nothing of two holders whose times nobody knows', async () => {
    const graph = await graphOf(
      [undefined, 'Mara Voss leads Acme Corp. in Eastham.'],
      [undefined, 'Ruth Fielding leads Acme Corp. in Eastham.'],
    );
    expect(graph.relations.every(({ contradicts, supersededBy }) => contradicts.length === 0 && supersededBy === undefined)).toBe(
      true,
    );
  });

  it('lets two hold it together when one sentence says so, and lets a stated end be', async () => {
    const together = await graphOf([undefined, 'The small company Acme Corp. is led by Mara Voss and Ruth Fielding these days.']);
    expect(leaders(together)).toEqual(['mara-voss', 'ruth-fielding']);
    expect(together.relations.every(({ contradicts }) => contradicts.length === 0)).toBe(true);
    const over = await graphOf([undefined, 'Mara Voss led Acme Corp. until 2019. Ruth Fielding has led Acme Corp. since 2020.']);
    expect(over.relations.map(({ supersededBy, contradicts }) => [supersededBy, contradicts])).toEqual([
      [undefined, []],
      [undefined, []],
    ]);
  });

  it('is no matter of what somebody only says', async () => {
    const graph = await graphOf(
      [undefined, 'Mara Voss has led Acme Corp. since 2019.'],
      [undefined, 'Tom Brandt said that Ruth Fielding has led Acme Corp. since 2024.'],
    );
    expect(graph.relations.find((relation) => subjectOf(relation) === 'mara-voss')?.supersededBy).toBeUndefined();
  });
});

describe('a denial', () => {
  it('contradicts what is said of the same time', async () => {
    const graph = await graphOf(
      [undefined, 'Mara Voss supports Acme Corp. in Eastham.'],
      [undefined, 'Mara Voss does not support Acme Corp. in Eastham.'],
    );
    const [yes, no] = graph.relations.filter(({ predicate }) => predicate === 'support');
    expect([yes?.polarity, no?.polarity]).toEqual(['affirmed', 'negated']);
    expect([yes?.contradicts, no?.contradicts]).toEqual([[no?.id], [yes?.id]]);
  });

  it('ends a state when it is later', async () => {
    const graph = await graphOf(
      ['2020-01-10', 'Mara Voss supports Acme Corp. in Eastham.'],
      ['2024-01-10', 'Mara Voss does not support Acme Corp. in Eastham.'],
    );
    const [yes, no] = graph.relations.filter(({ predicate }) => predicate === 'support');
    expect(yes).toMatchObject({ validTo: '2024-01-09', supersededBy: no?.id, contradicts: [] });
  });
});

describe('a point in time', () => {
  it.each([[{ asOf: 'yesterday' }], [{ known: -1 }], [{ known: 1.5 }]])('refuses %j', async (at) => {
    const graph = await graphOf([undefined, 'Mara Voss has led Acme Corp. since 2019.']);
    expect(() => graph.facts(at)).toThrow(expect.objectContaining({ code: 'invalid_input' }) as Error);
  });
});

describe('when a fact holds', () => {
  it.each([
    ['Mara Voss led Acme Corp. from 2012 to 2019.', '2012', '2019', 'range'],
    ['Mara Voss has led Acme Corp. since May 2019.', '2019-05', undefined, 'month'],
    ['In 2012, Mara Voss led Acme Corp., and in 2019 she left.', '2012', undefined, 'year'],
    ['Mara Voss led Acme Corp. in the 1990s.', '1990', '1999', 'decade'],
    ['Mara Voss (1950–2020) has led Acme Corp. since 1999.', '1999', undefined, 'year'],
    ['In May 2019 Acme Corp. president Mara Voss praised Norden Capital.', undefined, undefined, undefined],
    ['Mara Voss led Acme Corp. until March 2019.', undefined, '2019-03', 'month'],
  ])('%s', async (text, validFrom, validTo, precision) => {
    const graph = await graphOf([undefined, text]);
    expect(graph.relations.find(({ predicate }) => predicate === 'lead')).toMatchObject({ validFrom, validTo, precision });
  });
});
