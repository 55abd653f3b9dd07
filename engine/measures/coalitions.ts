// Coalitions: people of one side who hang together by ties among themselves (connected, whoever follows whom).
import { sideIndex } from './mixing.ts';

export interface Coalition {
  readonly side: 'for' | 'against';
  readonly agents: number;
}

/** Smaller groups are circles of friends, not coalitions. */
const LEAST_SHARE = 0.05;

/** Those of at least 5 % of the population, the largest first. */
export function coalitions(
  values: Float32Array,
  issues: number,
  issue: number,
  { offsets, targets }: { readonly offsets: Uint32Array; readonly targets: Uint32Array },
): readonly Coalition[] {
  const size = offsets.length - 1;
  const side = (agent: number): number => sideIndex(values[agent * issues + issue] as number);
  const above = Uint32Array.from({ length: size }, (_, agent) => agent);
  const find = (agent: number): number => {
    let at = agent;
    while (above[at] !== at) {
      above[at] = above[above[at] as number] as number;
      at = above[at] as number;
    }
    return at;
  };
  for (let agent = 0; agent < size; agent++) {
    const end = offsets[agent + 1] as number;
    for (let tie = offsets[agent] as number; tie < end; tie++) {
      const other = targets[tie] as number;
      if (side(agent) !== side(other)) continue;
      const one = find(agent);
      const two = find(other);
      above[Math.max(one, two)] = Math.min(one, two);
    }
  }
  const agents = new Uint32Array(size);
  for (let agent = 0; agent < size; agent++) agents[find(agent)] = (agents[find(agent)] as number) + 1;
  return [...agents.entries()]
    .filter(([first, count]) => count >= LEAST_SHARE * size && side(first) !== 1)
    .map(([first, count]) => ({ side: side(first) === 2 ? ('for' as const) : ('against' as const), agents: count }))
    .toSorted((left, right) => right.agents - left.agents);
}
