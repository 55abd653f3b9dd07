// Who follows whom: invariants for any plan, and the shapes that make a network social.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Population } from '#engine/contract';
import { createPopulation } from '../../../engine/population/index.ts';
import { populationSkills } from '../../../engine/policies/chat/index.ts';
import { BRIDGE_FRAMING, BRIDGE_GRAPH, bridgeScenario } from '../fixtures.ts';
import { embeddedModel } from '../../embedded-model.ts';

const populate = (population: Record<string, number>, seed = 1): Promise<Population> =>
  createPopulation({
    graph: BRIDGE_GRAPH,
    framing: BRIDGE_FRAMING,
    scenario: bridgeScenario({ population, seed }),
    model: embeddedModel(populationSkills),
  });

const insideShare = ({ ties, columns, size }: Population): number => {
  let inside = 0;
  for (let agent = 0; agent < size; agent++) {
    for (const target of ties.targets.subarray(ties.offsets[agent], ties.offsets[agent + 1])) {
      if (columns.community[agent] === columns.community[target]) inside++;
    }
  }
  return inside / ties.targets.length;
};

describe('ties', () => {
  it('are sorted rows without oneself and without repeats, for any size, degree, homophily and seed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          size: fc.integer({ min: 2, max: 120 }),
          actors: fc.integer({ min: 0, max: 12 }),
          meanDegree: fc.integer({ min: 1, max: 60 }),
          homophily: fc.constantFrom(0, 0.3, 0.7, 1),
        }),
        fc.integer({ min: 0, max: 1_000_000 }),
        async (plan, seed) => {
          const { ties, size } = await populate(plan, seed);
          expect(ties.offsets).toHaveLength(size + 1);
          expect(ties.offsets[0]).toBe(0);
          expect(ties.offsets[size]).toBe(ties.targets.length);
          for (let agent = 0; agent < size; agent++) {
            const row = [...ties.targets.subarray(ties.offsets[agent], ties.offsets[agent + 1])];
            expect(row).toEqual([...new Set(row)].toSorted((a, b) => a - b));
            expect(row).not.toContain(agent);
            expect(row.every((target) => target < size)).toBe(true);
          }
          expect(ties.strength.every((strength) => strength > 0 && strength <= 1)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('have the mean degree asked for', async () => {
    const { ties, size } = await populate({ size: 3000, meanDegree: 12 });
    expect(ties.targets.length / size).toBeGreaterThan(10.8);
    expect(ties.targets.length / size).toBeLessThan(13.2);
  });

  it.each([0.3, 0.5, 0.7, 0.9])('stay inside the community as often as homophily %f says', async (homophily) => {
    expect(Math.abs(insideShare(await populate({ size: 3000, homophily })) - homophily)).toBeLessThan(0.08);
  });

  it('all stay inside at homophily 1, and hardly any at 0', async () => {
    expect(insideShare(await populate({ size: 2000, homophily: 1 }))).toBeGreaterThan(0.97);
    expect(insideShare(await populate({ size: 2000, homophily: 0 }))).toBeLessThan(0.1);
  });

  it('give a few accounts most of the followers, named media and institutions among them', async () => {
    const { ties, size, actors } = await populate({ size: 3000 });
    const followers = new Uint32Array(size);
    for (const target of ties.targets) followers[target] = (followers[target] ?? 0) + 1;
    const sorted = followers.toSorted();
    expect(sorted[size >> 1]).toBeLessThanOrEqual(8);
    expect(sorted.at(-1)).toBeGreaterThan(40 * (sorted[size >> 1] ?? 1));
    const courier = actors.find(({ name }) => name === 'Ferrow Courier')?.agent ?? -1;
    expect(followers[courier]).toBeGreaterThan(sorted[Math.floor(size * 0.99)] ?? 0);
  });

  it('let everyone follow a named actor', async () => {
    const { ties, size, actors } = await populate({ size: 1000 });
    let without = 0;
    for (let agent = actors.length; agent < size; agent++) {
      const first = ties.targets[ties.offsets[agent] ?? 0] ?? size;
      if (first >= actors.length) without++;
    }
    expect(without / size).toBeLessThan(0.02);
  });

  it('lean to people of like opinion', async () => {
    const { ties, size, columns } = await populate({ size: 3000, homophily: 0 });
    let alike = 0;
    for (let agent = 0; agent < size; agent++) {
      for (const target of ties.targets.subarray(ties.offsets[agent], ties.offsets[agent + 1])) {
        alike += 2 - Math.abs((columns.opinion[agent] ?? 0) - (columns.opinion[target] ?? 0));
      }
    }
    const drawn = alike / ties.targets.length;
    const followers = [...ties.targets];
    // The same targets dealt out to others: what likeness would be without any preference.
    const shuffled = followers.reduce(
      (sum, target, i) => sum + 2 - Math.abs((columns.opinion[(i * 7919) % size] ?? 0) - (columns.opinion[target] ?? 0)),
      0,
    );
    expect(drawn).toBeGreaterThan(shuffled / followers.length + 0.02);
  });

  it('follow the relations of the documents, both ways between those who work together', async () => {
    const { ties, actors } = await populate({ size: 200 });
    const agentOf = (name: string): number => actors.find((actor) => actor.name === name)?.agent ?? -1;
    const strength = (from: string, to: string): number | undefined => {
      const start = ties.offsets[agentOf(from)] ?? 0;
      const at = ties.targets.subarray(start, ties.offsets[agentOf(from) + 1]).indexOf(agentOf(to));
      return at < 0 ? undefined : ties.strength[start + at];
    };
    expect(strength('Ilse Brandt', 'Harbour Traders Association')).toBeGreaterThan(0.8);
    expect(strength('Harbour Traders Association', 'Ilse Brandt')).toBeGreaterThan(0.8);
    expect(strength('Tomas Reed', 'Ferrow town council')).toBeLessThan(0.5);
  });
});
