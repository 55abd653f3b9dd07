// PageRank on typed arrays, plain or personalised: the share of a walker's time at each node.
import type { Network } from './network.ts';

/** Undirected weighted graph in compressed rows; every node's weights sum to one (or to zero). */
export interface SparseGraph {
  readonly size: number;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  readonly weights: Float64Array;
}

function sparseGraph(
  size: number,
  edges: readonly { readonly from: number; readonly to: number; readonly weight: number }[],
): SparseGraph {
  const degree = new Uint32Array(size + 1);
  const total = new Float64Array(size);
  for (const { from, to, weight } of edges) {
    for (const node of [from, to]) {
      degree[node + 1] = (degree[node + 1] ?? 0) + 1;
      total[node] = (total[node] ?? 0) + weight;
    }
  }
  for (let node = 0; node < size; node++) degree[node + 1] = (degree[node + 1] ?? 0) + (degree[node] ?? 0);
  const cursor = degree.slice();
  const targets = new Uint32Array(edges.length * 2);
  const weights = new Float64Array(edges.length * 2);
  const put = (from: number, to: number, weight: number): void => {
    const at = cursor[from] ?? 0;
    cursor[from] = at + 1;
    targets[at] = to;
    weights[at] = weight / (total[from] || 1);
  };
  for (const { from, to, weight } of edges) {
    put(from, to, weight);
    put(to, from, weight);
  }
  return { size, offsets: degree, targets, weights };
}

const DAMPING = 0.85;
const ROUNDS = 30;

/** PageRank of every node of a network, from anywhere (Brin & Page 1998); sums to one. */
export function rankNodes({ ids, edges }: Network): Float64Array {
  const anywhere = new Float64Array(ids.length).fill(1 / Math.max(1, ids.length));
  return pageRank(sparseGraph(ids.length, edges), anywhere, DAMPING, ROUNDS);
}

/** `seeds` is where walkers return to; it sums to one. */
function pageRank(graph: SparseGraph, seeds: Float64Array, damping: number, rounds: number): Float64Array {
  let rank = seeds.slice();
  let next = new Float64Array(graph.size);
  for (let round = 0; round < rounds; round++) {
    next.fill(0);
    let kept = 0;
    for (let node = 0; node < graph.size; node++) {
      const mass = rank[node] ?? 0;
      if (mass < 1e-12) continue;
      const from = graph.offsets[node] ?? 0;
      const to = graph.offsets[node + 1] ?? 0;
      if (from === to) continue;
      kept += mass;
      for (let at = from; at < to; at++) {
        const target = graph.targets[at] ?? 0;
        next[target] = (next[target] ?? 0) + damping * mass * (graph.weights[at] ?? 0);
      }
    }
    // What leaves by damping or sits on lonely nodes goes back to the seeds.
    const back = 1 - damping * kept;
    for (let node = 0; node < graph.size; node++) next[node] = (next[node] ?? 0) + back * (seeds[node] ?? 0);
    [rank, next] = [next, rank];
  }
  return rank;
}
