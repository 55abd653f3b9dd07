// Reserve before an attempt, settle after it, exactly once whatever happens in between. Each attempt has its own
// hold: what a failed one may have cost is charged, and the next one has to fit as well. The call goes out when its
// hold is on disk, with the output cap that is paid for.
import { ShoalError } from '#foundation';
import type { Step } from '../../chain.ts';
import type { Price } from '../../contract.ts';
import { NO_USAGE } from '../../models/exchange.ts';
import type { Usage } from '../../models/exchange.ts';
import type { Attempt, ModelAnswer } from '../../models/model-call.ts';
import { ProviderError } from '../../models/provider-error.ts';
import type { Admission, Admitted } from './admission.ts';
import type { Amounts } from './catalogue.ts';
import type { OwnedLedger } from './ledger.ts';

/** An answer cut shorter than this is of no use to anyone. */
export const LEAST_OUTPUT_TOKENS = 64;

/** Money from tokens. `worstCost` must not fall when either count grows: dearest tier, nothing cached. */
export interface Pricing {
  worstCost(price: Price, inputTokens: number, outputTokens: number): number;
  costOf(price: Price, usage: Usage): number;
}

export interface BudgetedOptions {
  readonly ledger: OwnedLedger;
  readonly admission: Admission;
  readonly pricing: Pricing;
  /** Told before the call goes out that its output cap was lowered to what the budget has left. */
  readonly onClamped: (call: Attempt, cap: number) => void;
  /** Told before the call goes out that it passes soft limits. */
  readonly onOverSoft: (call: Attempt, nodes: readonly string[]) => void;
}

export function budgeted(options: BudgetedOptions): Step<Attempt, ModelAnswer> {
  const { ledger, admission, pricing, onClamped, onOverSoft } = options;
  return (next) => async (call) => {
    const { price } = call.place.info;
    // A price of nothing in every count: only a limit in tokens could refuse it.
    const cap = call.operation === 'embed' ? 0 : call.cap;
    const whole = amountsOf(pricing, price, call, cap);
    if (whole.nanoUsd === 0 && ledger.capacity(call.budget).tokens === Infinity) return next(call);
    const least = Math.min(LEAST_OUTPUT_TOKENS, cap);
    const admitted = await admission.admit({
      ...whole,
      node: call.budget,
      within: (room) => {
        const fitting = largestCap(least, cap, (tokens) => fits(amountsOf(pricing, price, call, tokens), room));
        return fitting === undefined ? undefined : amountsOf(pricing, price, call, fitting);
      },
      signal: call.signal,
    });
    let sent = call;
    if (admitted.nanoUsd < whole.nanoUsd || admitted.tokens < whole.tokens) {
      const paid = largestCap(least, cap, (tokens) => fits(amountsOf(pricing, price, call, tokens), admitted)) ?? least;
      sent = { ...call, cap: paid };
      onClamped(sent, paid);
    }
    if (admitted.overSoft.length > 0) onOverSoft(sent, admitted.overSoft);
    try {
      const writing = ledger.durable();
      if (writing !== undefined) await writing;
    } catch (error) {
      // It never went out.
      ledger.release(admitted.hold);
      throw new ShoalError('storage_failed', 'The budget’s journal cannot be written, so no call may go out.', {
        cause: error,
        hint: 'Make room on the disk that holds SHOAL_HOME.',
      });
    }
    try {
      const answer = await next(sent);
      settle(ledger, call, admitted, costOf(pricing, price, answer.usage), tokensOf(answer.usage));
      return answer;
    } catch (error) {
      // A second settlement of the same hold changes nothing, so this is right wherever the error came from.
      const billed = billedBy(error, pricing, price, admitted);
      settle(ledger, call, admitted, billed.nanoUsd, billed.tokens);
      throw error;
    }
  };
}

function settle(ledger: OwnedLedger, call: Attempt, { hold }: Admitted, nanoUsd: number, tokens: number): void {
  call.tally.costNanoUsd += ledger.settle(hold, nanoUsd, tokens);
}

function billedBy(error: unknown, pricing: Pricing, price: Price | undefined, { nanoUsd, tokens }: Admitted): Amounts {
  if (error instanceof ProviderError) {
    const { billed } = error;
    if (billed.kind === 'nothing') return { nanoUsd: 0, tokens: 0 };
    if (billed.kind === 'unknown') return { nanoUsd, tokens };
    const usage = { ...NO_USAGE, ...billed.usage };
    return { nanoUsd: Math.min(nanoUsd, costOf(pricing, price, usage)), tokens: Math.min(tokens, tokensOf(usage)) };
  }
  // Aborted or refused before it reached the provider.
  if (error instanceof ShoalError && error.code === 'cancelled') return { nanoUsd: 0, tokens: 0 };
  return { nanoUsd, tokens };
}

function amountsOf(pricing: Pricing, price: Price | undefined, call: Attempt, cap: number): Amounts {
  const output = cap * call.choices;
  return {
    nanoUsd: price === undefined ? 0 : pricing.worstCost(price, call.inputTokenBound, output),
    tokens: call.inputTokenBound + output,
  };
}

function costOf(pricing: Pricing, price: Price | undefined, usage: Usage): number {
  return price === undefined ? 0 : pricing.costOf(price, usage);
}

function tokensOf({ inputTokens, outputTokens }: Usage): number {
  return inputTokens + outputTokens;
}

function fits(amounts: Amounts, room: Amounts): boolean {
  return amounts.nanoUsd <= room.nanoUsd && amounts.tokens <= room.tokens;
}

/** By halving, since prices may have tiers. */
export function largestCap(least: number, most: number, fit: (cap: number) => boolean): number | undefined {
  if (!fit(least)) return undefined;
  let [good, bad] = [least, most + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (fit(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
