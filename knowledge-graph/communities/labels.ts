// What a community is called: the members that its sentences name often and those of other communities seldom (TF-IDF
// with communities of one level as the documents).
import { portableLog } from '#foundation';
import type { Entity } from '../contract.ts';
import type { CommunityNode } from './detect.ts';
import type { Sentence } from './material.ts';

const NAMES = 3;
/** A name of unknown type says less about what a community is. */
const UNKNOWN_WEIGHT = 0.3;

/** One label for each community; `sentences` are theirs, `entities` by node. */
export function labelCommunities(
  communities: readonly CommunityNode[],
  sentences: readonly (readonly Sentence[])[],
  entities: readonly Entity[],
): readonly string[] {
  const labels: string[] = [];
  let from = 0;
  while (from < communities.length) {
    const level = communities[from]?.level;
    let to = from;
    while (communities[to]?.level === level && to < communities.length) to++;
    const spread = communitiesNaming(sentences.slice(from, to), entities.length);
    for (let at = from; at < to; at++)
      labels.push(labelOf(communities[at]?.members ?? [], sentences[at] ?? [], spread, to - from, entities));
    from = to;
  }
  return labels;
}

/** How many communities have a sentence that names each node. */
function communitiesNaming(rows: readonly (readonly Sentence[])[], size: number): Uint32Array {
  const counts = new Uint32Array(size);
  const last = new Int32Array(size).fill(-1);
  rows.forEach((sentences, community) => {
    for (const { nodes } of sentences) {
      for (const node of nodes) {
        if (last[node] === community) continue;
        last[node] = community;
        counts[node] = (counts[node] ?? 0) + 1;
      }
    }
  });
  return counts;
}

function labelOf(
  members: readonly number[],
  sentences: readonly Sentence[],
  spread: Uint32Array,
  communities: number,
  entities: readonly Entity[],
): string {
  const named = new Map<number, number>(members.map((node) => [node, 0]));
  for (const { nodes } of sentences) {
    for (const node of nodes) {
      const count = named.get(node);
      if (count !== undefined) named.set(node, count + 1);
    }
  }
  return [...named]
    .flatMap(([node, count]) => {
      const entity = entities[node];
      if (entity === undefined) return [];
      const rarity = portableLog(1 + communities / Math.max(1, spread[node] ?? 0));
      return [{ entity, weight: portableLog(1 + count) * rarity * (entity.type === 'unknown' ? UNKNOWN_WEIGHT : 1) }];
    })
    .toSorted(
      (left, right) =>
        right.weight - left.weight || right.entity.salience - left.entity.salience || (left.entity.id < right.entity.id ? -1 : 1),
    )
    .slice(0, NAMES)
    .map(({ entity }) => entity.name)
    .join(', ');
}
