// What models are, and what they cost.

/**
 * What tokens cost, in nano-USD each; at most three decimals (a picodollar), so that sums are exact. A token has one
 * rate only: what is absent costs what `input` or `output` does.
 */
export interface Rates {
  readonly inputNanoUsdPerToken: number;
  readonly cachedInputNanoUsdPerToken: number;
  readonly outputNanoUsdPerToken: number;
  /** Input written into the provider's prompt cache for its usual time (minutes). */
  readonly cacheWriteNanoUsdPerToken?: number;
  /** The same for the longest time that it offers (an hour and more). */
  readonly longCacheWriteNanoUsdPerToken?: number;
  readonly reasoningNanoUsdPerToken?: number;
  readonly imageInputNanoUsdPerToken?: number;
  readonly audioInputNanoUsdPerToken?: number;
}

/** Rates of the whole call, output too, once its input is longer than this. */
export interface PriceTier extends Rates {
  readonly aboveInputTokens: number;
}

export interface Price extends Rates {
  /** Rising by `aboveInputTokens`; below the first, the price's own rates hold. */
  readonly tiers?: readonly PriceTier[];
  /** Where the price was read. */
  readonly source: string;
  /** When it was read there, `2026-11-18`. */
  readonly date?: string;
}

export interface ModelInfo {
  /** `provider/name`. */
  readonly id: string;
  readonly kind: 'embedded' | 'provider';
  readonly price: Price | undefined;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /** Output tokens that a reasoning model may think with; added to every cap, since they are billed as output. */
  readonly reasoningTokens?: number;
  /** Whether its provider is configured (key present, URL set). */
  readonly available: boolean;
  /** The environment variable that would make it available. */
  readonly missing?: string;
  /** Nobody described its limits: they are guesses, and no bound may be taken from them. */
  readonly undescribed?: true;
}
