// A cascade over time, minute by minute, and how far two such curves are apart.
import type { Sharing } from '#engine/contract';

/** Value at each minute from 0. */
export interface Curves {
  /** Posts and shares so far. */
  readonly scale: readonly number[];
  /** Steps from the root to the farthest share so far. */
  readonly depth: readonly number[];
  /** Most shares at one depth so far. */
  readonly breadth: readonly number[];
}

/** Acts of round r, r ≥ 1, stand at its end: minute r · minutesPerRound. The root stands at minute 0. */
export function curvesOf(sharings: readonly Sharing[], minutes: number, minutesPerRound: number): Curves {
  const depths: number[] = [];
  /** Shares at each depth; the root is none. */
  const perDepth: number[] = [0];
  const curves = { scale: [] as number[], depth: [] as number[], breadth: [] as number[] };
  let next = 0;
  for (let minute = 0; minute < minutes; minute++) {
    for (; next < sharings.length; next++) {
      const { round, parent } = sharings[next] as Sharing;
      if (round * minutesPerRound > minute) break;
      const depth = parent === undefined ? 0 : (depths[parent] ?? 0) + 1;
      depths.push(depth);
      if (depth > 0) perDepth[depth] = (perDepth[depth] ?? 0) + 1;
    }
    curves.scale.push(next);
    curves.depth.push(perDepth.length - 1);
    curves.breadth.push(Math.max(...perDepth));
  }
  return curves;
}

/** Root of the mean squared difference over the largest real value, as OASIS's code has it. */
export function normalisedError(simulated: readonly number[], real: readonly number[]): number {
  const squares = real.reduce((sum, value, minute) => sum + (value - (simulated[minute] ?? 0)) ** 2, 0);
  return Math.sqrt(squares / real.length) / Math.max(...real);
}
