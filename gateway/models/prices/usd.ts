// Prices as people write them, in USD per million tokens, and as we count them, in nano-USD per token.
import type { Price, PriceTier, Rates } from '../../contract.ts';

/** USD per million tokens. What is absent costs what `input` or `output` does. */
export interface UsdRates {
  readonly input: number;
  readonly cached?: number | undefined;
  readonly write?: number | undefined;
  readonly longWrite?: number | undefined;
  readonly output: number;
  readonly reasoning?: number | undefined;
  readonly image?: number | undefined;
  readonly audio?: number | undefined;
}

export interface UsdTier extends UsdRates {
  readonly above: number;
}

export interface Origin {
  readonly source: string;
  readonly date?: string | undefined;
}

export function priceOf(rates: UsdRates, tiers: readonly UsdTier[], { source, date }: Origin): Price {
  return {
    ...ratesOf(rates),
    ...(tiers.length === 0
      ? {}
      : { tiers: tiers.map(tierOf).toSorted((one, other) => one.aboveInputTokens - other.aboveInputTokens) }),
    source,
    ...(date === undefined ? {} : { date }),
  };
}

const tierOf = (tier: UsdTier): PriceTier => ({ aboveInputTokens: tier.above, ...ratesOf(tier) });

function ratesOf({ input, cached, write, longWrite, output, reasoning, image, audio }: UsdRates): Rates {
  return {
    inputNanoUsdPerToken: nanoUsdPerToken(input),
    cachedInputNanoUsdPerToken: nanoUsdPerToken(cached ?? input),
    outputNanoUsdPerToken: nanoUsdPerToken(output),
    ...(write === undefined ? {} : { cacheWriteNanoUsdPerToken: nanoUsdPerToken(write) }),
    ...(longWrite === undefined ? {} : { longCacheWriteNanoUsdPerToken: nanoUsdPerToken(longWrite) }),
    ...(reasoning === undefined ? {} : { reasoningNanoUsdPerToken: nanoUsdPerToken(reasoning) }),
    ...(image === undefined ? {} : { imageInputNanoUsdPerToken: nanoUsdPerToken(image) }),
    ...(audio === undefined ? {} : { audioInputNanoUsdPerToken: nanoUsdPerToken(audio) }),
  };
}

/** Whole picodollars; a fraction of one is rounded up, so that nothing is under-priced. */
export function nanoUsdPerToken(usdPerMillion: number): number {
  if (!Number.isFinite(usdPerMillion) || usdPerMillion < 0) throw new RangeError(`${usdPerMillion} is no price.`);
  // Six decimals first: 0.15 × 1,000,000 is 150,000, not 150,000.00000000003.
  return Math.ceil(Number((usdPerMillion * 1_000_000).toFixed(6))) / 1000;
}

/** For tables that people read. */
export function usdPerMillion(nanoUsdPerToken: number): number {
  return Number((nanoUsdPerToken / 1000).toFixed(6));
}
