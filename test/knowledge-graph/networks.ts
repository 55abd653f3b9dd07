// Small networks whose communities and centralities are known.
import type { Network } from '../../knowledge-graph/salience/network.ts';

/** Undirected, every edge of weight 1, nodes named by their number. */
export const networkOf = (size: number, edges: readonly (readonly [number, number])[]): Network => ({
  ids: Array.from({ length: size }, (_, node) => `n${node}`),
  edges: edges.map(([left, right]) => ({ from: Math.min(left, right), to: Math.max(left, right), weight: 1 })),
});

export const clique = (nodes: readonly number[]): readonly (readonly [number, number])[] =>
  nodes.flatMap((left, at) => nodes.slice(at + 1).map((right) => [left, right] as const));

export const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, at) => from + at);

/** Zachary's karate club (1977): for each member the later members that he met outside the club. */
const KARATE: readonly (readonly number[])[] = [
  [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
  [2, 3, 7, 13, 17, 19, 21, 30],
  [3, 7, 8, 9, 13, 27, 28, 32],
  [7, 12, 13],
  [6, 10],
  [6, 10, 16],
  [16],
  [],
  [30, 32, 33],
  [33],
  [],
  [],
  [],
  [33],
  [32, 33],
  [32, 33],
  [],
  [],
  [32, 33],
  [33],
  [32, 33],
  [],
  [32, 33],
  [25, 27, 29, 32, 33],
  [25, 27, 31],
  [31],
  [29, 33],
  [33],
  [31, 33],
  [32, 33],
  [32, 33],
  [32, 33],
  [33],
  [],
];
export const karateClub = networkOf(
  34,
  KARATE.flatMap((others, member) => others.map((other) => [member, other] as const)),
);

/** Newman's modularity of groups in an unweighted network; nodes in no group count as groups of one. */
export function modularity({ edges }: Network, groups: readonly (readonly number[])[]): number {
  const groupOf = new Map(groups.flatMap((members, group) => members.map((node) => [node, group] as const)));
  const inside = new Map<number, number>();
  const degree = new Map<number, number>();
  for (const { from, to } of edges) {
    const [left, right] = [groupOf.get(from) ?? -1 - from, groupOf.get(to) ?? -1 - to];
    if (left === right) inside.set(left, (inside.get(left) ?? 0) + 1);
    for (const group of [left, right]) degree.set(group, (degree.get(group) ?? 0) + 1);
  }
  return [...degree].reduce(
    (sum, [group, ends]) => sum + (inside.get(group) ?? 0) / edges.length - (ends / (2 * edges.length)) ** 2,
    0,
  );
}

/** Whether every member reaches every other inside the group. */
export function isConnected({ edges }: Network, members: readonly number[]): boolean {
  const inside = new Set(members);
  const reached = new Set(members.slice(0, 1));
  for (let grown = true; grown;) {
    grown = false;
    for (const { from, to } of edges) {
      if (!inside.has(from) || !inside.has(to) || reached.has(from) === reached.has(to)) continue;
      reached.add(from).add(to);
      grown = true;
    }
  }
  return reached.size === members.length;
}
