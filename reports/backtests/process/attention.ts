// Attention to a cascade: the logarithm of its replies per bin is a Gaussian vector around a mean curve of age and the
// daily rhythm, and the counts are Poisson (a log-Gaussian Cox process; Møller, Syversveen and Waagepetersen 1998).
// Its covariance is how infectiousness drifts over a cascade's life. Mean, rhythm and covariance are the prior, learnt
// from whole training cascades (EM with Laplace's approximation); observing a cascade's first bins conditions it.
import { portableExp, portableLog } from '#foundation';
import { choleskyOf, inverseOf, solveCholesky, times, type Matrix } from './matrix.ts';
import { rhythmOffsets, WAVES } from './rhythm.ts';
import type { TimeBins } from './time-bins.ts';

const EM_STEPS = 15;
const NEWTON_STEPS = 30;
/** Weight, in cascades, of the covariance that is believed before any data (mode of an inverse Wishart prior). */
const PRIOR_WEIGHT = 10;
/** That covariance: a level, a drift that is forgotten over this many units of log age, and a part of each bin's own. */
const PRIOR = { level: 1, drift: 1, memory: 1, own: 0.1 } as const;
const RHYTHM_RIDGE = 4;

/** Replies per bin and the rhythm's regressors of one cascade. */
export interface Attention {
  readonly counts: Float64Array;
  readonly rhythm: Float64Array;
}

export interface AttentionPrior {
  readonly mean: Float64Array;
  readonly rhythm: Float64Array;
  readonly precision: Matrix;
}

/** Laplace's approximation of a cascade's log attention: its mode, and the factor of its precision. */
export interface AttentionPosterior {
  readonly mode: Float64Array;
  readonly factor: Matrix;
}

export function fitAttention(cascades: readonly Attention[], bins: TimeBins): AttentionPrior {
  const size = bins.logAge.length;
  const believed = priorCovariance(bins);
  let prior: AttentionPrior = {
    mean: Float64Array.from({ length: size }, (_, bin) => {
      const logs = cascades.map(({ counts }) => portableLog((counts[bin] ?? 0) + 0.5));
      return logs.reduce((sum, value) => sum + value, 0) / Math.max(1, logs.length);
    }),
    rhythm: new Float64Array(WAVES),
    precision: inverseOf(choleskyOf(believed, size), size),
  };
  for (let step = 0; step < EM_STEPS; step++) prior = emStep(cascades, prior, believed);
  return prior;
}

function priorCovariance({ logAge }: TimeBins): Matrix {
  const size = logAge.length;
  return Float64Array.from({ length: size * size }, (_, cell) => {
    const row = Math.floor(cell / size);
    const column = cell % size;
    const gap = Math.abs((logAge[row] ?? 0) - (logAge[column] ?? 0));
    return PRIOR.level + PRIOR.drift * portableExp(-gap / PRIOR.memory) + (row === column ? PRIOR.own : 0);
  });
}

function emStep(cascades: readonly Attention[], prior: AttentionPrior, believed: Matrix): AttentionPrior {
  const size = prior.mean.length;
  const posteriors = cascades.map((cascade) => assimilate(prior, cascade, size));
  const mean = new Float64Array(size);
  for (const [at, { mode }] of posteriors.entries()) {
    const offsets = rhythmOffsets(cascades[at]?.rhythm ?? new Float64Array(), prior.rhythm);
    for (let bin = 0; bin < size; bin++)
      mean[bin] = (mean[bin] ?? 0) + ((mode[bin] ?? 0) - (offsets[bin] ?? 0)) / cascades.length;
  }
  const rhythm = fitRhythm(cascades, posteriors, mean, prior.precision);
  const covariance = believed.map((cell) => cell * PRIOR_WEIGHT);
  for (const [at, { mode, factor }] of posteriors.entries()) {
    const offsets = rhythmOffsets(cascades[at]?.rhythm ?? new Float64Array(), rhythm);
    const own = inverseOf(factor, size);
    const rest = mode.map((value, bin) => value - (mean[bin] ?? 0) - (offsets[bin] ?? 0));
    for (let cell = 0; cell < covariance.length; cell++) {
      const product = (rest[Math.floor(cell / size)] ?? 0) * (rest[cell % size] ?? 0);
      covariance[cell] = (covariance[cell] ?? 0) + product + (own[cell] ?? 0);
    }
  }
  const scaled = covariance.map((cell) => cell / (cascades.length + PRIOR_WEIGHT));
  return { mean, rhythm, precision: inverseOf(choleskyOf(scaled, size), size) };
}

/** Weights of the waves by generalised least squares with a ridge, so that few cascades make no rhythm of noise. */
function fitRhythm(
  cascades: readonly Attention[],
  posteriors: readonly AttentionPosterior[],
  mean: Float64Array,
  precision: Matrix,
): Float64Array {
  const normal = new Float64Array(WAVES * WAVES);
  const right = new Float64Array(WAVES);
  for (let wave = 0; wave < WAVES; wave++) normal[wave * WAVES + wave] = RHYTHM_RIDGE;
  for (const [at, { mode }] of posteriors.entries()) {
    const rows = cascades[at]?.rhythm ?? new Float64Array();
    const columnOf = (wave: number): Float64Array => mean.map((_, bin) => rows[bin * WAVES + wave] ?? 0);
    const rest = times(
      precision,
      mode.map((value, bin) => value - (mean[bin] ?? 0)),
    );
    for (let wave = 0; wave < WAVES; wave++) {
      const column = columnOf(wave);
      const weighted = times(precision, column);
      right[wave] = (right[wave] ?? 0) + dot(column, rest);
      for (let other = 0; other < WAVES; other++)
        normal[wave * WAVES + other] = (normal[wave * WAVES + other] ?? 0) + dot(weighted, columnOf(other));
    }
  }
  return solveCholesky(choleskyOf(normal, WAVES), right);
}

const dot = (left: Float64Array, right: Float64Array): number =>
  left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0);

/** Conditions the prior on the counts of the first `seen` bins, by Newton's method. */
export function assimilate(prior: AttentionPrior, { counts, rhythm }: Attention, seen: number): AttentionPosterior {
  const size = prior.mean.length;
  const offsets = rhythmOffsets(rhythm, prior.rhythm);
  const expected = prior.mean.map((value, bin) => value + (offsets[bin] ?? 0));
  const mode = Float64Array.from(expected);
  let factor: Matrix = new Float64Array();
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const pull = times(
      prior.precision,
      mode.map((value, bin) => (expected[bin] ?? 0) - value),
    );
    const precision = Float64Array.from(prior.precision);
    for (let bin = 0; bin < seen; bin++) {
      const rate = portableExp(mode[bin] ?? 0);
      pull[bin] = (pull[bin] ?? 0) + (counts[bin] ?? 0) - rate;
      precision[bin * size + bin] = (precision[bin * size + bin] ?? 0) + rate;
    }
    factor = choleskyOf(precision, size);
    const move = solveCholesky(factor, pull);
    const largest = Math.max(...move.map(Math.abs));
    const damping = largest > 2 ? 2 / largest : 1;
    for (let bin = 0; bin < size; bin++) mode[bin] = (mode[bin] ?? 0) + damping * (move[bin] ?? 0);
    if (largest < 1e-8) break;
  }
  return { mode, factor };
}
