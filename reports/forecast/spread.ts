// Summaries over exchangeable members: mean, median, range. The range of n runs covers the next with (n−1)/(n+1).
import type { Spread } from '../contract.ts';

const UNCALIBRATED = 'spread of the simulation, not yet calibrated';

/** Chance that one more exchangeable member falls within the range of n. */
export const coverageOf = (n: number): number => (n < 2 ? 0 : (n - 1) / (n + 1));

export function spreadOf(values: readonly number[]): Spread {
  const n = values.length;
  const sorted = values.toSorted((left, right) => left - right);
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = n < 2 ? 0 : values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const middle = n >> 1;
  const median = n % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return {
    mean,
    median,
    low: sorted[0] ?? 0,
    high: sorted.at(-1) ?? 0,
    standardDeviation: Math.sqrt(variance),
    members: n,
    label:
      n < 2
        ? `one member only, so no spread; ${UNCALIBRATED}`
        : `range of ${n} members, which covers the next member with probability ${coverageOf(n).toFixed(2)}; ${UNCALIBRATED}`,
  };
}
