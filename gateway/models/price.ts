// Money from tokens, in whole nano-USD.
import type { TokenUsage } from '#foundation';
import type { Price } from '../contract.ts';

export function costOf(price: Price, usage: TokenUsage): number {
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens);
  return (
    (usage.inputTokens - cached) * price.inputNanoUsdPerToken +
    cached * price.cachedInputNanoUsdPerToken +
    usage.outputTokens * price.outputNanoUsdPerToken
  );
}

/** The most that a call can cost: nothing cached, the whole output cap used. */
export function worstCost(price: Price, inputTokens: number, outputTokens: number): number {
  return (
    inputTokens * Math.max(price.inputNanoUsdPerToken, price.cachedInputNanoUsdPerToken) +
    outputTokens * price.outputNanoUsdPerToken
  );
}

/** USD per million tokens to nano-USD per token; a fraction is rounded up, so that nothing is under-priced. */
export function nanoUsdPerToken(usdPerMillion: number): number {
  // Ten decimals first: 0.15 × 1000 is 150, not 150.00000000000003.
  return Math.ceil(Number((usdPerMillion * 1000).toFixed(6)));
}
