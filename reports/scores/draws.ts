// Scores of a forecast that is a set of equally likely draws.

/** The value below which a share `p` of sorted draws lies, linear between draws (type 7 of Hyndman and Fan 1996). */
export function quantileOf(sorted: readonly number[], p: number): number {
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (high - low) * (place - below);
}

/** Continuous ranked probability score, in the unit of the draws: E|X − y| − ½ E|X − X′| (Gneiting and Raftery 2007). */
export function crpsOfDraws(sorted: readonly number[], outcome: number): number {
  const n = sorted.length;
  let distance = 0;
  let spread = 0;
  for (let at = 0; at < n; at++) {
    const value = sorted[at] ?? 0;
    distance += Math.abs(value - outcome);
    spread += (2 * at - n + 1) * value;
  }
  return distance / n - spread / (n * n);
}

/** Interval score of the central interval of this level: width plus 2/α for each unit outside (Gneiting and Raftery 2007). */
export function intervalScore(low: number, high: number, level: number, outcome: number): number {
  const penalty = 2 / (1 - level);
  return high - low + penalty * (Math.max(0, low - outcome) + Math.max(0, outcome - high));
}

export const medianOf = (values: readonly number[]): number => quantileOf(sorted(values), 0.5);

export const sorted = (values: readonly number[]): readonly number[] => [...Float64Array.from(values).toSorted()];
