// Money from tokens, exactly: sums are made in whole picodollars and rounded up to the nano-dollar once, at the end.
// What a call is charged can never be more than what was held for it, as long as its usage is within its bounds.
import { ShoalError } from '#foundation';
import type { TokenUsage } from '#foundation';
import type { Price, Rates } from '../../contract.ts';

/** A usage, and the parts of it that some models charge at rates of their own. Absent parts are none. */
export interface PricedUsage extends TokenUsage {
  readonly cacheWriteTokens?: number;
  /** Part of `cacheWriteTokens`: kept for an hour and more. */
  readonly longCacheWriteTokens?: number;
  readonly reasoningTokens?: number;
  /** Parts of `inputTokens` that were neither read from the cache nor written into it. */
  readonly imageInputTokens?: number;
  readonly audioInputTokens?: number;
}

export function costOf(price: Price, usage: PricedUsage): number {
  const input = counted(usage.inputTokens, 'inputTokens');
  const output = counted(usage.outputTokens, 'outputTokens');
  const rates = ratesAt(price, input);
  // Parts are taken off in turn, so that no token is charged twice even where a provider's parts exceed its whole.
  const cached = Math.min(counted(usage.cachedInputTokens, 'cachedInputTokens'), input);
  const written = Math.min(counted(usage.cacheWriteTokens, 'cacheWriteTokens'), input - cached);
  const writtenLong = Math.min(counted(usage.longCacheWriteTokens, 'longCacheWriteTokens'), written);
  const fresh = input - cached - written;
  const audio = Math.min(counted(usage.audioInputTokens, 'audioInputTokens'), fresh);
  const images = Math.min(counted(usage.imageInputTokens, 'imageInputTokens'), fresh - audio);
  const reasoning = Math.min(counted(usage.reasoningTokens, 'reasoningTokens'), output);
  const { inputNanoUsdPerToken: perInput, outputNanoUsdPerToken: perOutput } = rates;
  const perWrite = rates.cacheWriteNanoUsdPerToken ?? perInput;
  return roundedUp(
    (fresh - audio - images) * pico(perInput) +
      cached * pico(rates.cachedInputNanoUsdPerToken) +
      (written - writtenLong) * pico(perWrite) +
      writtenLong * pico(rates.longCacheWriteNanoUsdPerToken ?? perWrite) +
      audio * pico(rates.audioInputNanoUsdPerToken ?? perInput) +
      images * pico(rates.imageInputNanoUsdPerToken ?? perInput) +
      (output - reasoning) * pico(perOutput) +
      reasoning * pico(rates.reasoningNanoUsdPerToken ?? perOutput),
  );
}

/**
 * The most that a call can cost: every input token at its dearest rate, in the dearest tier that so many can reach,
 * and the whole cap written for each of the choices. (No provider with an `n` charges the input again for each choice.)
 */
export function worstCost(price: Price, inputTokenBound: number, cap: number, choices = 1): number {
  const input = counted(inputTokenBound, 'inputTokenBound');
  const output = counted(cap, 'cap') * counted(choices, 'choices');
  const rates = dearestRates(price, input);
  return roundedUp(input * pico(rates.input) + output * pico(rates.output));
}

/** The largest cap whose worst case fits into an amount; 0 where not even the input does. */
export function capWithin(price: Price, inputTokenBound: number, wanted: number, nanoUsd: number, choices = 1): number {
  const input = counted(inputTokenBound, 'inputTokenBound');
  const rates = dearestRates(price, input);
  const left = nanoUsd * PICO_PER_NANO - input * pico(rates.input);
  if (left < 0) return 0;
  const perCapToken = counted(choices, 'choices') * pico(rates.output);
  return perCapToken === 0 ? wanted : Math.min(wanted, Math.floor(left / perCapToken));
}

interface DearestRates {
  readonly input: number;
  readonly output: number;
}

/** A tier is reached by any input above its edge, so a bound reaches all tiers below it as well. */
function dearestRates(price: Price, inputTokenBound: number): DearestRates {
  let input = dearestInput(price);
  let output = dearestOutput(price);
  for (const tier of price.tiers ?? []) {
    if (inputTokenBound <= tier.aboveInputTokens) continue;
    input = Math.max(input, dearestInput(tier));
    output = Math.max(output, dearestOutput(tier));
  }
  return { input, output };
}

function dearestInput(rates: Rates): number {
  return Math.max(
    rates.inputNanoUsdPerToken,
    rates.cachedInputNanoUsdPerToken,
    rates.cacheWriteNanoUsdPerToken ?? 0,
    rates.longCacheWriteNanoUsdPerToken ?? 0,
    rates.audioInputNanoUsdPerToken ?? 0,
    rates.imageInputNanoUsdPerToken ?? 0,
  );
}

function dearestOutput(rates: Rates): number {
  return Math.max(rates.outputNanoUsdPerToken, rates.reasoningNanoUsdPerToken ?? 0);
}

function ratesAt(price: Price, inputTokens: number): Rates {
  let rates: Rates = price;
  for (const tier of price.tiers ?? []) if (inputTokens > tier.aboveInputTokens) rates = tier;
  return rates;
}

const PICO_PER_NANO = 1000;

/** Rates have at most three decimals; rounding takes off what binary fractions add (0.0028 × 1000 is not 2.8). */
function pico(nanoUsdPerToken: number): number {
  return Math.round(nanoUsdPerToken * PICO_PER_NANO);
}

function roundedUp(picoUsd: number): number {
  const nanoUsd = Math.ceil(picoUsd / PICO_PER_NANO);
  if (!Number.isSafeInteger(nanoUsd) || nanoUsd < 0) {
    throw new ShoalError('internal', 'A price gave an amount that is no amount of money.', {
      details: { nanoUsd: String(nanoUsd) },
    });
  }
  return nanoUsd;
}

function counted(tokens: number | undefined, name: string): number {
  if (tokens === undefined) return 0;
  if (!Number.isSafeInteger(tokens) || tokens < 0) {
    throw new ShoalError('internal', `${name} is no number of tokens: ${tokens}.`, { details: { name, tokens: String(tokens) } });
  }
  return tokens;
}
