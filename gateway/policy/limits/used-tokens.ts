// How many tokens an attempt used in truth, so that a window counts those and not their bound.
import { ShoalError } from '#foundation';
import type { ErrorCode } from '#foundation';
import { ProviderError } from '../../models/provider-error.ts';

export function tokensOf(usage: { readonly inputTokens: number; readonly outputTokens: number }): number {
  return usage.inputTokens + usage.outputTokens;
}

/** Refusals of our own, and a caller who left while the call waited: a provider's part in it would say what it billed. */
const BEFORE_SENDING: ReadonlySet<ErrorCode> = new Set([
  'budget_exceeded',
  'limit_exceeded',
  'cancelled',
  'forbidden',
  'invalid_input',
  'model_unknown',
  'model_unpriced',
]);

/** After a failure: nothing where nothing was sent, the bound where nobody knows. */
export function tokensAfter(error: unknown, bound: number): number {
  if (error instanceof ProviderError) {
    if (error.billed.kind === 'nothing') return 0;
    return error.billed.kind === 'usage' ? tokensOf(error.billed.usage) : bound;
  }
  return error instanceof ShoalError && BEFORE_SENDING.has(error.code) ? 0 : bound;
}
