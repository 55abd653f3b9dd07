// Probabilities put together where they add: in logits.
import { portableLog, portableLogistic } from '#foundation';

/** So many members weigh as much as the base rate. */
const BASE_RATE_MEMBERS = 5;

export const logit = (probability: number): number => portableLog(probability / (1 - probability));

/** The simulation's probability drawn towards the base rate, in logit space; the more members, the less. */
export function shrunkToBaseRate(probability: number, baseRate: number, members: number): number {
  const weight = members / (members + BASE_RATE_MEMBERS);
  return portableLogistic(weight * logit(probability) + (1 - weight) * logit(baseRate));
}
