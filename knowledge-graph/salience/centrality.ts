// Three measures of a node's place in the network, as they are stored with its entity.
import { randomKey, randomStream } from '#foundation';
import type { Centrality } from '../contract.ts';
import { round } from '../typing/scores.ts';
import { adjacencyOf } from './adjacency.ts';
import { betweenness } from './betweenness.ts';
import type { Network } from './network.ts';

/** By node. `ranks` is the network's PageRank. Samples are drawn the same for every seed: the measures are facts. */
export function centralities(network: Network, ranks: Float64Array): readonly Centrality[] {
  const adjacency = adjacencyOf(network);
  const between = betweenness(adjacency, randomStream(randomKey(0, 'betweenness')));
  return network.ids.map((_, node) => ({
    degree: (adjacency.offsets[node + 1] ?? 0) - (adjacency.offsets[node] ?? 0),
    pageRank: round(ranks[node] ?? 0, 8),
    betweenness: round(between[node] ?? 0, 6),
  }));
}
