// Exponential and logarithm from + − × ÷ alone, which IEEE 754 fixes to the last bit. `Math.exp` and `Math.log`
// are left to each JavaScript engine, so a digest that used them could differ between versions.

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const bits = new DataView(new ArrayBuffer(8));

/** Natural logarithm of a positive, normal number; relative error below 1e-15. */
export function portableLog(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return Infinity;
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0x000fffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent += 1;
  }
  // ln m = 2·artanh(s), s = (m − 1)/(m + 1), |s| ≤ 0.1716: the odd series to s^21 is exact to rounding.
  const s = (mantissa - 1) / (mantissa + 1);
  const s2 = s * s;
  let sum = 1 / 21;
  for (let k = 19; k >= 1; k -= 2) sum = sum * s2 + 1 / k;
  return exponent * LN2_HIGH + (2 * s * sum + exponent * LN2_LOW);
}

/** e to the power x; relative error below 1e-15 for |x| < 700, 0 or Infinity beyond. */
export function portableExp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709) return Infinity;
  if (x < -708) return 0;
  const k = Math.round(x / (LN2_HIGH + LN2_LOW));
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 14; n >= 1; n--) sum = 1 + (sum * r) / n;
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return sum * bits.getFloat64(0);
}

/** Logistic function 1/(1 + e^−x). */
export function portableLogistic(x: number): number {
  return 1 / (1 + portableExp(-x));
}
