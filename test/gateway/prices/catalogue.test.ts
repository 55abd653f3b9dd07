// The catalogue is data that people correct by hand: these are the mistakes that a hand makes.
import { describe, expect, it } from 'vitest';
import type { Rates } from '../../../gateway/contract.ts';
import { CATALOGUE_VERSION, findModel } from '../../../gateway/models/prices/catalogue.ts';
import { costOf } from '../../../gateway/models/prices/cost.ts';
import { OPENAI_MODELS } from '../../../gateway/models/prices/openai.ts';
import { DEFINITIONS } from '../../../gateway/models/providers/definitions/index.ts';

const ALL = DEFINITIONS.flatMap(({ id, models }) => models.map((model) => ({ id: `${id}/${model.name}`, model })));
const byName = new Map(OPENAI_MODELS.map((model) => [model.name, model]));
const plain = (inputTokens: number, outputTokens: number) => ({ inputTokens, outputTokens, cachedInputTokens: 0 });

describe('every row of the catalogue', () => {
  it('there are rows for all providers that publish prices', () => {
    const priced = DEFINITIONS.filter(({ models }) => models.length > 0).map(({ id }) => id);
    expect(priced).toEqual(['openai', 'anthropic', 'gemini', 'groq', 'mistral', 'deepseek', 'qwen', 'xai']);
    expect(CATALOGUE_VERSION).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it('no provider names a model twice', () => {
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
  });

  it.each(ALL)('$id says where and when its price was read, not after the catalogue was made', ({ model }) => {
    expect(model.price.source).toMatch(/\w+\.\w+\/|\.com/);
    expect(model.price.date).toMatch(/^\d{4}-\d{2}(-\d{2})?$/);
    expect((model.price.date ?? '') <= CATALOGUE_VERSION).toBe(true);
  });

  it.each(ALL)('$id has rates in whole picodollars, in an order that prices have', ({ model }) => {
    for (const rates of [model.price, ...(model.price.tiers ?? [])]) {
      for (const [name, rate] of Object.entries(rates).filter(([field]) => field.endsWith('PerToken'))) {
        expect(Number.isInteger(Number((Number(rate) * 1000).toFixed(6))), name).toBe(true);
      }
      const { inputNanoUsdPerToken: input, cachedInputNanoUsdPerToken: cached, outputNanoUsdPerToken: output } = rates as Rates;
      expect(input).toBeGreaterThan(0);
      expect(cached).toBeLessThanOrEqual(input);
      expect(model.maxOutputTokens === 0 ? output === 0 : output > input).toBe(true);
    }
    const edges = (model.price.tiers ?? []).map((tier) => tier.aboveInputTokens);
    expect(edges).toEqual(edges.toSorted((one, other) => one - other));
    for (const edge of edges) expect(edge).toBeLessThan(model.contextTokens);
  });
});

describe('prices that are known from elsewhere', () => {
  it('GPT-6.2 Sol doubles its input and adds half to its output past 272,000 tokens', () => {
    const { price } = byName.get('gpt-6.2-sol') ?? {};
    expect(price && costOf(price, plain(272_000, 1000))).toBe(272_000 * 2000 + 1000 * 10_000);
    expect(price && costOf(price, plain(272_001, 1000))).toBe(272_001 * 4000 + 1000 * 15_000);
  });

  it('Claude Haiku 5.5 is five times as dear past 100,000 tokens', () => {
    const price = ALL.find(({ id }) => id === 'anthropic/claude-haiku-5-5')?.model.price;
    expect(price && costOf(price, plain(100_000, 1000))).toBe(100_000 * 100 + 1000 * 500);
    expect(price && costOf(price, plain(100_001, 1000))).toBe(100_001 * 500 + 1000 * 2500);
  });

  it('a dated snapshot costs what its family does unless it has a row of its own', () => {
    expect(findModel(byName, 'gpt-4o-mini-2024-07-18')?.name).toBe('gpt-4o-mini');
    expect(findModel(byName, 'gpt-4o-2024-05-13')?.price.inputNanoUsdPerToken).toBe(5000);
    expect(findModel(byName, 'gpt-4o-2024-11-20')?.price.inputNanoUsdPerToken).toBe(2500);
    expect(findModel(byName, 'gpt-99')).toBeUndefined();
  });
});
