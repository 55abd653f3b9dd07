// Coalitions: people of one side who hang together by ties among themselves (connected, whoever follows whom).
import { sideIndex } from './mixing.ts';

export interface Coalition {
  readonly side: 'for' | 'against';
  readonly agents: number;
}

/** Smaller groups are circles of friends, not coalitions. */
const LEAST_SHARE = 0.05;
/** Of `sideIndex`. */
const UNDECIDED = 1;

/** Of the agents who are there, groups of at least 5 %, the largest first. */
export function coalitions(
  values: Float32Array,
  issues: number,
  issue: number,
  { offsets, targets }: { readonly offsets: Uint32Array; readonly targets: Uint32Array },
  isThere: (agent: number) => boolean,
): readonly Coalition[] {
  const size = offsets.length - 1;
  let there = 0;
  const sides = Uint8Array.from({ length: size }, (_, agent) => {
    if (!isThere(agent)) return UNDECIDED;
    there++;
    return sideIndex(values[agent * issues + issue] as number);
  });
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
      if (sides[agent] !== sides[other]) continue;
      const one = find(agent);
      const two = find(other);
      above[Math.max(one, two)] = Math.min(one, two);
    }
  }
  const agents = new Uint32Array(size);
  for (let agent = 0; agent < size; agent++) {
    const first = find(agent);
    agents[first] = (agents[first] as number) + 1;
  }
  return [...agents.entries()]
    .filter(([first, count]) => count > 0 && count >= LEAST_SHARE * there && sides[first] !== UNDECIDED)
    .map(([first, count]) => ({ side: sides[first] === 2 ? ('for' as const) : ('against' as const), agents: count }))
    .toSorted((left, right) => right.agents - left.agents);
}
