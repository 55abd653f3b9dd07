// The models as a table, for `shoal models list` and the API: who has them, whether they can be called and what is
// missing, their limits, what they cost and who says so.
import type { ModelInfo, Price, Rates } from '../contract.ts';
import { usdPerMillion } from './prices/usd.ts';

/** USD per million tokens. */
export interface ModelTableRates {
  readonly inputUsd: number;
  readonly cachedInputUsd: number;
  readonly cacheWriteUsd: number | undefined;
  readonly outputUsd: number;
}

export interface ModelRow {
  readonly id: string;
  readonly provider: string;
  readonly available: boolean;
  readonly missing: string | undefined;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /** undefined = no price is known; such models are refused unless the caller's key opts in. */
  readonly price:
    | (ModelTableRates & {
        readonly tiers: readonly (ModelTableRates & { readonly aboveInputTokens: number })[];
        readonly source: string;
        readonly date: string | undefined;
      })
    | undefined;
}

/** Anything that lists models: a resolved provider, or the embedded one. */
export interface ListsModels {
  readonly id: string;
  models(): readonly ModelInfo[];
}

/** Rows by provider in the order given, within it as the provider lists them. */
export function modelTable(
  providers: readonly ListsModels[],
  settings: { readonly onlyAvailable?: boolean } = {},
): readonly ModelRow[] {
  return providers
    .flatMap((provider) => provider.models().map((info) => rowOf(provider.id, info)))
    .filter((row) => row.available || settings.onlyAvailable !== true);
}

function rowOf(provider: string, info: ModelInfo): ModelRow {
  const { id, available, missing, contextTokens, maxOutputTokens, price } = info;
  return {
    id,
    provider,
    available,
    missing,
    contextTokens,
    maxOutputTokens,
    price: price === undefined ? undefined : priceOf(price),
  };
}

function priceOf(price: Price): NonNullable<ModelRow['price']> {
  return {
    ...ratesOf(price),
    tiers: (price.tiers ?? []).map((tier) => ({ aboveInputTokens: tier.aboveInputTokens, ...ratesOf(tier) })),
    source: price.source,
    date: price.date,
  };
}

function ratesOf(rates: Rates): ModelTableRates {
  const write = rates.cacheWriteNanoUsdPerToken;
  return {
    inputUsd: usdPerMillion(rates.inputNanoUsdPerToken),
    cachedInputUsd: usdPerMillion(rates.cachedInputNanoUsdPerToken),
    cacheWriteUsd: write === undefined ? undefined : usdPerMillion(write),
    outputUsd: usdPerMillion(rates.outputNanoUsdPerToken),
  };
}
