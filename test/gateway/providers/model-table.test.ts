// The table behind `shoal models list`.
import { describe, expect, it } from 'vitest';
import { modelTable } from '../../../gateway/models/model-table.ts';
import { resolveProviders } from '../../../gateway/models/providers/resolve-providers.ts';
import { PricesSchema, ProvidersSchema } from '../../../gateway/models/providers/settings.ts';

const providers = resolveProviders(
  {
    providers: ProvidersSchema.parse({ mine: { baseUrl: 'http://127.0.0.1:1', models: { m: {} } } }),
    prices: PricesSchema.parse({}),
  },
  { ANTHROPIC_API_KEY: 'x' },
);

describe('the table of models', () => {
  it('says who has a model, what is missing, what it costs and who says so', () => {
    const rows = modelTable(providers);
    expect(rows.find(({ id }) => id === 'anthropic/claude-haiku-5-5')).toEqual({
      id: 'anthropic/claude-haiku-5-5',
      provider: 'anthropic',
      available: true,
      missing: undefined,
      contextTokens: 1_000_000,
      maxOutputTokens: 128_000,
      price: {
        inputUsd: 0.1,
        cachedInputUsd: 0.01,
        cacheWriteUsd: 0.125,
        outputUsd: 0.5,
        tiers: [{ aboveInputTokens: 100_000, inputUsd: 0.5, cachedInputUsd: 0.05, cacheWriteUsd: 0.625, outputUsd: 2.5 }],
        source: 'platform.claude.com/docs/en/about-claude/pricing',
        date: '2026-10-24',
      },
    });
    expect(rows.find(({ id }) => id === 'openai/gpt-4o')).toMatchObject({ available: false, missing: 'OPENAI_API_KEY' });
    expect(rows.find(({ id }) => id === 'mine/m')).toMatchObject({ available: true, price: undefined });
  });

  it('can leave out what cannot be called', () => {
    const rows = modelTable(providers, { onlyAvailable: true });
    expect(new Set(rows.map((row) => row.provider))).toEqual(new Set(['anthropic', 'mine']));
  });
});
