// Mistral. Names that move (`…-latest`) have no row: they would change their price from one day to the next.
import { rowsFrom } from './catalogue.ts';
import type { CatalogueModel } from './catalogue.ts';

export const MISTRAL_MODELS: readonly CatalogueModel[] = [
  ...rowsFrom({ source: 'docs.mistral.ai/models/mistral-large-4-0', date: '2026-10-06' }, [
    // The list price; while the model is in preview it is charged at half of it.
    {
      names: ['mistral-large-4', 'mistral-large-4-0'],
      context: 1_048_576,
      maxOutput: 128_000,
      thinks: true,
      input: 1.36,
      cached: 0.14,
      output: 4.18,
    },
  ]),
  ...rowsFrom({ source: 'docs.mistral.ai/models/mistral-medium-3-5-26-04', date: '2026-08-27' }, [
    {
      names: ['mistral-medium-3.5', 'mistral-medium-3-5', 'mistral-medium-2604'],
      context: 256_000,
      maxOutput: 128_000,
      thinks: true,
      input: 1.5,
      output: 7.5,
    },
  ]),
  ...rowsFrom({ source: 'mistral.ai/pricing and docs.mistral.ai/inference/pricing', date: '2026-09-29' }, [
    { names: ['mistral-large-2512'], context: 262_144, maxOutput: 128_000, input: 0.5, cached: 0.05, output: 1.5 },
    { names: ['mistral-small-2506'], context: 128_000, maxOutput: 16_384, input: 0.1, output: 0.3 },
    { names: ['codestral-2508'], context: 256_000, maxOutput: 16_384, input: 0.3, output: 0.9 },
    { names: ['mistral-embed', 'mistral-embed-2312'], context: 8192, maxOutput: 0, input: 0.1, output: 0 },
  ]),
];
