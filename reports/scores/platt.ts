// Recalibration of probabilities on resolved forecasts (Platt 1999): a line in logits by logistic regression, his targets
// and a ridge towards “no change”, so that few outcomes cannot turn a forecast over.
import { portableLogistic } from '#foundation';
import { logit } from '../forecast/pool.ts';
import type { Judged } from './brier.ts';

/** Fewer resolved forecasts recalibrate nothing. */
const LEAST = 50;
const RIDGE = 1;
const STEPS = 50;

export interface Recalibration {
  readonly forecasts: number;
  apply(probability: number): number;
}

/** Undefined with too few resolved forecasts, or where all came out alike. */
export function fitPlatt(judged: readonly Judged[]): Recalibration | undefined {
  const happened = judged.filter((one) => one.happened).length;
  if (judged.length < LEAST || happened === 0 || happened === judged.length) return undefined;
  const targets = { yes: (happened + 1) / (happened + 2), no: 1 / (judged.length - happened + 2) };
  const points = judged.map((one) => ({ x: clippedLogit(one.probability), y: one.happened ? targets.yes : targets.no }));
  let slope = 1;
  let shift = 0;
  for (let step = 0; step < STEPS; step++) {
    const gradient = { slope: RIDGE * (slope - 1), shift: RIDGE * shift };
    const curve = { slope: RIDGE, cross: 0, shift: RIDGE };
    for (const { x, y } of points) {
      const p = portableLogistic(slope * x + shift);
      gradient.slope += (p - y) * x;
      gradient.shift += p - y;
      curve.slope += p * (1 - p) * x * x;
      curve.cross += p * (1 - p) * x;
      curve.shift += p * (1 - p);
    }
    const determinant = curve.slope * curve.shift - curve.cross ** 2;
    slope -= (curve.shift * gradient.slope - curve.cross * gradient.shift) / determinant;
    shift -= (curve.slope * gradient.shift - curve.cross * gradient.slope) / determinant;
  }
  return {
    forecasts: judged.length,
    apply: (probability) => portableLogistic(slope * clippedLogit(probability) + shift),
  };
}

const clippedLogit = (probability: number): number => logit(Math.max(0.001, Math.min(0.999, probability)));
