// Hanson's logarithmic market scoring rule as a market maker ("Combinatorial information market design", 2003): it buys and
// sells any number of shares at prices that follow from what it has sold. q = shares sold of each answer, b = liquidity:
//   cost C(q) = b · ln Σ e^(qᵢ/b)        price of answer i = e^(qᵢ/b) / Σ e^(qⱼ/b)
// With a share worth 1 if its answer is right, it can lose at most b · ln n. Sums run in order of answers.
import { portableExp, portableLog } from '#foundation';

/** C(q), in payoffs of one share. */
export function costOf(sold: Float64Array, liquidity: number): number {
  const most = Math.max(...sold);
  return most + liquidity * portableLog(sumOf(sold, liquidity, most));
}

/** Price of one answer, 0–1. */
export function priceOf(sold: Float64Array, liquidity: number, answer: number): number {
  const most = Math.max(...sold);
  return portableExp(((sold[answer] as number) - most) / liquidity) / sumOf(sold, liquidity, most);
}

/** Shares that move an answer's price from `from` to `to`; negative to lower it. */
export const sharesBetween = (from: number, to: number, liquidity: number): number =>
  liquidity * portableLog((to * (1 - from)) / (from * (1 - to)));

/** What it costs to buy `shares` of one answer; for negative ones, minus what selling them brings. */
export function chargeFor(sold: Float64Array, liquidity: number, answer: number, shares: number): number {
  const after = sold.slice();
  after[answer] = (after[answer] as number) + shares;
  return costOf(after, liquidity) - costOf(sold, liquidity);
}

/** Shares of one answer that `payment` buys. */
export function sharesFor(sold: Float64Array, liquidity: number, answer: number, payment: number): number {
  const price = priceOf(sold, liquidity, answer);
  return liquidity * portableLog((portableExp(payment / liquidity) - 1 + price) / price);
}

function sumOf(sold: Float64Array, liquidity: number, most: number): number {
  let sum = 0;
  for (const shares of sold) sum += portableExp((shares - most) / liquidity);
  return sum;
}
