// Known models: limits and prices, in USD per million tokens for standard processing. Dated; `prices` in config.yaml
// replaces any of them. Models with price tiers by prompt length are left out until tiers can be reserved for.
import type { Price } from '../contract.ts';
import { nanoUsdPerToken } from './price.ts';

export interface CatalogueModel {
  readonly name: string;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  readonly reasoningTokens?: number;
  readonly price: Price;
}

/** OpenAI's price page as quoted by several public lists between March and June 2026. */
const SOURCE = 'developers.openai.com/api/docs/pricing, cross-checked 2026-06';

/** name, context, most output, input, cached input, output. */
type Row = readonly [string, number, number, number, number, number];

const CHAT: readonly Row[] = [
  ['gpt-5', 400_000, 128_000, 1.25, 0.125, 10],
  ['gpt-5-mini', 400_000, 128_000, 0.25, 0.025, 2],
  ['gpt-5-nano', 400_000, 128_000, 0.05, 0.005, 0.4],
  ['gpt-5.1', 400_000, 128_000, 1.25, 0.125, 10],
  ['gpt-5.4-mini', 400_000, 128_000, 0.75, 0.075, 4.5],
  ['gpt-5.4-nano', 400_000, 128_000, 0.2, 0.02, 1.25],
  ['gpt-4.1', 1_047_576, 32_768, 2, 0.5, 8],
  ['gpt-4.1-mini', 1_047_576, 32_768, 0.4, 0.1, 1.6],
  ['gpt-4.1-nano', 1_047_576, 32_768, 0.1, 0.025, 0.4],
  ['gpt-4o', 128_000, 16_384, 2.5, 1.25, 10],
  ['gpt-4o-mini', 128_000, 16_384, 0.15, 0.075, 0.6],
  ['o4-mini', 200_000, 100_000, 1.1, 0.275, 4.4],
];
const EMBEDDINGS: readonly Row[] = [
  ['text-embedding-3-small', 8191, 0, 0.02, 0.02, 0],
  ['text-embedding-3-large', 8191, 0, 0.13, 0.13, 0],
];

/** Models that think before they answer, and how much room low effort needs for it. */
const REASONING = /^(gpt-5|o\d)/;
const REASONING_TOKENS = 2048;

export function openAiCatalogue(): readonly CatalogueModel[] {
  return [...CHAT, ...EMBEDDINGS].map(([name, contextTokens, maxOutputTokens, input, cached, output]) => ({
    name,
    contextTokens,
    maxOutputTokens,
    ...(REASONING.test(name) ? { reasoningTokens: REASONING_TOKENS } : {}),
    price: priceOf(input, cached, output, SOURCE),
  }));
}

export function priceOf(input: number, cached: number, output: number, source: string): Price {
  return {
    inputNanoUsdPerToken: nanoUsdPerToken(input),
    cachedInputNanoUsdPerToken: nanoUsdPerToken(cached),
    outputNanoUsdPerToken: nanoUsdPerToken(output),
    source,
  };
}

/** `gpt-4o-mini-2024-07-18` is priced as `gpt-4o-mini`: a dated snapshot costs what its alias costs. */
export function withoutDate(name: string): string {
  return name.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}
