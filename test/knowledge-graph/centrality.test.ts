import { describe, expect, it } from 'vitest';
import { randomKey, randomStream } from '#foundation';
import { adjacencyOf } from '../../knowledge-graph/salience/adjacency.ts';
import { betweenness } from '../../knowledge-graph/salience/betweenness.ts';
import { centralities } from '../../knowledge-graph/salience/centrality.ts';
import type { Network } from '../../knowledge-graph/salience/network.ts';
import { rankNodes } from '../../knowledge-graph/salience/pagerank.ts';
import { buildCorpus } from './corpora.ts';
import { networkOf, range } from './networks.ts';

const measure = (network: Network) => centralities(network, rankNodes(network));

describe('centralities', () => {
  it('are those computed by hand for a path', () => {
    const path = measure(
      networkOf(4, [
        [0, 1],
        [1, 2],
        [2, 3],
      ]),
    );
    expect(path.map(({ degree }) => degree)).toEqual([1, 2, 2, 1]);
    // The second stands between the first and each of the two behind it: two of the three pairs of others.
    expect(path.map((node) => node.betweenness)).toEqual([0, 0.666667, 0.666667, 0]);
  });

  it('are those computed by hand for a star', () => {
    const star = measure(
      networkOf(
        4,
        range(1, 4).map((leaf) => [0, leaf] as const),
      ),
    );
    expect(star.map(({ degree }) => degree)).toEqual([3, 1, 1, 1]);
    expect(star.map((node) => node.betweenness)).toEqual([1, 0, 0, 0]);
    // c = 0.15/4 + 0.85·3l and l = 0.15/4 + 0.85·c/3, so c = 0.133125/0.2775.
    expect(star[0]?.pageRank).toBeCloseTo(0.4797, 2);
    expect(star.reduce((sum, { pageRank }) => sum + pageRank, 0)).toBeCloseTo(1, 6);
  });

  it('share a path between equal ways', () => {
    // A square: each corner stands on one of the two ways between its neighbours.
    const square = measure(
      networkOf(4, [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 0],
      ]),
    );
    expect(square.map((node) => node.betweenness)).toEqual(Array.from({ length: 4 }, () => 0.166667));
  });

  it('are sampled in a large network without being biased', () => {
    const size = 5000;
    const ring = adjacencyOf(
      networkOf(
        size,
        range(0, size).map((node) => [node, (node + 1) % size] as const),
      ),
    );
    const sampled = betweenness(ring, randomStream(randomKey(1, 'test')));
    const mean = sampled.reduce((sum, value) => sum + value, 0) / size;
    // On a ring of even size each start has (n/2 − 1)² places between it and the others.
    expect(mean).toBeCloseTo((size / 2 - 1) ** 2 / ((size - 1) * (size - 2)), 6);
  });

  it('are stored with every entity that is a node, and with no other', async () => {
    const { entities } = await buildCorpus('council');
    for (const { id, type, centrality } of entities)
      expect(centrality !== undefined, id).toBe(type !== 'date' && type !== 'amount');
    expect(entities.some(({ centrality }) => (centrality?.betweenness ?? 0) > 0)).toBe(true);
  });
});
