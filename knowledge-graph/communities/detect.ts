// Which entities belong together, as a tree: communities of the whole network, and inside each that is too large to be
// read at once its own communities, until they are small enough or hang together too well to be cut.
// Invariant: every community is connected, but for the one of a graph without ties, and lies inside its parent.
import { randomKey, randomStream } from '#foundation';
import { adjacencyOf } from '../salience/adjacency.ts';
import type { Network } from '../salience/network.ts';
import { cutByLouvain } from './louvain.ts';

/** Larger communities are cut again. */
const MOST_MEMBERS = 30;

export interface CommunityNode {
  /** `m1`, `m2` … by falling size; inside `m1`: `m1.1`, `m1.2` … */
  readonly id: string;
  readonly parent: string | undefined;
  /** 0 for communities of the whole network. */
  readonly level: number;
  /** Node positions in ascending order. */
  readonly members: readonly number[];
}

/** Level by level. Nodes without an edge are in none, nor are nodes that a cut leaves alone. */
export function detectCommunities(network: Network, seed: number): readonly CommunityNode[] {
  const adjacency = adjacencyOf(network);
  const key = randomKey(seed, 'communities');
  const found: CommunityNode[] = [];
  const all = network.ids.map((_, node) => node);
  const cut = cutByLouvain(adjacency, all, randomStream(key));
  // Where nothing hangs together, the whole is what there is to speak of.
  const top = cut.length === 0 && all.length > 0 ? [all] : cut;
  top.forEach((members, at) => found.push({ id: `m${at + 1}`, parent: undefined, level: 0, members }));
  // Children go to the end of the list, so the walk comes to them after their level's last.
  for (let at = 0; at < found.length; at++) {
    const { id, level, members } = found[at] as CommunityNode;
    if (members.length <= MOST_MEMBERS) continue;
    const parts = cutByLouvain(adjacency, members, randomStream(key, at + 1));
    if (parts.length < 2) continue;
    parts.forEach((part, number) => found.push({ id: `${id}.${number + 1}`, parent: id, level: level + 1, members: part }));
  }
  return found;
}
