// The backtest on reply cascades: k folds, every method fitted to the other folds and scored on this one.
import { portableLog, randomKey, randomStream, ShoalError } from '#foundation';
import { INTERVAL_LEVELS, type CascadeBacktest, type CascadeForecast, type MethodScores, type TreeScores } from '../contract.ts';
import { crpsOfDraws, medianOf, quantileOf, sorted } from '../scores/draws.ts';
import { fitHawkes } from './baselines/hawkes.ts';
import { fitLastValue } from './baselines/last-value.ts';
import { fitLogLinear } from './baselines/log-linear.ts';
import { fitSeasonalMean } from './baselines/seasonal-mean.ts';
import { levelsAt, sizeAt, type Cascade } from './cascades/cascade.ts';
import type { CascadeDraws, FitCascades } from './cascades/forecaster.ts';
import { fitReplyProcess } from './process/reply-process.ts';
import type { Window } from './process/time-bins.ts';

const METHODS: readonly (readonly [name: string, fit: FitCascades])[] = [
  ['reply process (Shoal)', fitReplyProcess],
  ['last value', fitLastValue],
  ['log-linear (Szabo–Huberman)', fitLogLinear],
  ['Hawkes (SEISMIC-style)', fitHawkes],
  ['seasonal mean', fitSeasonalMean],
];
const QUANTILES = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

interface Scored {
  readonly ape: number;
  readonly crps: number;
  readonly inside: readonly number[];
  readonly curve: number;
  readonly depth: TreeScored | undefined;
  readonly breadth: TreeScored | undefined;
}

interface TreeScored {
  readonly ape: number;
  readonly inside: readonly number[];
}

interface BacktestOptions extends Window {
  readonly folds: number;
  readonly draws: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onFold?: (fold: number) => void;
}

/** Throws `invalid_input` where folds or times make no sense. */
export async function backtestCascades(cascades: readonly Cascade[], options: BacktestOptions): Promise<CascadeBacktest> {
  const { observe, horizon, folds, draws } = options;
  check(cascades.length, options);
  const foldOf = assignFolds(cascades.length, folds, options.seed);
  const scored = METHODS.map((): Scored[] => []);
  const forecasts: CascadeForecast[] = [];
  for (let fold = 0; fold < folds; fold++) {
    options.signal.throwIfAborted();
    const training = cascades.filter((_, at) => foldOf[at] !== fold);
    const forecasters = METHODS.map(([, fit]) => fit(training, { observe, horizon }));
    for (const [index, cascade] of cascades.entries()) {
      if (foldOf[index] !== fold) continue;
      const past = until(cascade, observe);
      for (const [method, forecaster] of forecasters.entries()) {
        const drawn = forecaster(past, { draws, seed: options.seed, index });
        scored[method]?.push(scoreDraws(drawn, cascade));
        if (method === 0) forecasts.push(described(drawn, cascade, { observe, horizon, fold }));
      }
    }
    options.onFold?.(fold);
    await new Promise(setImmediate);
  }
  const methods = METHODS.map(([method], at) => ({ method, ...summary(scored[at] ?? []) }));
  return { cascades: cascades.length, folds, draws, observe, horizon, methods, forecasts };
}

function check(cascades: number, { observe, horizon, folds }: BacktestOptions): void {
  const problem =
    horizon <= observe
      ? `The horizon (${horizon} minutes) does not lie behind the end of observation (${observe} minutes).`
      : folds < 2 || folds > cascades
        ? `${folds} folds cannot be made of ${cascades} cascades.`
        : undefined;
  if (problem !== undefined)
    throw new ShoalError('invalid_input', problem, { hint: 'Choose a later horizon, or between 2 folds and one per cascade.' });
}

/** Equal folds in a drawn order. */
function assignFolds(count: number, folds: number, seed: number): Int32Array {
  const stream = randomStream(randomKey(seed, 'folds'));
  const order = Array.from({ length: count }, (_, at) => ({ at, bid: stream.next() })).toSorted(
    (left, right) => left.bid - right.bid,
  );
  const foldOf = new Int32Array(count);
  for (const [place, { at }] of order.entries()) foldOf[at] = place % folds;
  return foldOf;
}

