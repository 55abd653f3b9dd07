// What a network is like as a whole: its communities, and the place of each node in it. A function of the network and the
// seed alone, so a thread may compute it while entities are described.
import { detectCommunities } from '../communities/detect.ts';
import type { CommunityNode } from '../communities/detect.ts';
import type { Centrality } from '../contract.ts';
import { runInThread } from '../run-in-thread.ts';
import { centralities } from '../salience/centrality.ts';
import type { Network } from '../salience/network.ts';
import { rankNodes } from '../salience/pagerank.ts';

export interface Structure {
  /** PageRank by node. */
  readonly ranks: Float64Array;
  /** By node. */
  readonly places: readonly Centrality[];
  readonly communities: readonly CommunityNode[];
}

/** What crosses to the thread: edges as columns, which are handed over without a copy of each. */
export interface StructureJob {
  readonly ids: readonly string[];
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly weights: Float64Array;
  readonly seed: number;
}

/** Below this the thread takes longer to start than the work takes. */
const THREAD_FROM_EDGES = 20_000;

export function structureOf(network: Network, seed: number): Structure {
  const ranks = rankNodes(network);
  return { ranks, places: centralities(network, ranks), communities: detectCommunities(network, seed) };
}

/** The same, in a thread where it takes long. Throws `cancelled` and `worker_failed`. */
export async function findStructure(network: Network, seed: number, signal?: AbortSignal): Promise<Structure> {
  const { ids, edges } = network;
  if (edges.length < THREAD_FROM_EDGES) return structureOf(network, seed);
  const job: StructureJob = {
    ids,
    from: Uint32Array.from(edges, ({ from }) => from),
    to: Uint32Array.from(edges, ({ to }) => to),
    weights: Float64Array.from(edges, ({ weight }) => weight),
    seed,
  };
  return runInThread(new URL('structure-thread.ts', import.meta.url), job, { what: 'search for communities', signal });
}

/** As the thread does it. */
export function structureOfJob({ ids, from, to, weights, seed }: StructureJob): Structure {
  const edges = Array.from(from, (node, at) => ({ from: node, to: to[at] ?? 0, weight: weights[at] ?? 0 }));
  return structureOf({ ids, edges }, seed);
}
