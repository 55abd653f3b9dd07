// Measures of one issue's opinions. Pure functions of a strided column: element `agent` is at
// `agent * issues + issue`. Sums run in agent order, so they are the same everywhere.
import { portableExp, portableLog } from '#foundation';
import { UNDECIDED_BAND } from '../contract.ts';

export interface OpinionColumn {
  readonly values: Float32Array;
  readonly size: number;
  readonly issues: number;
  readonly issue: number;
}

/** +1 agrees, −1 rejects, 0 inside the undecided band. */
const side = (opinion: number): number => +(opinion > UNDECIDED_BAND) - +(opinion < -UNDECIDED_BAND);

export function sideShares({ values, size, issues, issue }: OpinionColumn): {
  support: number;
  oppose: number;
  undecided: number;
} {
  let support = 0;
  let oppose = 0;
  for (let at = issue; at < size * issues; at += issues) {
    const opinion = values[at] as number;
    support += +(opinion > UNDECIDED_BAND);
    oppose += +(opinion < -UNDECIDED_BAND);
  }
  return { support: support / size, oppose: oppose / size, undecided: (size - support - oppose) / size };
}

/** Mean, population variance, and Sarle's bimodality coefficient (skewness² + 1)/kurtosis; 0 where all agree. */
export function moments({ values, size, issues, issue }: OpinionColumn): { mean: number; variance: number; bimodality: number } {
  let sum = 0;
  for (let at = issue; at < size * issues; at += issues) sum += values[at] as number;
  const mean = sum / size;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let at = issue; at < size * issues; at += issues) {
    const d = (values[at] as number) - mean;
    const d2 = d * d;
    second += d2;
    third += d2 * d;
    fourth += d2 * d2;
  }
  const variance = second / size;
  if (variance < 1e-12) return { mean, variance, bimodality: 0 };
  const skewness2 = (third / size) ** 2 / (variance * variance * variance);
  const kurtosis = fourth / size / (variance * variance);
  return { mean, variance, bimodality: (skewness2 + 1) / kurtosis };
}

const BINS = 20;
const ALPHA = 1.3;

/** Esteban–Ray polarisation ΣΣ π_i^(1+α) π_j |y_i − y_j| over 20 equal bins of [−1, 1], y at their middles, α = 1.3. */
export function estebanRay({ values, size, issues, issue }: OpinionColumn): number {
  const counts = new Float64Array(BINS);
  for (let at = issue; at < size * issues; at += issues) {
    const bin = Math.min(BINS - 1, Math.floor((((values[at] as number) + 1) / 2) * BINS));
    counts[bin] = (counts[bin] as number) + 1;
  }
  let sum = 0;
  for (let i = 0; i < BINS; i++) {
    if (counts[i] === 0) continue;
    const weight = portableExp((1 + ALPHA) * portableLog((counts[i] as number) / size));
    for (let j = 0; j < BINS; j++) sum += weight * ((counts[j] as number) / size) * Math.abs(((i - j) * 2) / BINS);
  }
  return sum;
}

/** Share whose side is not the one they began on. */
export function movedShare({ values, size, issues, issue }: OpinionColumn, initial: Float32Array): number {
  let moved = 0;
  for (let at = issue; at < size * issues; at += issues) moved += +(side(values[at] as number) !== side(initial[at] as number));
  return moved / size;
}

/** For each issue of a question: share of agents who agree with it most (ties: lowest index). */
export function leadingShares(
  values: Float32Array,
  size: number,
  issues: number,
  question: readonly number[],
): readonly number[] {
  const counts = new Float64Array(question.length);
  for (let agent = 0; agent < size; agent++) {
    let best = 0;
    for (let place = 1; place < question.length; place++) {
      const one = values[agent * issues + (question[place] as number)] as number;
      if (one > (values[agent * issues + (question[best] as number)] as number)) best = place;
    }
    counts[best] = (counts[best] as number) + 1;
  }
  return Array.from(counts, (count) => count / size);
}
