// Which part of a network is drawn: its most central nodes and the strongest ties among them. More is a cloud, not a
// picture, and its layout takes minutes.
import type { Network } from '../salience/network.ts';

const MOST_NODES = 2000;
const MOST_EDGES = 12_000;

/** A network of its own; `weights` says by node how central it is. Nodes keep their order. */
export function chooseShown(network: Network, weights: readonly number[]): Network {
  const shown = network.ids
    .map((id, node) => ({ id, node, weight: weights[node] ?? 0 }))
    .toSorted((left, right) => right.weight - left.weight || (left.id < right.id ? -1 : 1))
    .slice(0, MOST_NODES)
    .toSorted((left, right) => left.node - right.node);
  const position = new Map(shown.map(({ node }, at) => [node, at] as const));
  const edges = network.edges.flatMap(({ from, to, weight }) => {
    const [left, right] = [position.get(from), position.get(to)];
    return left === undefined || right === undefined ? [] : [{ from: left, to: right, weight }];
  });
  const strongest = edges
    .toSorted((left, right) => right.weight - left.weight || left.from - right.from || left.to - right.to)
    .slice(0, MOST_EDGES);
  return { ids: shown.map(({ id }) => id), edges: strongest };
}
