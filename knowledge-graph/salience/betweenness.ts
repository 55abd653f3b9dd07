// How often a node lies on shortest paths between others: Brandes' algorithm (2001) over unweighted edges, from a sample
// of starting nodes where all would take too long (Brandes & Pich 2007).
import type { RandomStream } from '#foundation';
import type { Adjacency } from './adjacency.ts';

/** Edges walked in all, each twice per start: keeps the largest graphs to about a second. */
const MOST_STEPS = 4_000_000;
const FEWEST_STARTS = 16;

/** 0–1 per node: the share of pairs of other nodes between which it stands; scaled up where starts are sampled. */
export function betweenness(adjacency: Adjacency, stream: RandomStream): Float64Array {
  const { size, targets } = adjacency;
  const total = new Float64Array(size);
  if (size < 3) return total;
  const affordable = Math.max(FEWEST_STARTS, Math.floor(MOST_STEPS / Math.max(1, targets.length)));
  const starts = affordable >= size ? Array.from({ length: size }, (_, node) => node) : sample(size, affordable, stream);
  const walk = createWalk(adjacency);
  for (const start of starts) walk(start, total);
  // Each unordered pair is walked from both of its ends when every node is a start.
  const scale = size / starts.length / ((size - 1) * (size - 2));
  return total.map((value) => Math.min(1, value * scale));
}

/** Distinct nodes by a partial Fisher–Yates shuffle. */
function sample(size: number, count: number, stream: RandomStream): readonly number[] {
  const nodes = Uint32Array.from({ length: size }, (_, node) => node);
  for (let at = 0; at < count; at++) {
    const other = at + stream.below(size - at);
    const taken = nodes[other] ?? 0;
    nodes[other] = nodes[at] ?? 0;
    nodes[at] = taken;
  }
  return [...nodes.subarray(0, count)];
}

/** One breadth-first walk, adding to `total` what each node carries; the arrays are used again by the next walk. */
function createWalk({ size, offsets, targets }: Adjacency): (start: number, total: Float64Array) => void {
  const distance = new Int32Array(size).fill(-1);
  const paths = new Float64Array(size);
  const carried = new Float64Array(size);
  const order = new Uint32Array(size);
  return (start, total) => {
    let reached = 1;
    order[0] = start;
    distance[start] = 0;
    paths[start] = 1;
    for (let at = 0; at < reached; at++) {
      const node = order[at] as number;
      const next = (distance[node] as number) + 1;
      for (let edge = offsets[node] as number; edge < (offsets[node + 1] as number); edge++) {
        const target = targets[edge] as number;
        if (distance[target] === -1) {
          distance[target] = next;
          order[reached++] = target;
        }
        if (distance[target] === next) paths[target] = (paths[target] as number) + (paths[node] as number);
      }
    }
    for (let at = reached - 1; at > 0; at--) {
      const node = order[at] as number;
      const share = (1 + (carried[node] as number)) / (paths[node] as number);
      for (let edge = offsets[node] as number; edge < (offsets[node + 1] as number); edge++) {
        const target = targets[edge] as number;
        if (distance[target] === (distance[node] as number) - 1)
          carried[target] = (carried[target] as number) + (paths[target] as number) * share;
      }
      total[node] = (total[node] as number) + (carried[node] as number);
    }
    for (let at = 0; at < reached; at++) {
      const node = order[at] as number;
      distance[node] = -1;
      paths[node] = 0;
      carried[node] = 0;
    }
  };
}
