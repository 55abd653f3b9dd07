// A price of the configuration, in our form.
import type { Price } from '../../contract.ts';
import type { PriceSettings } from '../providers/settings.ts';
import { priceOf } from './usd.ts';
import type { UsdRates } from './usd.ts';

type ConfiguredRates = Omit<PriceSettings, 'tiers' | 'source' | 'date'>;

export function configuredPrice({ tiers, source, date, ...rates }: PriceSettings): Price {
  return priceOf(
    ratesOf(rates),
    tiers.map(({ aboveInputTokens, ...tier }) => ({ above: aboveInputTokens, ...ratesOf(tier) })),
    { source, date },
  );
}

function ratesOf(rates: ConfiguredRates): UsdRates {
  return {
    input: rates.inputUsdPerMillion,
    cached: rates.cachedInputUsdPerMillion,
    write: rates.cacheWriteUsdPerMillion,
    longWrite: rates.longCacheWriteUsdPerMillion,
    output: rates.outputUsdPerMillion,
    reasoning: rates.reasoningUsdPerMillion,
    image: rates.imageInputUsdPerMillion,
    audio: rates.audioInputUsdPerMillion,
  };
}
