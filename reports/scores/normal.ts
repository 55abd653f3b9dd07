// The normal distribution from portable arithmetic: the same bits on every machine.
import { portableExp, portableLog } from '#foundation';

const SQRT_2PI = 2.5066282746310002;

const normalDensity = (x: number): number => portableExp(-0.5 * x * x) / SQRT_2PI;

/** P(Z ≤ x): Marsaglia's series near the middle, Laplace's continued fraction in the tails (“Evaluating the Normal Distribution”, JSS 2004). */
export function normalCdf(x: number): number {
  if (x === 0) return 0.5;
  const far = Math.abs(x);
  if (far > 38) return x < 0 ? 0 : 1;
  if (far < 3) {
    let term = x;
    let sum = x;
    for (let n = 3; sum + term !== sum; n += 2) {
      term *= (x * x) / n;
      sum += term;
    }
    return 0.5 + sum * normalDensity(x);
  }
  let fraction = far;
  for (let n = 60; n >= 1; n--) fraction = far + n / fraction;
  const tail = normalDensity(far) / fraction;
  return x < 0 ? tail : 1 - tail;
}

/** The x with P(Z ≤ x) = p, for p in (0, 1): Newton steps on the distribution function from a rational start (Hastings 1955). */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p <= 0 ? -Infinity : Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * portableLog(p));
  let x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (let step = 0; step < 4; step++) x -= (normalCdf(x) - p) / normalDensity(x);
  return x;
}
