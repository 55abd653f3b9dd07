// Two methods on the same questions: is one better, and how many questions it would take to say so.
import { randomKey, randomStream } from '#foundation';
import { normalQuantile } from './normal.ts';

const FLIPS = 5000;
/** Up to so many questions, every pattern of signs is tried. */
const EXACT = 12;
const ERROR = 0.05;
const POWER = 0.8;

export interface PairedTest {
  readonly mean: number;
  /** Share of sign patterns whose mean lies as far from 0, two-sided. */
  readonly pValue: number;
  /** Questions needed for a difference of this mean and spread; undefined where there is no difference. */
  readonly needed: number | undefined;
}

/** Sign-flip test of paired differences (Fisher's randomisation test), the question being the unit. */
export function pairedTest(differences: readonly number[]): PairedTest {
  const n = differences.length;
  const total = differences.reduce((sum, value) => sum + value, 0);
  const mean = n === 0 ? 0 : total / n;
  return { mean, pValue: n === 0 ? 1 : signFlip(differences, Math.abs(total)), needed: questionsNeeded(differences, mean) };
}

function signFlip(differences: readonly number[], extreme: number): number {
  const n = differences.length;
  const isExtreme = (sum: number): boolean => Math.abs(sum) >= extreme - 1e-12;
  let count = 0;
  if (n <= EXACT) {
    for (let pattern = 0; pattern < 1 << n; pattern++)
      if (isExtreme(differences.reduce((sum, value, at) => sum + ((pattern >> at) & 1 ? value : -value), 0))) count++;
    return count / (1 << n);
  }
  const stream = randomStream(randomKey(0, 'sign flips'));
  for (let flip = 0; flip < FLIPS; flip++)
    if (isExtreme(differences.reduce((sum, value) => sum + (stream.next() < 0.5 ? value : -value), 0))) count++;
  return (count + 1) / (FLIPS + 1);
}

function questionsNeeded(differences: readonly number[], mean: number): number | undefined {
  const n = differences.length;
  if (n < 2 || mean === 0) return undefined;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return questionsFor(mean, Math.sqrt(variance));
}

/** Paired questions for a two-sided test at 5 % with 80 % power to see a mean difference of this deviation. */
export function questionsFor(difference: number, deviation: number): number {
  const width = normalQuantile(1 - ERROR / 2) + normalQuantile(POWER);
  return Math.max(2, Math.ceil(((width * deviation) / difference) ** 2));
}
