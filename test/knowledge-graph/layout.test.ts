import { describe, expect, it } from 'vitest';
import { detectCommunities } from '../../knowledge-graph/communities/detect.ts';
import { computeLayout } from '../../knowledge-graph/layout/compute.ts';
import { clique, networkOf, range } from './networks.ts';

/** Cliques of five, each tied to the next. */
const chain = (cliques: number) =>
  networkOf(cliques * 5, [
    ...range(0, cliques).flatMap((at) => clique(range(at * 5, at * 5 + 5))),
    ...range(1, cliques).map((at) => [at * 5 - 1, at * 5] as const),
  ]);

const place = (cliques: number, signal?: AbortSignal) => {
  const network = chain(cliques);
  const weights = network.ids.map((_, node) => 1 / (1 + node));
  return computeLayout({ network, weights, communities: detectCommunities(network, 1), seed: 1 }, signal);
};

describe('the map of a graph', () => {
  it('has every node of a small network, inside its bounds', async () => {
    const points = await place(10);
    expect(points.map(({ entity }) => entity)).toEqual(range(0, 50).map((node) => `n${node}`));
    for (const { x, y } of points) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1);
  });

  it('puts what is tied together nearer than what is not', async () => {
    const points = await place(10);
    const distance = (left: number, right: number): number => {
      const [a, b] = [points[left], points[right]];
      return Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0));
    };
    const mean = (pairs: readonly (readonly [number, number])[]): number =>
      pairs.reduce((sum, [left, right]) => sum + distance(left, right), 0) / pairs.length;
    const near = range(0, 10).flatMap((at) => clique(range(at * 5, at * 5 + 5)));
    expect(mean(near)).toBeLessThan(mean(clique(range(0, 50))) / 3);
  });

  it('leaves the least central of a large network out', { timeout: 60_000 }, async () => {
    const points = await place(500);
    expect(points.map(({ entity }) => entity)).toEqual(range(0, 2000).map((node) => `n${node}`));
  });

  it('stops when it is cancelled', async () => {
    const stop = new AbortController();
    const placing = place(100, stop.signal);
    stop.abort();
    await expect(placing).rejects.toMatchObject({ code: 'cancelled' });
  });
});
