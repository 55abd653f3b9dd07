// How far each post was carried: the size of the tree of replies, quotes and reposts below it.
import { EVENT_KINDS, NONE, POST_KINDS, type RunRecord } from '#engine/contract';

const CARRIES: ReadonlySet<number> = new Set(POST_KINDS.map((kind) => EVENT_KINDS.indexOf(kind)));

/** Sizes of posts with at least one child; every other post is a cascade of one. */
export function cascadeSizes(record: RunRecord): ReadonlyMap<number, number> {
  const links: (readonly [child: number, parent: number])[] = [];
  for (let round = 0; round < record.rounds; round++) {
    const batch = record.batch(round);
    if (batch === undefined) continue;
    for (let i = 0; i < batch.count; i++) {
      const target = batch.target[i] ?? NONE;
      if (target !== NONE && CARRIES.has(batch.kind[i] ?? -1)) links.push([batch.firstSeq + i, target]);
    }
  }
  // A child's number is larger than its parent's, so one walk from the end sums whole subtrees.
  const sizes = new Map<number, number>();
  for (const [child, parent] of links.toReversed()) sizes.set(parent, (sizes.get(parent) ?? 1) + (sizes.get(child) ?? 1));
  return sizes;
}
