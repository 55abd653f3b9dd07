import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portableExp, portableLog, portableLogistic } from '#foundation';

/** Relative to the platform's function, whose own error is below 1e-15. */
const LIMIT = 2e-15;
const relative = (value: number, reference: number): number =>
  value === reference ? 0 : Math.abs(value - reference) / Math.abs(reference);
const many = { numRuns: 20_000 };

describe('the portable logarithm', () => {
  it('agrees with the platform over all magnitudes', () => {
    fc.assert(
      fc.property(fc.double({ min: 2.3e-308, max: 1.7e308, noNaN: true }), (x) => {
        expect(relative(portableLog(x), Math.log(x))).toBeLessThan(LIMIT);
      }),
      many,
    );
  });

  it('agrees near one, where it is small', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => {
        expect(relative(portableLog(x), Math.log(x))).toBeLessThan(LIMIT);
      }),
      many,
    );
  });

  it('knows its edges', () => {
    expect([portableLog(0), portableLog(1), portableLog(Infinity)]).toEqual([-Infinity, 0, Infinity]);
    expect(portableLog(-1)).toBeNaN();
    expect(portableLog(Number.NaN)).toBeNaN();
  });
});

describe('the portable exponential', () => {
  it('agrees with the platform from the smallest to the largest result', () => {
    fc.assert(
      fc.property(fc.double({ min: -707, max: 709, noNaN: true }), (x) => {
        expect(relative(portableExp(x), Math.exp(x))).toBeLessThan(LIMIT);
      }),
      many,
    );
  });

  it('agrees near zero', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (x) => {
        expect(relative(portableExp(x), Math.exp(x))).toBeLessThan(LIMIT);
      }),
      many,
    );
  });

  it('knows its edges', () => {
    expect([portableExp(0), portableExp(-0), portableExp(-1000), portableExp(1000)]).toEqual([1, 1, 0, Infinity]);
    expect(portableExp(Number.NaN)).toBeNaN();
  });

  it('undoes the logarithm', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (x) => {
        expect(relative(portableExp(portableLog(x)), x)).toBeLessThan(1e-14);
      }),
    );
  });
});

describe('the portable logistic function', () => {
  it('stays between 0 and 1, rises, and is symmetric', () => {
    const value = fc.double({ min: -30, max: 30, noNaN: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(portableLogistic(low)).toBeLessThanOrEqual(portableLogistic(high));
        expect(portableLogistic(a) + portableLogistic(-a)).toBeCloseTo(1, 14);
        expect(portableLogistic(a)).toBeGreaterThan(0);
        expect(portableLogistic(a)).toBeLessThanOrEqual(1);
      }),
    );
    expect(portableLogistic(0)).toBe(0.5);
  });
});
