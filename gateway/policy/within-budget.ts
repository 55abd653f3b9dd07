// Reserve before an attempt, settle after it, exactly once whatever happens in between. Each attempt has its own
// hold: what a failed one may have cost is charged, and the next one has to fit as well.
import { ShoalError } from '#foundation';
import type { Call, Step } from '../chain.ts';
import type { Price, ProviderAnswer } from '../contract.ts';
import type { Answer, EmbedCall, GenerateCall } from '../models/answer.ts';
import { costOf, worstCost } from '../models/price.ts';
import { ProviderError } from '../models/provider-error.ts';
import { inputTokenBound, textsTokenBound } from '../models/tokens.ts';
import type { Admission, Admitted } from './admission.ts';
import type { OwnedLedger } from './ledger.ts';

/** An answer cut shorter than this is of no use to anyone. */
const LEAST_OUTPUT_TOKENS = 64;

export interface BudgetOptions {
  readonly ledger: OwnedLedger;
  readonly admission: Admission;
  readonly price: Price;
}

export function withinBudget({ ledger, admission, price }: BudgetOptions): Step<GenerateCall, Answer> {
  return (next) => async (call) => {
    const inputTokens = inputTokenBound(call.request);
    const least = Math.min(LEAST_OUTPUT_TOKENS, call.maxOutputTokens);
    const within = (headroom: number): number | undefined => {
      const tokens = tokensWithin(price, inputTokens, call.maxOutputTokens, headroom);
      return tokens < least ? undefined : worstCost(price, inputTokens, tokens);
    };
    const nanoUsd = worstCost(price, inputTokens, call.maxOutputTokens);
    const admitted = await admission.admit({ node: call.budget, nanoUsd, within, signal: call.signal });
    const maxOutputTokens = tokensWithin(price, inputTokens, call.maxOutputTokens, admitted.nanoUsd);
    return charged(ledger, price, call, admitted, () => next({ ...call, maxOutputTokens }), usageOf);
  };
}

export function embeddingWithinBudget<A extends { readonly inputTokens: number }>(options: BudgetOptions): Step<EmbedCall, A> {
  const { ledger, admission, price } = options;
  return (next) => async (call) => {
    const nanoUsd = worstCost(price, textsTokenBound(call.texts), 0);
    const admitted = await admission.admit({ node: call.budget, nanoUsd, within: () => undefined, signal: call.signal });
    return charged(
      ledger,
      price,
      call,
      admitted,
      () => next(call),
      ({ inputTokens }) => ({
        inputTokens,
        outputTokens: 0,
        cachedInputTokens: 0,
      }),
    );
  };
}

const usageOf = (answer: Answer): ProviderAnswer['usage'] => answer.usage;

async function charged<A>(
  ledger: OwnedLedger,
  price: Price,
  call: Call,
  admitted: Admitted,
  work: () => Promise<A>,
  usage: (answer: A) => ProviderAnswer['usage'],
): Promise<A> {
  try {
    const answer = await work();
    call.tally.costNanoUsd += ledger.settle(admitted.hold, costOf(price, usage(answer)));
    return answer;
  } catch (error) {
    // A second settlement of the same hold changes nothing, so this is right wherever the error came from.
    call.tally.costNanoUsd += ledger.settle(admitted.hold, billedBy(error, price, admitted));
    throw error;
  }
}

function billedBy(error: unknown, price: Price, admitted: Admitted): number {
  if (error instanceof ProviderError) {
    if (error.billed.kind === 'nothing') return 0;
    if (error.billed.kind === 'usage') return Math.min(admitted.nanoUsd, costOf(price, error.billed.usage));
    return admitted.nanoUsd;
  }
  // Aborted or refused before it reached the provider.
  if (error instanceof ShoalError && error.code === 'cancelled') return 0;
  return admitted.nanoUsd;
}

/** The largest output cap whose worst case fits into the amount. */
function tokensWithin(price: Price, inputTokens: number, wanted: number, nanoUsd: number): number {
  if (price.outputNanoUsdPerToken === 0) return worstCost(price, inputTokens, 0) <= nanoUsd ? wanted : 0;
  const left = nanoUsd - worstCost(price, inputTokens, 0);
  return Math.max(0, Math.min(wanted, Math.floor(left / price.outputNanoUsdPerToken)));
}
