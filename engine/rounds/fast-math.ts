// Portable functions for inner loops: tables made once from the portable ones, then additions and
// multiplications only. Same bits on every machine; see foundation/portable-math.ts for why that matters.
import { portableExp, portableLog } from '#foundation';

const STEPS = 256;
const LN2 = 0.6931471805599453;
const LN10 = 2.302585092994046;
// One more than there are steps: just below a whole number the difference rounds up to 1.
const fractions = Float64Array.from({ length: STEPS + 1 }, (_, step) => portableExp((step / STEPS) * LN2));
const LIMIT = 64;
const powers = Float64Array.from({ length: 2 * LIMIT + 1 }, (_, index) => 2 ** (index - LIMIT));
const logs = Float64Array.from({ length: 4096 }, (_, count) => portableLog(1 + count) / LN10);

/** e to the power x for utilities: relative error below 1e-11 for |x| < 44, clamped beyond. */
export function utilityExp(x: number): number {
  const scaled = (x < -44 ? -44 : x > 44 ? 44 : x) / LN2;
  const whole = Math.floor(scaled);
  const steps = (scaled - whole) * STEPS;
  const step = steps | 0;
  const rest = ((steps - step) / STEPS) * LN2;
  const series = 1 + rest * (1 + rest * (0.5 + rest * (1 / 6 + rest * (1 / 24))));
  return (powers[whole + LIMIT] as number) * (fractions[step] as number) * series;
}

/** Base-10 logarithm of 1 + count. */
export function decades(count: number): number {
  return count < 4096 ? (logs[count] as number) : portableLog(1 + count) / LN10;
}

/** Base-10 logarithm. */
export const log10 = (x: number): number => portableLog(x) / LN10;

/** 2 to the power −x: how much is left after x half-lives. */
export const halved = (x: number): number => utilityExp(-x * LN2);
