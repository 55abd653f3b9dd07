// DeepSeek. Half as dear outside peak hours (weekdays 01:00–04:00 and 06:00–10:00 UTC, Chinese holidays excepted).
// Holidays cannot be known from here, so the peak price stands: a budget may be under-spent by it, never over.
import { rowsFrom } from './catalogue.ts';
import type { CatalogueModel } from './catalogue.ts';

const MILLION = 1_000_000;
const OUTPUT = 384_000;

export const DEEPSEEK_MODELS: readonly CatalogueModel[] = [
  ...rowsFrom({ source: 'api-docs.deepseek.com/quick_start/pricing', date: '2026-10-27' }, [
    {
      names: ['deepseek-flash', 'deepseek-v4-flash'],
      context: MILLION,
      maxOutput: OUTPUT,
      thinks: true,
      input: 0.3,
      cached: 0.006,
      output: 1.2,
    },
    { names: ['deepseek-v4-pro'], context: MILLION, maxOutput: OUTPUT, thinks: true, input: 1.32, cached: 0.044, output: 3.96 },
  ]),
];
