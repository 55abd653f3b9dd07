// How the nodes are grouped and coloured: by type, or by the communities of a level. Pure.
import type { GraphView } from '#api/contract';
import { kindToken, SERIES_TOKENS } from '../shared/colour.ts';
import { words } from '../shared/format.ts';

type Node = GraphView['nodes'][number];

export interface Group {
  readonly key: string;
  readonly label: string;
  readonly token: string;
  readonly size: number;
}

export interface Grouping {
  /** Largest first; what is too small to be told apart comes last, together. */
  readonly groups: readonly Group[];
  readonly groupOf: (node: Node) => string;
  readonly tokenOf: (node: Node) => string;
}

const TOLD_APART = 14;
const REST = 'rest';
const PLAIN = '--line-strong';

/** Ids of communities are paths in their tree: `m1.2` is a part of `m1`. */
export const communityAt = (id: string, level: number): string =>
  id
    .split('.')
    .slice(0, level + 1)
    .join('.');

function sizesBy(nodes: readonly Node[], keyOf: (node: Node) => string): readonly (readonly [key: string, size: number])[] {
  const sizes = new Map<string, number>();
  for (const node of nodes) sizes.set(keyOf(node), (sizes.get(keyOf(node)) ?? 0) + 1);
  return [...sizes].toSorted((a, b) => b[1] - a[1]);
}

export function byType({ nodes }: GraphView): Grouping {
  return {
    groups: sizesBy(nodes, ({ type }) => type).map(([key, size]) => ({ key, size, label: words(key), token: kindToken(key) })),
    groupOf: ({ type }) => type,
    tokenOf: ({ type }) => kindToken(type),
  };
}

export function byCommunity({ nodes, communities }: GraphView, level: number): Grouping {
  const labels = new Map(communities.map(({ id, label }) => [id, label]));
  const keyOf = ({ community }: Node): string => (community === undefined ? REST : communityAt(community, level));
  const sizes = sizesBy(nodes, keyOf).filter(([key]) => key !== REST);
  const apart = sizes.slice(0, TOLD_APART).map(([key, size], index) => ({
    key,
    size,
    label: labels.get(key) ?? key,
    token: SERIES_TOKENS[index] ?? PLAIN,
  }));
  const tokens = new Map(apart.map(({ key, token }) => [key, token]));
  const rest = nodes.length - apart.reduce((sum, { size }) => sum + size, 0);
  return {
    groups: rest === 0 ? apart : [...apart, { key: REST, size: rest, label: 'Smaller and none', token: PLAIN }],
    groupOf: (node) => (tokens.has(keyOf(node)) ? keyOf(node) : REST),
    tokenOf: (node) => tokens.get(keyOf(node)) ?? PLAIN,
  };
}
