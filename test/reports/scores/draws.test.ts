import { describe, expect, it } from 'vitest';
import { crpsOfDraws, intervalScore, quantileOf } from '../../../reports/scores/draws.ts';
import { normalCdf, normalQuantile } from '../../../reports/scores/normal.ts';

describe('scores of draws', () => {
  it('CRPS of many normal draws is the closed form', () => {
    const draws = Array.from({ length: 4000 }, (_, at) => normalQuantile((at + 0.5) / 4000));
    // σ(z(2Φ(z) − 1) + 2φ(z) − 1/√π) at z = 1
    expect(crpsOfDraws(draws, 1)).toBeCloseTo(0.602_440_7, 3);
    expect(crpsOfDraws([3], 5)).toBe(2);
  });

  it('quantiles lie between draws', () => {
    expect(quantileOf([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantileOf([7], 0.9)).toBe(7);
  });

  it('the interval score punishes what lies outside', () => {
    expect(intervalScore(1, 3, 0.8, 2)).toBe(2);
    expect(intervalScore(1, 3, 0.8, 4)).toBeCloseTo(2 + 10, 10);
  });

  it('the normal distribution is that of the tables', () => {
    expect(normalCdf(1.959_963_984_540_054)).toBeCloseTo(0.975, 12);
    expect(normalCdf(-4)).toBeCloseTo(3.167_124_183_311_986e-5, 15);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959_963_984_540_054, 10);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090_232_306_167_813, 9);
  });
});
