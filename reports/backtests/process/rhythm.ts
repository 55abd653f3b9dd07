// The daily rhythm as two waves (24 and 12 hours) of the logarithm of attention, by the clock of the root's id (UTC:
// what a place's evening is, the weights learn). Without a clock there is no rhythm, and all regressors are 0.
import type { Cascade } from '../cascades/cascade.ts';
import type { TimeBins } from './time-bins.ts';

export const WAVES = 4;
const DAY_MINUTES = 1440;
/** Points in a bin at which the waves are averaged. */
const POINTS = 8;

/** Regressors of each bin, `WAVES` per bin: means of cos and sin of the time of day over the bin. */
export function rhythmOf({ startMs }: Cascade, { edges }: TimeBins): Float64Array {
  const bins = edges.length - 1;
  const rows = new Float64Array(bins * WAVES);
  if (startMs === undefined) return rows;
  const start = (startMs / 60_000) % DAY_MINUTES;
  for (let bin = 0; bin < bins; bin++) {
    const from = edges[bin] ?? 0;
    const width = (edges[bin + 1] ?? 0) - from;
    for (let point = 0; point < POINTS; point++) {
      const turn = (start + from + (width * (point + 0.5)) / POINTS) / DAY_MINUTES;
      const [cos, sin] = onCircle(turn - Math.floor(turn));
      const waves = [cos, sin, cos * cos - sin * sin, 2 * sin * cos];
      for (let wave = 0; wave < WAVES; wave++)
        rows[bin * WAVES + wave] = (rows[bin * WAVES + wave] ?? 0) + (waves[wave] ?? 0) / POINTS;
    }
  }
  return rows;
}

/** Cosine and sine of a share of a turn, from portable arithmetic: Taylor's series on an eighth, doubled three times. */
function onCircle(turn: number): readonly [cos: number, sin: number] {
  const x = (turn * 2 * Math.PI) / 8;
  let cos = 0;
  let sin = 0;
  let term = 1;
  for (let n = 0; n < 24; n += 2) {
    cos += (n % 4 === 0 ? 1 : -1) * term;
    term *= x / (n + 1);
    sin += (n % 4 === 0 ? 1 : -1) * term;
    term *= x / (n + 2);
  }
  for (let doubling = 0; doubling < 3; doubling++) [cos, sin] = [cos * cos - sin * sin, 2 * sin * cos];
  return [cos, sin];
}

/** Offset of the logarithm of attention in each bin. */
export function rhythmOffsets(rows: Float64Array, weights: Float64Array): Float64Array {
  return Float64Array.from({ length: rows.length / WAVES }, (_, bin) => {
    let sum = 0;
    for (let wave = 0; wave < WAVES; wave++) sum += (rows[bin * WAVES + wave] ?? 0) * (weights[wave] ?? 0);
    return sum;
  });
}
