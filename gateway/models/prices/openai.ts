// OpenAI, standard processing. Since GPT-5.4, input of more than 272,000 tokens makes the whole call dearer: input and
// cache twice, output one and a half times. Writing the cache costs a quarter more since GPT-5.6.
import { rowsFrom } from './catalogue.ts';
import type { CatalogueModel, CatalogueRow } from './catalogue.ts';
import type { UsdRates } from './usd.ts';

const LONG = 272_000;

export const OPENAI_MODELS: readonly CatalogueModel[] = [
  ...rowsFrom({ source: 'developers.openai.com/api/docs/models (page of each model)', date: '2026-11-18' }, [
    ...longContext(['gpt-6.2-sol'], { input: 2, cached: 0.1, write: 2.5, longWrite: 5, output: 10 }),
    // Its write price for 12 hours is taken to stand to its input as that of Sol does.
    ...longContext(['gpt-6.2-astra'], { input: 8, cached: 0.4, write: 10, longWrite: 20, output: 40 }),
  ]),
  ...rowsFrom({ source: 'developers.openai.com/api/docs/pricing', date: '2026-10-13' }, [
    ...longContext(['gpt-6.1-sol'], { input: 2, cached: 0.1, write: 2.5, output: 10 }),
    ...longContext(['gpt-6-sol'], { input: 2, cached: 0.2, write: 2.5, output: 10 }),
    ...longContext(['gpt-6-luna'], { input: 0.1, cached: 0.01, write: 0.125, output: 0.5 }),
    ...longContext(['gpt-6-astra'], { input: 10, cached: 1, write: 12.5, output: 50 }),
    // Its cached rate is that of before its last price cut: a lower one could not be sourced.
    ...longContext(['gpt-5.6-sol', 'gpt-5.6'], { input: 4, cached: 0.5, write: 5, output: 20 }),
    ...longContext(['gpt-5.6-terra'], { input: 2, cached: 0.2, write: 2.5, output: 12 }),
    ...longContext(['gpt-5.6-luna'], { input: 0.2, cached: 0.02, write: 0.25, output: 1.2 }),
  ]),
  ...rowsFrom({ source: 'developers.openai.com/api/docs/pricing', date: '2026-06-01' }, [
    ...longContext(['gpt-5.5'], { input: 5, cached: 0.5, output: 30 }),
    ...longContext(['gpt-5.4'], { input: 2.5, cached: 0.25, output: 15 }),
    thinking('gpt-5.4-mini', 0.75, 0.075, 4.5),
    thinking('gpt-5.4-nano', 0.2, 0.02, 1.25),
    thinking('gpt-5.1', 1.25, 0.125, 10),
    thinking('gpt-5', 1.25, 0.125, 10),
    thinking('gpt-5-mini', 0.25, 0.025, 2),
    thinking('gpt-5-nano', 0.05, 0.005, 0.4),
    { names: ['o4-mini'], context: 200_000, maxOutput: 100_000, thinks: true, input: 1.1, cached: 0.275, output: 4.4 },
    { names: ['o3'], context: 200_000, maxOutput: 100_000, thinks: true, input: 2, cached: 0.5, output: 8 },
    { names: ['gpt-4.1'], context: 1_047_576, maxOutput: 32_768, input: 2, cached: 0.5, output: 8 },
    { names: ['gpt-4.1-mini'], context: 1_047_576, maxOutput: 32_768, input: 0.4, cached: 0.1, output: 1.6 },
    { names: ['gpt-4.1-nano'], context: 1_047_576, maxOutput: 32_768, input: 0.1, cached: 0.025, output: 0.4 },
    { names: ['gpt-4o'], context: 128_000, maxOutput: 16_384, input: 2.5, cached: 1.25, output: 10 },
    // The first snapshot kept its first price.
    { names: ['gpt-4o-2024-05-13'], context: 128_000, maxOutput: 4096, input: 5, output: 15 },
    { names: ['gpt-4o-mini'], context: 128_000, maxOutput: 16_384, input: 0.15, cached: 0.075, output: 0.6 },
    { names: ['text-embedding-3-small'], context: 8191, maxOutput: 0, input: 0.02, output: 0 },
    { names: ['text-embedding-3-large'], context: 8191, maxOutput: 0, input: 0.13, output: 0 },
  ]),
];

function twice(rate: number | undefined): number | undefined {
  return rate === undefined ? undefined : rate * 2;
}

function longContext(names: readonly string[], rates: UsdRates): readonly CatalogueRow[] {
  const tier = {
    above: LONG,
    input: rates.input * 2,
    cached: twice(rates.cached),
    write: twice(rates.write),
    longWrite: twice(rates.longWrite),
    output: rates.output * 1.5,
  };
  return [{ names, context: 1_050_000, maxOutput: 128_000, thinks: true, ...rates, tiers: [tier] }];
}

function thinking(name: string, input: number, cached: number, output: number): CatalogueRow {
  return { names: [name], context: 400_000, maxOutput: 128_000, thinks: true, input, cached, output };
}
