// The page decides which edges hold at a date without asking the server: it must decide as the server does.
import { assert, constantFrom, option, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphView } from '#api/contract';
import { openGraph } from '#knowledge-graph';
import type { GraphSnapshot, Relation } from '#knowledge-graph/contract';
import { dateWords } from '../../frontend/graph/as-of-slider.tsx';
import { byCommunity, communityAt } from '../../frontend/graph/groups.ts';
import { heldAt } from '../../frontend/graph/held-at.ts';

const date = constantFrom(
  '-0043',
  '0001',
  '1999',
  '2019',
  '2019-12',
  '2020-01',
  '2020-01-31',
  '2020-02-01',
  '2020-02',
  '2024-06-15',
);

describe('heldAt', () => {
  it('keeps the edges that the graph itself says hold', () => {
    assert(
      property(option(date, { nil: undefined }), option(date, { nil: undefined }), date, (validFrom, validTo, asOf) => {
        const time = { ...(validFrom === undefined ? {} : { validFrom }), ...(validTo === undefined ? {} : { validTo }) };
        const edge = { id: 'r1', source: 'a', target: 'b', label: 'know', negated: false, ...time };
        const relation = { id: 'r1', subject: 'a', object: 'b', sources: [], contradicts: [], ...time } as unknown as Relation;
        const snapshot = { documents: [], entities: [], claims: [], communities: [], chunks: [], relations: [relation] };
        const held = openGraph(snapshot as unknown as GraphSnapshot).facts({ asOf });
        expect(heldAt([edge], asOf)).toHaveLength(held.length);
      }),
    );
  });
});

it.each([
  ['2024', '2024'],
  ['2024-05', 'May 2024'],
  ['2024-05-07', '7 May 2024'],
  ['-0043', '44 BC'],
  ['0000', '1 BC'],
])('says %s as %s', (iso, words) => {
  expect(dateWords(iso)).toBe(words);
});

const node = (id: string, community?: string): GraphView['nodes'][number] => ({
  id,
  name: id,
  type: 'person',
  salience: 0.5,
  x: 0,
  y: 0,
  ...(community === undefined ? {} : { community }),
});

describe('communities of a level', () => {
  const graph = {
    nodes: [node('a', 'm1.1'), node('b', 'm1.2'), node('c', 'm2'), node('d'), node('e', 'm1.1')],
    communities: [{ id: 'm1', level: 0, label: 'Harbour', size: 3 }],
  } as unknown as GraphView;

  it('are read off the ids, and nodes outside of any are shown together', () => {
    expect(communityAt('m1.2.3', 1)).toBe('m1.2');
    expect(byCommunity(graph, 0).groups.map(({ label, size }) => [label, size])).toEqual([
      ['Harbour', 3],
      ['m2', 1],
      ['Smaller and none', 1],
    ]);
    expect(byCommunity(graph, 1).groups.map(({ key }) => key)).toEqual(['m1.1', 'm1.2', 'm2', 'rest']);
  });
});
