import { describe, expect, it } from 'vitest';
import { createWalker } from '../../../knowledge-graph/retrieval/walk.ts';
import type { Mass } from '../../../knowledge-graph/retrieval/walk.ts';

/** Two names in one passage: nodes 0 and 1 each have an edge to node 2, all of the same weight. */
const graph = {
  size: 3,
  offsets: Uint32Array.of(0, 1, 2, 4),
  targets: Uint32Array.of(2, 2, 0, 1),
  weights: Float64Array.of(1, 1, 0.5, 0.5),
};
const seed: Mass = { nodes: Uint32Array.of(0), values: Float64Array.of(1) };
const byNode = ({ nodes, values }: Mass): readonly number[] =>
  Array.from({ length: graph.size }, (_, node) => values[nodes.indexOf(node)] ?? 0);

describe('personalised PageRank', () => {
  it('after one round is what one step leaves', () => {
    const mass = createWalker(graph).walk(seed, seed, { damping: 0.5, rounds: 1, least: 0 });
    expect(byNode(mass)).toEqual([0.5, 0, 0.5]);
  });

  it('settles at the shares that solving the three equations by hand gives', () => {
    // r0 = 1/2 + r2/4, r1 = r2/4, r2 = (r0 + r1)/2.
    const mass = createWalker(graph).walk(seed, seed, { damping: 0.5, rounds: 60, least: 0 });
    const [first, second, third] = byNode(mass);
    expect(first).toBeCloseTo(7 / 12, 12);
    expect(second).toBeCloseTo(1 / 12, 12);
    expect(third).toBeCloseTo(4 / 12, 12);
  });

  it('follows a turned row in place of the graph’s', () => {
    const turned = new Map([[2, Float64Array.of(1, 0)]]);
    const mass = createWalker(graph).walk(seed, seed, { damping: 0.5, rounds: 60, least: 0, turned });
    const [first, second, third] = byNode(mass);
    expect(first).toBeCloseTo(2 / 3, 12);
    expect(second).toBe(0);
    expect(third).toBeCloseTo(1 / 3, 12);
  });

  it('sends mass that is too small to spread back to the seeds', () => {
    const walker = createWalker(graph);
    expect(byNode(walker.walk(seed, seed, { damping: 0.5, rounds: 2, least: 0.6 }))).toEqual([1, 0, 0]);
    expect(byNode(walker.walk(seed, seed, { damping: 0.5, rounds: 1, least: 0.6 }))).toEqual([0.5, 0, 0.5]);
  });
});
