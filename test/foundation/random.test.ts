import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomKey, randomStream, threefry2x32, uniform } from '#foundation';

/** One block as two hexadecimal words. */
function block(k0: number, k1: number, c0: number, c1: number): string {
  const out = new Uint32Array(2);
  threefry2x32(k0, k1, c0, c1, out);
  return [...out].map((word) => word.toString(16).padStart(8, '0')).join(' ');
}

/** The first five draws of a stream. */
function draws(purpose: string, index: number): readonly number[] {
  const stream = randomStream(randomKey(1, purpose), index);
  return Array.from({ length: 5 }, () => stream.next());
}

const moments = (values: readonly number[]): { readonly mean: number; readonly variance: number } => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
};

describe('Threefry-2x32, 20 rounds', () => {
  // Known answers published with the Random123 library.
  it.each([
    [0, 0, 0, 0, '6b200159 99ba4efe'],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, '1cb996fc bb002be7'],
    [0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, 'c4923a9c 483df7a0'],
  ])('gives the known answer for key (%i, %i), counter (%i, %i)', (k0, k1, c0, c1, answer) => {
    expect(block(k0, k1, c0, c1)).toBe(answer);
  });

  it('takes words of either sign for the same thing', () => {
    expect(block(-1, -1, -1, -1)).toBe(block(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff));
  });
});

describe('a draw', () => {
  const word = fc.nat(0xffffffff);

  it('lies strictly between 0 and 1', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.string(), word, word, word, (seed, purpose, round, agent, draw) => {
        const value = uniform(randomKey(seed, purpose, round), agent, draw);
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThan(1);
      }),
    );
  });

  it('is the same whenever and in whatever order it is asked for', () => {
    const key = randomKey(7, 'order', 3);
    const places = Array.from({ length: 500 }, (_, index) => [index % 50, Math.floor(index / 50)] as const);
    const forward = places.map(([agent, draw]) => uniform(key, agent, draw));
    const backward = places.toReversed().map(([agent, draw]) => uniform(key, agent, draw));
    expect(backward.toReversed()).toEqual(forward);
  });

  it.each([
    ['seed', randomKey(8, 'a', 1)],
    ['high half of the seed', randomKey(7 + 2 ** 40, 'a', 1)],
    ['purpose', randomKey(7, 'b', 1)],
    ['round', randomKey(7, 'a', 2)],
  ])('changes with the %s', (_name, key) => {
    expect(uniform(key, 1, 1)).not.toBe(uniform(randomKey(7, 'a', 1), 1, 1));
  });

  // 200,000 draws: standard error of the mean 0.00065, of the variance 0.00017.
  it('has the mean and variance of the uniform distribution, over agents and over draws', () => {
    const key = randomKey(20260309, 'moments');
    const overAgents = moments(Array.from({ length: 200_000 }, (_, agent) => uniform(key, agent, 0)));
    const overDraws = moments(Array.from({ length: 200_000 }, (_, draw) => uniform(key, 0, draw)));
    for (const { mean, variance } of [overAgents, overDraws]) {
      expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.003);
      expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001);
    }
  });

  it('fills all of 64 bins alike', () => {
    const key = randomKey(1, 'bins');
    const bins = Array.from({ length: 64 }, () => 0);
    for (let agent = 0; agent < 64_000; agent++) {
      const bin = Math.floor(uniform(key, agent, 0) * 64);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 63 degrees of freedom: 99.9 % of uniform samples stay below 103.4.
    expect(chiSquare).toBeLessThan(103.4);
  });
});

describe('a stream of draws', () => {
  it('starts anew for each index and purpose', () => {
    expect(draws('a', 0)).toEqual(draws('a', 0));
    expect(draws('a', 1)).not.toEqual(draws('a', 0));
    expect(draws('b', 0)).not.toEqual(draws('a', 0));
  });

  it('draws whole numbers below a bound, and elements, all of them in time', () => {
    const stream = randomStream(randomKey(2, 'below'));
    expect(new Set(Array.from({ length: 400 }, () => stream.below(6)))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    expect(new Set(Array.from({ length: 100 }, () => stream.pick(['a', 'b'])))).toEqual(new Set(['a', 'b']));
    expect(stream.pick([])).toBeUndefined();
  });

  it('draws normal numbers with mean 0 and variance 1', () => {
    const stream = randomStream(randomKey(3, 'normal'));
    const { mean, variance } = moments(Array.from({ length: 50_000 }, () => stream.normal()));
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
  });
});
