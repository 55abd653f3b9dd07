// The quick functions of inner loops against the exact ones.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decades, halved, utilityExp } from '../../engine/rounds/fast-math.ts';

describe('utilityExp', () => {
  it('is e^x to eleven digits', () => {
    fc.assert(
      fc.property(fc.double({ min: -43, max: 43, noNaN: true }), (x) => {
        expect(Math.abs(utilityExp(x) / Math.exp(x) - 1)).toBeLessThan(1e-11);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('is a number just below whole powers of two, however little', () => {
    for (const x of [-5e-324, -1e-300, -1e-17]) expect(utilityExp(x)).toBeCloseTo(1, 11);
  });

  it('is clamped far out', () => {
    expect(utilityExp(1000)).toBe(utilityExp(44));
    expect(utilityExp(-1000)).toBe(utilityExp(-44));
  });
});

describe('logarithms and halving', () => {
  it('decades counts from one, in the table and beyond it', () => {
    expect([decades(0), decades(999), decades(99_999)].map((value) => Number(value.toFixed(12)))).toEqual([0, 3, 5]);
  });

  it('halved halves', () =>
    expect([halved(0), halved(1), halved(3)].map((value) => Number(value.toFixed(12)))).toEqual([1, 0.5, 0.125]));
});
