// Draws for synthesis: small functions over counter-based random numbers, without objects per agent.
// Invariant: each names its draws explicitly, so a persona does not depend on who was made before it.
import { uniform } from '#foundation';
import type { RandomKey } from '#foundation';

/** Number of counters that one `boundedNormal` uses. */
export const NORMAL_DRAWS = 2;

/**
 * Approximately standard normal, bounded by ±3.47: the sum of four uniforms (Irwin–Hall), scaled to variance 1.
 * Each 32-bit draw gives two of them. Exact on every machine: only + − × and floor.
 */
export function boundedNormal(key: RandomKey, agent: number, draw: number): number {
  const a = uniform(key, agent, draw) * 65_536;
  const b = uniform(key, agent, draw + 1) * 65_536;
  const aHigh = Math.floor(a);
  const bHigh = Math.floor(b);
  const sum = aHigh / 65_536 + (a - aHigh) + bHigh / 65_536 + (b - bHigh);
  return (sum - 2) * Math.sqrt(3);
}

export const clamp = (value: number, low: number, high: number): number => (value < low ? low : value > high ? high : value);

/** Running totals of non-negative weights; all-zero weights count as equal. */
export function cumulative(weights: readonly number[]): Float64Array {
  const totals = new Float64Array(weights.length);
  const flat = !weights.some((weight) => weight > 0);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += flat ? 1 : (weights[i] ?? 0);
    totals[i] = sum;
  }
  return totals;
}

/** Index drawn in proportion to the weights behind `totals`, for u in (0, 1). */
export function pickIndex(totals: Float64Array, u: number): number {
  const target = u * (totals.at(-1) ?? 0);
  let low = 0;
  let high = totals.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((totals[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
