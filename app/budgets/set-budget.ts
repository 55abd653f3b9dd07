// What people ask of budgets, said to the ledger: the same for the page and the command line.
import type { BudgetAddRequest, BudgetExtensionRequest, BudgetRequest } from '#api/contract';
import { ShoalError } from '#foundation';
import { parseWindow } from '#gateway';
import { ROOT_BUDGET } from '#gateway/contract';
import type { BudgetBalance, BudgetChange, BudgetEdit, Ledger } from '#gateway/contract';

const NANO_PER_USD = 1e9;

/** Opens the node, opens it again, or changes it. Throws `invalid_input`, `not_found` (parent), `conflict` (other parent). */
export function setBudget(ledger: Ledger, id: string, request: BudgetRequest): BudgetChange {
  const { parent, limitUsd, limitTokens, window, edge, alertPercents } = request;
  const edit: BudgetEdit = {
    ...(limitUsd === undefined ? {} : { limitNanoUsd: limitUsd === null ? undefined : nanoUsd(limitUsd) }),
    ...(limitTokens === undefined ? {} : { limitTokens: limitTokens ?? undefined }),
    ...(window === undefined ? {} : { window: parseWindow(window) }),
    ...(edge === undefined ? {} : { edge }),
    ...(alertPercents === undefined ? {} : { alertPercents }),
  };
  const known = ledger.balance(id);
  const under = parent ?? known?.parent;
  if (known !== undefined && !known.closed && under === known.parent) return ledger.change(id, edit);
  return ledger.open({
    limitNanoUsd: known?.limitNanoUsd,
    ...edit,
    id,
    parent: known === undefined ? (under ?? ROOT_BUDGET) : under,
  });
}

/** Throws `not_found`, `conflict` (no limit to add to). */
export function addToBudget(ledger: Ledger, id: string, { usd, tokens }: BudgetAddRequest): BudgetChange {
  return ledger.raise(id, { nanoUsd: nanoUsd(usd), tokens });
}

export function extendBudget(ledger: Ledger, id: string, { usd, tokens, until }: BudgetExtensionRequest): BudgetChange {
  return ledger.extend(id, { nanoUsd: nanoUsd(usd), tokens, untilMs: Date.parse(until) });
}

/** Throws `not_found`. */
export function knownBudget(ledger: Ledger, id: string): BudgetBalance {
  const balance = ledger.balance(id);
  if (balance !== undefined) return balance;
  throw new ShoalError('not_found', `There is no budget called ${id}.`, { hint: 'See npx shoal budgets list.' });
}

const nanoUsd = (usd: number): number => Math.round(usd * NANO_PER_USD);
