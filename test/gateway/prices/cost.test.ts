// Money from tokens: exact at every edge, and never more than what was held.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capWithin, costOf, worstCost } from '../../../gateway/models/prices/cost.ts';
import type { PricedUsage } from '../../../gateway/models/prices/cost.ts';
import { nanoUsdPerToken, priceOf } from '../../../gateway/models/prices/usd.ts';
import type { UsdRates } from '../../../gateway/models/prices/usd.ts';

const ORIGIN = { source: 'test', date: '2026-11-25' };
const usage = (parts: Partial<PricedUsage>): PricedUsage => ({ inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, ...parts });

const TIERED = priceOf(
  { input: 2, cached: 0.2, write: 2.5, longWrite: 4, output: 10, audio: 5, image: 3 },
  [{ above: 200_000, input: 4, cached: 0.4, write: 5, longWrite: 8, output: 15 }],
  ORIGIN,
);

describe('what a call costs', () => {
  it('has the lower rates up to and exactly at the edge of a tier, and the higher for every token one over it', () => {
    expect(costOf(TIERED, usage({ inputTokens: 200_000, outputTokens: 10 }))).toBe(200_000 * 2000 + 10 * 10_000);
    expect(costOf(TIERED, usage({ inputTokens: 200_001, outputTokens: 10 }))).toBe(200_001 * 4000 + 10 * 15_000);
  });

  it('chooses the tier by all input tokens, those from the cache and into it included', () => {
    const parts = usage({ inputTokens: 200_001, cachedInputTokens: 150_000, cacheWriteTokens: 50_001, outputTokens: 1 });
    expect(costOf(TIERED, parts)).toBe(150_000 * 400 + 50_001 * 5000 + 15_000);
  });

  it('charges cached input, cache writes of both lengths and fresh input each once', () => {
    const parts = usage({
      inputTokens: 1000,
      cachedInputTokens: 100,
      cacheWriteTokens: 300,
      longCacheWriteTokens: 50,
      outputTokens: 20,
    });
    expect(costOf(TIERED, parts)).toBe(600 * 2000 + 100 * 200 + 250 * 2500 + 50 * 4000 + 20 * 10_000);
  });

  it('charges sound and images at their own rates where they have some', () => {
    const parts = usage({ inputTokens: 1000, audioInputTokens: 100, imageInputTokens: 200 });
    expect(costOf(TIERED, parts)).toBe(700 * 2000 + 100 * 5000 + 200 * 3000);
    const plain = priceOf({ input: 2, output: 10 }, [], ORIGIN);
    expect(costOf(plain, parts)).toBe(1000 * 2000);
  });

  it('does not charge reasoning twice: it is a part of the output', () => {
    const parts = usage({ outputTokens: 1000, reasoningTokens: 900 });
    expect(costOf(TIERED, parts)).toBe(1000 * 10_000);
    const dearThoughts = priceOf({ input: 1, output: 2, reasoning: 8 }, [], ORIGIN);
    expect(costOf(dearThoughts, parts)).toBe(100 * 2000 + 900 * 8000);
  });

  it('never charges a token twice where a provider’s parts exceed its whole', () => {
    const parts = usage({ inputTokens: 10, cachedInputTokens: 50, cacheWriteTokens: 50, outputTokens: 5, reasoningTokens: 90 });
    expect(costOf(TIERED, parts)).toBe(10 * 200 + 5 * 10_000);
  });

  it('rounds a fraction of a nano-dollar up once for the call, not for each token', () => {
    const price = priceOf({ input: 0.0028, output: 0.28 }, [], ORIGIN);
    expect(costOf(price, usage({ inputTokens: 1 }))).toBe(3);
    expect(costOf(price, usage({ inputTokens: 1000 }))).toBe(2800);
    expect(costOf(price, usage({ inputTokens: 1001 }))).toBe(2803);
  });

  it.each([Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY, 2 ** 60])('refuses %d as a number of tokens', (tokens) => {
    expect(() => costOf(TIERED, usage({ inputTokens: tokens }))).toThrow(/no number of tokens/);
    expect(() => costOf(TIERED, usage({ outputTokens: tokens }))).toThrow(/no number of tokens/);
    expect(() => worstCost(TIERED, tokens, 1)).toThrow(/no number of tokens/);
    expect(() => worstCost(TIERED, 1, tokens)).toThrow(/no number of tokens/);
  });

  it.each([Number.NaN, -0.1, Number.POSITIVE_INFINITY])('refuses %d as a price', (usd) => {
    expect(() => nanoUsdPerToken(usd)).toThrow(/is no price/);
  });
});