/** What a forecaster may see: nothing behind the end of observation exists for it. */
function until(cascade: Cascade, minute: number): Cascade {
  const size = sizeAt(cascade, minute);
  return {
    ...cascade,
    minutes: cascade.minutes.slice(0, size),
    parent: cascade.parent.slice(0, size),
    depth: cascade.depth.slice(0, size),
  };
}

function scoreDraws({ minutes, sizes, depth, breadth }: CascadeDraws, cascade: Cascade): Scored {
  const horizon = minutes.at(-1) ?? 0;
  const outcome = sizeAt(cascade, horizon);
  const final = sorted(sizes.at(-1) ?? []);
  const levels = levelsAt(cascade, horizon);
  const errors = minutes.map((minute, at) => ape(medianOf(sizes[at] ?? []), sizeAt(cascade, minute)));
  return {
    ape: ape(quantileOf(final, 0.5), outcome),
    crps: crpsOfDraws(final.map(portableLog), portableLog(outcome)),
    inside: INTERVAL_LEVELS.map((level) => insideShare(final, level, outcome)),
    curve: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    depth: depth === undefined ? undefined : scoreTree(depth, levels.length - 1),
    breadth: breadth === undefined ? undefined : scoreTree(breadth, Math.max(...levels)),
  };
}

function scoreTree(draws: readonly number[], outcome: number): TreeScored {
  const ordered = sorted(draws);
  return {
    ape: ape(quantileOf(ordered, 0.5), Math.max(1, outcome)),
    inside: INTERVAL_LEVELS.map((level) => insideShare(ordered, level, outcome)),
  };
}

const ape = (forecast: number, outcome: number): number => Math.abs(forecast - outcome) / outcome;

/**
 * How much of the outcome lies in the central interval of this level: 0 or 1, and a share where draws equal the
 * outcome (counts do), which is what a randomised probability integral transform gives on average (Czado, Gneiting
 * and Held 2009). An interval of whole numbers would else seem wider than it is.
 */
function insideShare(ordered: readonly number[], level: number, outcome: number): number {
  const below = ordered.filter((value) => value < outcome).length / ordered.length;
  const upTo = ordered.filter((value) => value <= outcome).length / ordered.length;
  const [low, high] = [(1 - level) / 2, (1 + level) / 2];
  if (upTo === below) return below >= low && below <= high ? 1 : 0;
  return Math.max(0, Math.min(high, upTo) - Math.max(low, below)) / (upTo - below);
}

function summary(scored: readonly Scored[]): Omit<MethodScores, 'method'> {
  return {
    medianApe: medianOf(scored.map(({ ape: error }) => error)),
    crps: scored.reduce((sum, { crps }) => sum + crps, 0) / scored.length,
    coverage: coverageOf(scored),
    curveApe: medianOf(scored.map(({ curve }) => curve)),
    depth: treeSummary(scored.flatMap(({ depth }) => depth ?? [])),
    breadth: treeSummary(scored.flatMap(({ breadth }) => breadth ?? [])),
  };
}

function treeSummary(scored: readonly TreeScored[]): TreeScores | undefined {
  if (scored.length === 0) return undefined;
  return { medianApe: medianOf(scored.map(({ ape: error }) => error)), coverage: coverageOf(scored) };
}

const coverageOf = (scored: readonly { readonly inside: readonly number[] }[]): readonly number[] =>
  INTERVAL_LEVELS.map((_, level) => scored.reduce((sum, { inside }) => sum + (inside[level] ?? 0), 0) / scored.length);

function described(
  drawn: CascadeDraws,
  cascade: Cascade,
  { observe, horizon, fold }: Window & { readonly fold: number },
): CascadeForecast {
  const final = sorted(drawn.sizes.at(-1) ?? []);
  return {
    cascade: cascade.name,
    fold,
    observed: sizeAt(cascade, observe),
    outcome: sizeAt(cascade, horizon),
    quantiles: QUANTILES.map((p) => quantileOf(final, p)),
  };
}
