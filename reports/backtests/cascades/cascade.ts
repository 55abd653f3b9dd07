// A cascade as the backtest works with it: replies in order of time, in minutes since the root, each with its parent.
import { ShoalError } from '#foundation';
import type { CascadeFile, CascadeLine } from './read-cascade.ts';
import { minutesPerUnit, snowflakeMs, type TimeReference } from './time-reference.ts';

export interface Cascade {
  readonly name: string;
  /** Milliseconds since 1970 of the root; undefined where ids do not tell. */
  readonly startMs: number | undefined;
  /** Minutes since the root, ascending; position 0 is the root itself. */
  readonly minutes: Float64Array;
  /** Position of the post answered; −1 for the root. */
  readonly parent: Int32Array;
  /** Steps from the root: 0 the root, 1 a direct reply. */
  readonly depth: Int32Array;
  /** Replies to posts that are not in the file; they are placed below the root. */
  readonly orphans: number;
}

/** Throws `invalid_input` where a chain of parents leads back to itself. */
export function toCascade(file: CascadeFile, reference: TimeReference): Cascade {
  const { root, replies } = file;
  const byId = new Map([root, ...replies].map((line) => [line.id, line]));
  const scale = minutesPerUnit(reference.unit);
  const placed = new Map([[root.id, { minutes: 0, depth: 0 }]]);
  let orphans = 0;
  const parentOf = (line: CascadeLine): string => (byId.has(line.parent) ? line.parent : root.id);
  for (const line of replies) {
    if (!byId.has(line.parent)) orphans++;
    const chain: CascadeLine[] = [];
    const seen = new Set<string>();
    for (let at = line; !placed.has(at.id); at = byId.get(parentOf(at)) ?? root) {
      if (seen.has(at.id)) throw circular(file.name, at.id);
      seen.add(at.id);
      chain.push(at);
    }
    for (const link of chain.toReversed()) {
      const above = placed.get(parentOf(link)) ?? { minutes: 0, depth: 0 };
      const own = (link.time - (reference.from === 'root' ? root.time : 0)) * scale;
      placed.set(link.id, { minutes: reference.from === 'root' ? own : above.minutes + own, depth: above.depth + 1 });
    }
  }
  const ordered = replies.toSorted(
    (left, right) =>
      (placed.get(left.id)?.minutes ?? 0) - (placed.get(right.id)?.minutes ?? 0) ||
      (placed.get(left.id)?.depth ?? 0) - (placed.get(right.id)?.depth ?? 0),
  );
  const position = new Map([root, ...ordered].map((line, index) => [line.id, index]));
  const posts = [root, ...ordered];
  return {
    name: file.name,
    startMs: reference.clock ? snowflakeMs(root.id) : undefined,
    minutes: Float64Array.from(posts, ({ id }) => placed.get(id)?.minutes ?? 0),
    parent: Int32Array.from(posts, (line) => (line === root ? -1 : (position.get(parentOf(line)) ?? 0))),
    depth: Int32Array.from(posts, ({ id }) => placed.get(id)?.depth ?? 0),
    orphans,
  };
}

const circular = (name: string, id: string): ShoalError =>
  new ShoalError('invalid_input', `${name}: the post ${id} answers itself by a chain of parents.`, {
    hint: 'Each reply must lead back to the root.',
    details: { place: name },
  });

/** How many posts (the root among them) there are up to `minute`. */
export function sizeAt({ minutes }: Cascade, minute: number): number {
  let low = 0;
  let high = minutes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((minutes[middle] ?? 0) <= minute) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Posts at each depth up to `minute`, the root first. */
export function levelsAt(cascade: Cascade, minute: number): readonly number[] {
  const levels: number[] = [];
  for (let at = 0; at < sizeAt(cascade, minute); at++) {
    const depth = cascade.depth[at] ?? 0;
    while (levels.length <= depth) levels.push(0);
    levels[depth] = (levels[depth] ?? 0) + 1;
  }
  return levels;
}
