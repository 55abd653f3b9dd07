// How sure an open relation is: a logistic function of its features, fitted to how well such relations match what
// annotators wrote (`test/bench/open-relations/train.ts`). Depends on features alone, never on the words themselves.
import { portableLogistic } from '#foundation';
import { round } from '../../typing/scores.ts';
import { BIAS, WEIGHTS } from './weights.ts';

/** 0–1, in steps of a thousandth. */
export function confidenceOf(features: readonly string[]): number {
  let sum = BIAS;
  for (const feature of features) sum += WEIGHTS[feature] ?? 0;
  return round(portableLogistic(sum), 3);
}
