// One cut of a set of nodes into communities: Louvain (Blondel et al. 2008) with seeded draws over the edges inside the
// set. Louvain may leave a community that is not connected (Traag et al. 2019): such a one is taken apart, so that a
// label never spans two unrelated groups.
import { UndirectedGraph } from 'graphology';
import louvainModule from 'graphology-communities-louvain';
import type { RandomStream } from '#foundation';
import { addTo } from '../group.ts';
import type { Adjacency } from '../salience/adjacency.ts';

// The package is CommonJS: its types say `default`, at run time the function is the module itself.
const louvain = louvainModule as unknown as typeof louvainModule.default;

const byNumber = (left: number, right: number): number => left - right;

/** Connected groups of two or more nodes, largest first, each in ascending order. Nodes without an edge are in none. */
export function cutByLouvain(
  adjacency: Adjacency,
  members: readonly number[],
  stream: RandomStream,
): readonly (readonly number[])[] {
  const graph = induced(adjacency, members);
  if (graph.size === 0) return [];
  const assigned = louvain(graph, { getEdgeWeight: 'weight', rng: () => stream.next() });
  const labels = new Map(Object.entries(assigned).map(([node, label]) => [Number(node), label] as const));
  return connectedGroups(adjacency, members, labels)
    .filter((group) => group.length > 1)
    .toSorted((left, right) => right.length - left.length || (left[0] ?? 0) - (right[0] ?? 0));
}

function induced({ offsets, targets, weights }: Adjacency, members: readonly number[]): UndirectedGraph {
  const inside = new Set(members);
  const graph = new UndirectedGraph();
  const isLinked = (node: number): boolean => {
    for (let at = offsets[node] ?? 0; at < (offsets[node + 1] ?? 0); at++) if (inside.has(targets[at] ?? -1)) return true;
    return false;
  };
  for (const node of members) if (isLinked(node)) graph.addNode(String(node));
  for (const node of members) {
    for (let at = offsets[node] ?? 0; at < (offsets[node + 1] ?? 0); at++) {
      const other = targets[at] ?? 0;
      if (node < other && inside.has(other)) graph.addUndirectedEdge(String(node), String(other), { weight: weights[at] ?? 0 });
    }
  }
  return graph;
}

/** Parts of equal label that hang together. */
function connectedGroups(
  { offsets, targets }: Adjacency,
  members: readonly number[],
  labels: ReadonlyMap<number, number>,
): readonly (readonly number[])[] {
  const parts = new Map<number, number[]>();
  const seen = new Set<number>();
  for (const start of members) {
    const label = labels.get(start);
    if (label === undefined || seen.has(start)) continue;
    const open = [start];
    seen.add(start);
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      addTo(parts, start, node);
      for (let at = offsets[node] ?? 0; at < (offsets[node + 1] ?? 0); at++) {
        const next = targets[at] ?? 0;
        if (labels.get(next) !== label || seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
  }
  return [...parts.values()].map((part) => part.toSorted(byNumber));
}
