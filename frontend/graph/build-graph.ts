// Prepares what the map draws: positions as given by the server, sizes by salience, colours by group.
import { MultiDirectedGraph } from 'graphology';
import type { GraphView } from '#api/contract';
import { tokenHex } from '../shared/colour.ts';
import type { Grouping } from './groups.ts';

/** Beyond this a frame takes too long without a graphics card. */
export const DRAWN_AT_MOST = 12_000;

/** From this many nodes on they shrink, so that they stay apart; but never below this share of their size. */
const CROWDED = 400;
const SMALLEST = 0.22;
/** What nothing is told of stands back behind what hangs together. */
const UNTIED = 0.6;

export interface NodeLook {
  x: number;
  y: number;
  size: number;
  color: string;
  label: string;
  group: string;
}
export interface EdgeLook {
  size: number;
  color: string;
  label: string;
}
export type DrawnGraph = MultiDirectedGraph<NodeLook, EdgeLook>;

/** What sizes are multiplied by on a map of so many nodes. */
export const crowding = (nodes: number): number => Math.max(SMALLEST, Math.min(1, Math.sqrt(CROWDED / nodes)));

export function buildGraph(view: GraphView, { groupOf, tokenOf }: Grouping): DrawnGraph {
  const graph: DrawnGraph = new MultiDirectedGraph();
  const colours = new Map<string, string>();
  const colourOf = (token: string): string => {
    const known = colours.get(token) ?? tokenHex(token);
    colours.set(token, known);
    return known;
  };
  const nodes =
    view.nodes.length > DRAWN_AT_MOST
      ? view.nodes.toSorted((a, b) => b.salience - a.salience).slice(0, DRAWN_AT_MOST)
      : view.nodes;
  const scale = crowding(nodes.length);
  const tied = new Set(view.edges.flatMap(({ source, target }) => [source, target]));
  for (const node of nodes)
    graph.mergeNode(node.id, {
      x: node.x,
      y: node.y,
      size: (tied.has(node.id) ? 1 : UNTIED) * scale * (3 + 13 * Math.sqrt(Math.max(0, node.salience))),
      color: colourOf(tokenOf(node)),
      label: node.name,
      group: groupOf(node),
    });
  const plain = tokenHex('--ink-soft');
  const against = tokenHex('--oppose');
  for (const edge of view.edges) {
    if (!graph.hasNode(edge.source) || !graph.hasNode(edge.target) || graph.hasEdge(edge.id)) continue;
    graph.addEdgeWithKey(edge.id, edge.source, edge.target, {
      size: 1.5,
      color: edge.negated ? against : plain,
      label: edge.negated ? `not ${edge.label}` : edge.label,
    });
  }
  return graph;
}
