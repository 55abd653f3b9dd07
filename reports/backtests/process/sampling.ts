// Draws from the distributions of the process, by portable arithmetic from one counted stream.
import { portableExp, portableLog, type RandomStream } from '#foundation';
import { normalQuantile } from '../../scores/normal.ts';

export const drawNormal = (stream: RandomStream): number => normalQuantile(stream.next());

/** Inversion by counting up for small means; above, the nearest whole number of a normal with the same two moments. */
export function drawPoisson(stream: RandomStream, mean: number): number {
  if (!(mean > 0)) return 0;
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * drawNormal(stream)));
  const target = stream.next();
  let term = portableExp(-mean);
  let sum = term;
  let count = 0;
  while (sum < target && count < 400) {
    count++;
    term *= mean / count;
    sum += term;
  }
  return count;
}

/** Gamma with this shape and mean shape/rate (Marsaglia and Tsang 2000; shapes below 1 by their power of a uniform). */
export function drawGamma(stream: RandomStream, shape: number, rate: number): number {
  if (shape < 1) return drawGamma(stream, shape + 1, rate) * portableExp(portableLog(stream.next()) / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(stream);
    const v = (1 + c * x) ** 3;
    if (v > 0 && portableLog(stream.next()) < 0.5 * x * x + d - d * v + d * portableLog(v)) return (d * v) / rate;
  }
}

export function drawBeta(stream: RandomStream, shape: number, rest: number): number {
  const own = drawGamma(stream, shape, 1);
  return own / (own + drawGamma(stream, rest, 1));
}

/** One by one for few trials; above, the nearest whole number of a normal with the same two moments. */
export function drawBinomial(stream: RandomStream, trials: number, chance: number): number {
  if (trials > 40) {
    const drawn = Math.round(trials * chance + Math.sqrt(trials * chance * (1 - chance)) * drawNormal(stream));
    return Math.max(0, Math.min(trials, drawn));
  }
  let count = 0;
  for (let trial = 0; trial < trials; trial++) if (stream.next() < chance) count++;
  return count;
}
