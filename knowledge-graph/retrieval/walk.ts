// Personalised PageRank (Page et al. 1999) by power iteration on the nodes that matter: mass below a threshold goes
// back to the seeds instead of spreading, so the work depends on the query and hardly on the size of the graph.
import type { SparseGraph } from '../salience/pagerank.ts';

/** Mass by node; the nodes without any are absent. */
export interface Mass {
  readonly nodes: Uint32Array;
  /** Parallel to `nodes`; sums to one. */
  readonly values: Float64Array;
}

export interface WalkOptions {
  /** Probability of going on rather than back to a seed. */
  readonly damping: number;
  readonly rounds: number;
  /** Mass that no longer spreads. */
  readonly least: number;
  /** Weights for single nodes in place of the graph's, in the order of the row; they sum to one. */
  readonly turned?: ReadonlyMap<number, Float64Array>;
}

export interface Walker {
  /** Walks on from `start`; walkers return to `seeds`. Each sums to one. */
  walk(start: Mass, seeds: Mass, options: WalkOptions): Mass;
}

/** Keeps two arrays as long as the graph for all its walks. */
export function createWalker(graph: SparseGraph): Walker {
  const { offsets, targets, weights } = graph;
  let [now, next] = [new Float64Array(graph.size), new Float64Array(graph.size)];
  return {
    walk: (start, seeds, { damping, rounds, least, turned }) => {
      let active: number[] = [...start.nodes];
      active.forEach((node, at) => (now[node] = start.values[at] ?? 0));
      for (let round = 0; round < rounds; round++) {
        const reached: number[] = [];
        let spread = 0;
        for (const node of active) {
          const mass = now[node] ?? 0;
          now[node] = 0;
          const from = offsets[node] ?? 0;
          const to = offsets[node + 1] ?? 0;
          if (mass < least || from === to) continue;
          spread += mass;
          const row = turned?.get(node);
          for (let at = from; at < to; at++) {
            const target = targets[at] ?? 0;
            const share = damping * mass * ((row === undefined ? weights[at] : row[at - from]) ?? 0);
            if (share === 0) continue;
            if (next[target] === 0) reached.push(target);
            next[target] = (next[target] ?? 0) + share;
          }
        }
        const back = 1 - damping * spread;
        seeds.nodes.forEach((node, at) => {
          if (next[node] === 0) reached.push(node);
          next[node] = (next[node] ?? 0) + back * (seeds.values[at] ?? 0);
        });
        active = reached;
        [now, next] = [next, now];
      }
      const values = Float64Array.from(active, (node) => now[node] ?? 0);
      for (const node of active) now[node] = 0;
      return { nodes: Uint32Array.from(active), values };
    },
  };
}
