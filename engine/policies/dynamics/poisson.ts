// Poisson draws by counting uniforms until their product falls below e^(−mean) (Knuth), the same on every machine.
import { portableExp } from '#foundation';

/** Larger means are drawn in parts, so that e^(−part) stays a normal number. */
const PART = 32;

/** A Poisson number of this mean; `u(n)` gives the n-th of a sequence of uniforms in (0, 1). */
export function poisson(mean: number, u: (n: number) => number): number {
  let count = 0;
  let used = 0;
  for (let left = mean; left > 0; left -= PART) {
    const limit = portableExp(-Math.min(left, PART));
    let product = u(used++);
    while (product > limit) {
      count++;
      product *= u(used++);
    }
  }
  return count;
}
