// The textbook's networks, and many copies of one side by side: a world of replicas is one sample of each.
import { randomKey, randomStream } from '#foundation';
import type { Network } from './world.ts';

export const complete = (size: number): Network => ({
  size,
  follows: (agent) => Array.from({ length: size }, (_, other) => other).filter((other) => other !== agent),
});

export const path = (size: number): Network => ({
  size,
  follows: (agent) => [agent - 1, agent + 1].filter((other) => other >= 0 && other < size),
});

/** Agent 0 in the middle. */
export const star = (size: number): Network => ({
  size,
  follows: (agent) => (agent === 0 ? Array.from({ length: size - 1 }, (_, leaf) => leaf + 1) : [0]),
});

/** Everyone sees all who stand before. */
export const queue = (size: number): Network => ({
  size,
  follows: (agent) => Array.from({ length: agent }, (_, other) => other),
});

/** Erdős–Rényi with mean degree z: m = zN/2 undirected ties drawn without repetition. */
export function randomNetwork(size: number, z: number, seed: number): Network {
  const random = randomStream(randomKey(seed, 'random network'));
  const rows: Set<number>[] = Array.from({ length: size }, () => new Set());
  for (let ties = Math.round((z * size) / 2); ties > 0;) {
    const one = random.below(size);
    const other = random.below(size);
    if (one === other || rows[one]?.has(other)) continue;
    rows[one]?.add(other);
    rows[other]?.add(one);
    ties--;
  }
  return { size, follows: (agent) => [...(rows[agent] ?? [])] };
}

/** Copies side by side, with no tie between them; copy k holds agents k·size and on. */
export function replicas(count: number, of: (copy: number) => Network): Network {
  const copies = Array.from({ length: count }, (_, copy) => of(copy));
  const { size } = copies[0] as Network;
  return {
    size: count * size,
    follows: (agent) => {
      const copy = Math.floor(agent / size);
      return (copies[copy] as Network)
        .follows(agent % size)
        .map((entry) => (typeof entry === 'number' ? entry + copy * size : ([entry[0] + copy * size, entry[1]] as const)));
    },
  };
}

/** Sums of a value by copy. */
export function byCopy(values: Float32Array, size: number, value: (opinion: number) => number): number[] {
  const sums = Array.from({ length: values.length / size }, () => 0);
  values.forEach((opinion, agent) => {
    const copy = Math.floor(agent / size);
    sums[copy] = (sums[copy] ?? 0) + value(opinion);
  });
  return sums;
}
