// How wrong attention's forecast is, beside what it says of itself: the errors of the training cascades' replies ahead,
// in its own standard deviations, are a Student distribution whose scale and tail are fitted. Some cascades are found
// late, which no first hour shows: the middle of the errors is narrower and the tails are heavier than normal.
import { portableExp, portableLog } from '#foundation';
import { assimilate, fitAttention, type Attention, type AttentionPrior } from './attention.ts';
import { inverseOf } from './matrix.ts';
import type { TimeBins } from './time-bins.ts';

const DEGREES = [2, 3, 4, 6, 8, 12, 20, 40] as const;
const SCALES = [0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1, 1.1, 1.2, 1.35, 1.5] as const;

/** Of the training cascades among themselves. */
const FOLDS = 8;

export interface Tails {
  readonly degrees: number;
  readonly scale: number;
}

/** Likeliest pair of the grid; each error is of a cascade that the prior was not fitted to. */
export function fitTails(cascades: readonly Attention[], bins: TimeBins): Tails {
  const errors = Array.from({ length: FOLDS }, (_, fold) => {
    const isOut = (at: number): boolean => at % FOLDS === fold;
    const prior = fitAttention(
      cascades.filter((_, at) => !isOut(at)),
      bins,
    );
    return cascades.filter((_, at) => isOut(at)).map((cascade) => standardError(cascade, prior, bins));
  }).flat();
  const fits = DEGREES.flatMap((degrees) =>
    SCALES.map((scale) => ({
      degrees,
      scale,
      fit: errors.reduce((sum, error) => sum + logStudent(error / scale, degrees) - portableLog(scale), 0),
    })),
  );
  const { degrees, scale } = fits.reduce((best, one) => (one.fit > best.fit ? one : best));
  return { degrees, scale };
}

/** Of the logarithm of the replies ahead, by the delta method on the rates and the Poisson part. */
function standardError(cascade: Attention, prior: AttentionPrior, { observed, logAge }: TimeBins): number {
  const size = logAge.length;
  const { mode, factor } = assimilate(prior, cascade, observed);
  const covariance = inverseOf(factor, size);
  let came = 0;
  let expected = 0;
  for (let bin = observed; bin < size; bin++) {
    came += cascade.counts[bin] ?? 0;
    expected += portableExp(mode[bin] ?? 0);
  }
  let variance = 1 / (expected + 0.5);
  for (let row = observed; row < size; row++) {
    for (let column = observed; column < size; column++)
      variance +=
        (portableExp((mode[row] ?? 0) + (mode[column] ?? 0)) / (expected * expected)) * (covariance[row * size + column] ?? 0);
  }
  return (portableLog(came + 0.5) - portableLog(expected + 0.5)) / Math.sqrt(variance);
}

function logStudent(x: number, degrees: number): number {
  return (
    logGammaHalf(degrees + 1) -
    logGammaHalf(degrees) -
    0.5 * portableLog(degrees) -
    ((degrees + 1) / 2) * portableLog(1 + (x * x) / degrees)
  );
}

/** ln Γ(n/2), up to what a normalised density drops. */
function logGammaHalf(n: number): number {
  let sum = n % 2 === 0 ? 0 : 0.5 * portableLog(Math.PI);
  for (let at = n % 2 === 0 ? 2 : 1; at < n; at += 2) sum += portableLog(at / 2);
  return sum;
}
