// Draws a place in proportion to weights by the method of cut-points (Chen & Asau 1974): a small table says where
// to begin looking, so that a draw takes one or two steps where bisection takes six, each hard to predict.
// Invariant: the place found is the first whose running sum exceeds the aim, as bisection would find it.

/** A power of two, so that `cut / CUTS` is exact and the table never begins past the place that is sought. */
const CUTS = 64;

export interface CutPoints {
  readonly sums: Float64Array;
  readonly count: number;
  readonly cuts: Uint16Array;
}

/** Over the first `count` entries of ascending running sums; at least one. */
export function cutPoints(sums: Float64Array, count = sums.length): CutPoints {
  const total = sums[count - 1] as number;
  const cuts = new Uint16Array(CUTS);
  let place = 0;
  for (let cut = 0; cut < CUTS; cut++) {
    while (place < count - 1 && (sums[place] as number) <= (cut / CUTS) * total) place++;
    cuts[cut] = place;
  }
  return { sums, count, cuts };
}

/** The place for a uniform number u in [0, 1). */
export function placeAt({ sums, count, cuts }: CutPoints, u: number): number {
  const aim = u * (sums[count - 1] as number);
  let place = cuts[(u * CUTS) | 0] as number;
  while (place < count - 1 && (sums[place] as number) <= aim) place++;
  return place;
}
