// Which entities belong together: Louvain with our own seeded draws, then every community that is not connected is
// split, so that a label never spans two unrelated groups.
import { UndirectedGraph } from 'graphology';
import louvainModule from 'graphology-communities-louvain';
import { randomKey, randomStream } from '#foundation';
import { addTo } from '../group.ts';
import type { Network } from '../salience/network.ts';

// The package is CommonJS: its types say `default`, at run time the function is the module itself.
const louvain = louvainModule as unknown as typeof louvainModule.default;

/** Groups of node positions, largest first, each in ascending order. */
export function detectCommunities(network: Network, seed: number): readonly (readonly number[])[] {
  const graph = new UndirectedGraph();
  network.ids.forEach((_, node) => graph.addNode(String(node)));
  for (const { from, to, weight } of network.edges) graph.addUndirectedEdge(String(from), String(to), { weight });
  if (graph.size === 0) return [];
  const stream = randomStream(randomKey(seed, 'communities'));
  const assigned = louvain(graph, { getEdgeWeight: 'weight', rng: () => stream.next() });
  const groups = new Map<number, number[]>();
  network.ids.forEach((_, node) => {
    const community = assigned[String(node)];
    if (community !== undefined) addTo(groups, community, node);
  });
  return [...groups.values()]
    .flatMap((members) => connectedParts(members, network))
    .toSorted((left, right) => right.length - left.length || (left[0] ?? 0) - (right[0] ?? 0));
}

function connectedParts(members: readonly number[], network: Network): readonly (readonly number[])[] {
  const inside = new Set(members);
  const neighbours = new Map<number, number[]>(members.map((node) => [node, []]));
  for (const { from, to } of network.edges) {
    if (!inside.has(from) || !inside.has(to)) continue;
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  const parts: number[][] = [];
  const seen = new Set<number>();
  for (const start of members) {
    if (seen.has(start)) continue;
    const part: number[] = [];
    const open = [start];
    seen.add(start);
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      part.push(node);
      for (const next of neighbours.get(node) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    parts.push(part.toSorted((left, right) => left - right));
  }
  return parts;
}
