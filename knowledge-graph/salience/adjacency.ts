// A network by node: who stands next to whom, in compressed rows. For walks over large networks.
import type { Network } from './network.ts';

export interface Adjacency {
  readonly size: number;
  /** The neighbours of node n are `targets[offsets[n]]` up to, not including, `targets[offsets[n + 1]]`. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** Weight of the edge to each of `targets`. */
  readonly weights: Float64Array;
}

export function adjacencyOf({ ids, edges }: Network): Adjacency {
  const size = ids.length;
  const offsets = new Uint32Array(size + 1);
  for (const { from, to } of edges) for (const node of [from, to]) offsets[node + 1] = (offsets[node + 1] ?? 0) + 1;
  for (let node = 0; node < size; node++) offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0);
  const next = offsets.slice();
  const targets = new Uint32Array(edges.length * 2);
  const weights = new Float64Array(edges.length * 2);
  const put = (from: number, to: number, weight: number): void => {
    const at = next[from] ?? 0;
    next[from] = at + 1;
    targets[at] = to;
    weights[at] = weight;
  };
  for (const { from, to, weight } of edges) {
    put(from, to, weight);
    put(to, from, weight);
  }
  return { size, offsets, targets, weights };
}
