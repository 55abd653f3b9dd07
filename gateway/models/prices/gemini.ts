// Gemini Developer API, paid tier. The Pro models are dearer for prompts of more than 200,000 tokens. Cached input is
// priced as fresh input where the price of a cache read could not be sourced. Storage of caches is charged by the hour
// and is not the price of a call: it is left to whoever makes a cache.
import { rowsFrom } from './catalogue.ts';
import type { CatalogueModel } from './catalogue.ts';

const MILLION = 1_048_576;
const OUTPUT = 65_536;
const LONG = 200_000;

export const GEMINI_MODELS: readonly CatalogueModel[] = [
  ...rowsFrom({ source: 'ai.google.dev/gemini-api/docs/pricing, by price lists that quote it', date: '2026-11' }, [
    {
      names: ['gemini-4-argon'],
      context: MILLION,
      maxOutput: OUTPUT,
      thinks: true,
      input: 2,
      cached: 0.1,
      output: 10,
      later: { from: '2026-12-01', input: 4, cached: 0.2, output: 20 },
    },
    { names: ['gemini-4-neon'], context: MILLION, maxOutput: OUTPUT, thinks: true, input: 3, cached: 0.15, output: 15 },
    { names: ['gemini-4-hydrogen'], context: MILLION, maxOutput: OUTPUT, thinks: true, input: 1.5, cached: 0.075, output: 7.5 },
  ]),
  ...rowsFrom({ source: 'ai.google.dev/gemini-api/docs/pricing', date: '2026-10-07' }, [
    {
      names: ['gemini-3.8-flash'],
      context: MILLION,
      maxOutput: OUTPUT,
      thinks: true,
      input: 0.75,
      cached: 0.075,
      output: 3.75,
      later: { from: '2027-01-01', input: 1.5, cached: 0.15, output: 7.5 },
    },
    { names: ['gemini-3.5-flash'], context: MILLION, maxOutput: OUTPUT, thinks: true, input: 1.5, cached: 0.15, output: 9 },
    { names: ['gemini-3.5-flash-lite'], context: MILLION, maxOutput: OUTPUT, thinks: true, input: 0.3, output: 2.5 },
    {
      names: ['gemini-3.1-pro-preview'],
      context: MILLION,
      maxOutput: OUTPUT,
      thinks: true,
      input: 2,
      cached: 0.2,
      output: 12,
      tiers: [{ above: LONG, input: 4, cached: 0.4, output: 18 }],
    },
    {
      names: ['gemini-2.5-pro'],
      context: MILLION,
      maxOutput: OUTPUT,
      thinks: true,
      input: 1.25,
      output: 10,
      tiers: [{ above: LONG, input: 2.5, output: 15 }],
    },
    { names: ['gemini-2.5-flash'], context: MILLION, maxOutput: OUTPUT, thinks: true, input: 0.3, audio: 1, output: 2.5 },
    { names: ['gemini-embedding-2'], context: 8192, maxOutput: 0, input: 0.2, output: 0 },
  ]),
];
