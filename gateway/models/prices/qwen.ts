// Qwen on Alibaba Cloud Model Studio, international. The length of the prompt decides the price of the whole call.
import { rowsFrom } from './catalogue.ts';
import type { CatalogueModel } from './catalogue.ts';

const THOUSAND = 1000;

export const QWEN_MODELS: readonly CatalogueModel[] = [
  ...rowsFrom({ source: 'alibabacloud.com/help/en/model-studio/model-pricing, by price lists that quote it', date: '2026-10' }, [
    { names: ['qwen3.7-max'], context: 1_000_000, maxOutput: 65_536, thinks: true, input: 2.5, output: 7.5 },
    {
      names: ['qwen3.6-plus'],
      context: 1_000_000,
      maxOutput: 65_536,
      thinks: true,
      input: 0.5,
      output: 3,
      tiers: [{ above: 256 * THOUSAND, input: 2, output: 6 }],
    },
    {
      names: ['qwen3-max'],
      context: 262_144,
      maxOutput: 65_536,
      input: 1.2,
      cached: 0.24,
      write: 1.5,
      output: 6,
      tiers: [
        { above: 32 * THOUSAND, input: 2.4, cached: 0.48, write: 3, output: 12 },
        { above: 128 * THOUSAND, input: 3, cached: 0.6, write: 3.75, output: 15 },
      ],
    },
    {
      names: ['qwen-flash'],
      context: 1_000_000,
      maxOutput: 32_768,
      thinks: true,
      input: 0.05,
      cached: 0.01,
      write: 0.063,
      output: 0.4,
      tiers: [{ above: 256 * THOUSAND, input: 0.25, cached: 0.05, write: 0.313, output: 2 }],
    },
  ]),
];