describe('what a call can cost at most', () => {
  it('is that of the dearest tier that the bound can reach, and of no tier beyond it', () => {
    expect(worstCost(TIERED, 200_000, 10)).toBe(200_000 * 5000 + 10 * 10_000);
    expect(worstCost(TIERED, 200_001, 10)).toBe(200_001 * 8000 + 10 * 15_000);
  });

  it('counts the cap once for each choice and the input once', () => {
    const plain = priceOf({ input: 1, output: 2 }, [], ORIGIN);
    expect(worstCost(plain, 100, 10, 3)).toBe(100 * 1000 + 3 * 10 * 2000);
  });

  it('holds a lower tier’s rate too where a longer prompt is cheaper', () => {
    const falling = priceOf({ input: 4, output: 9 }, [{ above: 1000, input: 1, output: 2 }], ORIGIN);
    expect(worstCost(falling, 5000, 10)).toBe(5000 * 4000 + 10 * 9000);
  });

  const usd = fc.integer({ min: 0, max: 100_000_000 }).map((micro) => micro / 1_000_000);
  const optional = fc.option(usd, { nil: undefined });
  const rates: fc.Arbitrary<UsdRates> = fc.record({
    input: usd,
    cached: optional,
    write: optional,
    longWrite: optional,
    output: usd,
    reasoning: optional,
    image: optional,
    audio: optional,
  });
  const price = fc
    .tuple(rates, fc.array(fc.tuple(fc.integer({ min: 1, max: 1_000_000 }), rates), { maxLength: 3 }))
    .map(([base, tiers]) =>
      priceOf(
        base,
        tiers.map(([above, tier]) => ({ above, ...tier })),
        ORIGIN,
      ),
    );
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const calls = fc.record({
    bound: fc.integer({ min: 0, max: 2_000_000 }),
    cap: fc.integer({ min: 0, max: 200_000 }),
    choices: fc.integer({ min: 1, max: 8 }),
    shares: fc.record({
      input: share,
      output: share,
      cached: share,
      write: share,
      long: share,
      reason: share,
      image: share,
      audio: share,
    }),
  });

  it('is at least what any usage within the bounds costs', () => {
    fc.assert(
      fc.property(price, calls, (priced, { bound, cap, choices, shares }) => {
        const inputTokens = Math.floor(bound * shares.input);
        const outputTokens = Math.floor(cap * choices * shares.output);
        const cacheWriteTokens = Math.floor(inputTokens * shares.write);
        const cost = costOf(priced, {
          inputTokens,
          outputTokens,
          cachedInputTokens: Math.floor(inputTokens * shares.cached),
          cacheWriteTokens,
          longCacheWriteTokens: Math.floor(cacheWriteTokens * shares.long),
          reasoningTokens: Math.floor(outputTokens * shares.reason),
          imageInputTokens: Math.floor(inputTokens * shares.image),
          audioInputTokens: Math.floor(inputTokens * shares.audio),
        });
        expect(Number.isSafeInteger(cost)).toBe(true);
        expect(cost).toBeGreaterThanOrEqual(0);
        expect(cost).toBeLessThanOrEqual(worstCost(priced, bound, cap, choices));
      }),
      { numRuns: 500 },
    );
  });

  it('fits the cap to an amount: that cap fits, and one more does not', () => {
    fc.assert(
      fc.property(price, calls, share, (priced, { bound, cap, choices }, part) => {
        const amount = Math.floor(worstCost(priced, bound, cap, choices) * part);
        const fitting = capWithin(priced, bound, cap, amount, choices);
        expect(fitting).toBeLessThanOrEqual(cap);
        const fits = (tokens: number): boolean => worstCost(priced, bound, tokens, choices) <= amount;
        expect(fitting === 0 || fits(fitting)).toBe(true);
        expect(fitting < cap && fits(fitting + 1)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
