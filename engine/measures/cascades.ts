// The shapes of cascades: trees of posts by what each answers or shares on.
import { NONE } from '../contract.ts';

export interface Cascade {
  /** Place of the post that began it. */
  readonly root: number;
  readonly size: number;
  /** Steps from the root to the farthest post. */
  readonly depth: number;
  /** Most posts at one depth. */
  readonly breadth: number;
  /** Structural virality (Goel et al. 2016): mean distance between two posts; a star nears 2, a chain (n + 1)/3. */
  readonly virality: number;
}

/** One per root, in order. `parents[i]` is the place of the post that post i is about, always below i; NONE for a root. */
export function cascades(parents: Uint32Array): readonly Cascade[] {
  const count = parents.length;
  const root = new Uint32Array(count);
  const depth = new Uint32Array(count);
  const below = new Uint32Array(count).fill(1);
  const levels = new Map<number, number[]>();
  for (let post = 0; post < count; post++) {
    const parent = parents[post] as number;
    root[post] = parent === NONE ? post : (root[parent] as number);
    depth[post] = parent === NONE ? 0 : (depth[parent] as number) + 1;
    const of = levels.get(root[post] as number) ?? [];
    of[depth[post] as number] = (of[depth[post] as number] ?? 0) + 1;
    levels.set(root[post] as number, of);
  }
  // A tie of the tree with s posts below it is crossed by s · (n − s) pairs.
  const distances = new Float64Array(count);
  const sizes = new Uint32Array(count);
  for (const [at, perLevel] of levels) sizes[at] = perLevel.reduce((sum, posts) => sum + posts, 0);
  for (let post = count - 1; post >= 0; post--) {
    const parent = parents[post] as number;
    if (parent === NONE) continue;
    const inside = below[post] as number;
    const at = root[post] as number;
    below[parent] = (below[parent] as number) + inside;
    distances[at] = (distances[at] as number) + inside * ((sizes[at] as number) - inside);
  }
  return [...levels].map(([at, perLevel]) => {
    const size = sizes[at] as number;
    return {
      root: at,
      size,
      depth: perLevel.length - 1,
      breadth: Math.max(...perLevel),
      virality: size < 2 ? 0 : (2 * (distances[at] as number)) / (size * (size - 1)),
    };
  });
}

/** Share of agents who follow at least one of the authors: how many could have met it in their own network. */
export function reachOf(
  authors: Iterable<number>,
  { offsets, targets }: { readonly offsets: Uint32Array; readonly targets: Uint32Array },
): number {
  const size = offsets.length - 1;
  const took = new Uint8Array(size);
  for (const author of authors) if (author !== NONE) took[author] = 1;
  let reached = 0;
  for (let agent = 0; agent < size; agent++) {
    const end = offsets[agent + 1] as number;
    for (let tie = offsets[agent] as number; tie < end; tie++) {
      if (took[targets[tie] as number] === 0) continue;
      reached++;
      break;
    }
  }
  return reached / size;
}
