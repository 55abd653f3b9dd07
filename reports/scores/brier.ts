// Scores of probabilities for things that happen or not, and what the Brier score is made of.
import { portableLog, randomKey, randomStream } from '#foundation';
import type { ReliabilityBin } from '../contract.ts';

/** One statement with the probability it was given and whether it came true. */
export interface Judged {
  readonly probability: number;
  readonly happened: boolean;
}

export const LOG_CLIP = [0.01, 0.99] as const;
const MOST_BINS = 10;
const LEAST_IN_BIN = 5;
const RESAMPLES = 1000;

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const happened = ({ happened: it }: Judged): number => (it ? 1 : 0);

/** Half the squared distance of all options' probabilities to the outcome; for two options, (p − y)² (Brier 1950). */
export const brierOf = (options: readonly Judged[]): number =>
  options.reduce((sum, one) => sum + (one.probability - happened(one)) ** 2, 0) / 2;

/** −ln p of what came true, with p clipped to `LOG_CLIP`, so that one certain error is not infinite. */
export function logScoreOf(options: readonly Judged[]): number {
  const given = options.find((one) => one.happened)?.probability ?? 0;
  return -portableLog(Math.max(LOG_CLIP[0], Math.min(LOG_CLIP[1], given)));
}

/** Bins of about equal mass, at most ten, about five forecasts or more in each; equal probabilities stay together. */
function binned(judged: readonly Judged[]): readonly (readonly Judged[])[] {
  const ordered = judged.toSorted((left, right) => left.probability - right.probability);
  const wanted = Math.max(1, Math.min(MOST_BINS, Math.floor(ordered.length / LEAST_IN_BIN)));
  const bins: Judged[][] = [];
  for (const [at, one] of ordered.entries()) {
    const last = bins.at(-1);
    const isFull = at >= (bins.length * ordered.length) / wanted;
    if (last === undefined || (isFull && last.at(-1)?.probability !== one.probability)) bins.push([one]);
    else last.push(one);
  }
  return bins;
}

export interface Decomposition {
  readonly reliability: number;
  readonly resolution: number;
  readonly uncertainty: number;
  /** What forecasts that differ within a bin add: mean (p − y)² = reliability − resolution + uncertainty + this. */
  readonly withinBins: number;
}

/** Murphy's decomposition of mean (p − y)² over bins (1973), with Stephenson's within-bin part (2008) as one number. */
export function decompose(judged: readonly Judged[]): Decomposition {
  const bins = binned(judged);
  const base = meanOf(judged.map(happened));
  const weighted = (term: (bin: readonly Judged[]) => number): number =>
    bins.reduce((sum, bin) => sum + (bin.length / judged.length) * term(bin), 0);
  const reliability = weighted((bin) => (meanOf(bin.map((one) => one.probability)) - meanOf(bin.map(happened))) ** 2);
  const resolution = weighted((bin) => (meanOf(bin.map(happened)) - base) ** 2);
  const uncertainty = base * (1 - base);
  const whole = meanOf(judged.map((one) => (one.probability - happened(one)) ** 2));
  return { reliability, resolution, uncertainty, withinBins: whole - (reliability - resolution + uncertainty) };
}

/** Observed frequency per bin, with consistency bars: outcomes drawn as if the forecasts were right (Bröcker and Smith 2007). */
export function reliabilityBins(judged: readonly Judged[]): readonly ReliabilityBin[] {
  return binned(judged).map((bin, index) => {
    const stream = randomStream(randomKey(0, 'consistency bars'), index);
    const drawn = Float64Array.from({ length: RESAMPLES }, () => {
      const count = bin.reduce((sum, one) => sum + (stream.next() < one.probability ? 1 : 0), 0);
      return count / bin.length;
    }).toSorted();
    return {
      forecasts: bin.length,
      forecast: meanOf(bin.map((one) => one.probability)),
      observed: meanOf(bin.map(happened)),
      low: drawn[Math.floor(RESAMPLES * 0.05)] ?? 0,
      high: drawn[Math.ceil(RESAMPLES * 0.95) - 1] ?? 0,
    };
  });
}
