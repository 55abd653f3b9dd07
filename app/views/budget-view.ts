// Budgets as people see them: USD instead of nano-USD, times and windows in words.
import type { BudgetAlertView, BudgetChangeView, BudgetView } from '#api/contract';
import { formatWindow } from '#gateway';
import type { BudgetAlert, BudgetBalance, BudgetChange } from '#gateway/contract';

const NANO_PER_USD = 1e9;

export function budgetView(balance: BudgetBalance): BudgetView {
  const { parent, limitNanoUsd, limitTokens, headroomNanoUsd, headroomTokens, resetsAtMs, closedAtMs } = balance;
  return {
    id: balance.id,
    ...(parent === undefined ? {} : { parent }),
    ...(limitNanoUsd === undefined ? {} : { limitUsd: usd(limitNanoUsd) }),
    ...(limitTokens === undefined ? {} : { limitTokens }),
    window: formatWindow(balance.window),
    edge: balance.edge,
    alertPercents: [...balance.alertPercents],
    closed: balance.closed,
    ...(closedAtMs === undefined ? {} : { closedAt: time(closedAtMs) }),
    spentUsd: usd(balance.spentNanoUsd),
    spentTokens: balance.spentTokens,
    reservedUsd: usd(balance.reservedNanoUsd),
    reservedTokens: balance.reservedTokens,
    ...(headroomNanoUsd === undefined ? {} : { headroomUsd: usd(headroomNanoUsd) }),
    ...(headroomTokens === undefined ? {} : { headroomTokens }),
    ...(resetsAtMs === undefined ? {} : { resetsAt: time(resetsAtMs) }),
    extensions: balance.extensions.map(({ nanoUsd, tokens, fromMs, untilMs }) => ({
      usd: usd(nanoUsd),
      tokens,
      from: time(fromMs),
      until: time(untilMs),
    })),
    alerts: balance.alerts.map(budgetAlertView),
  };
}

export function budgetAlertView({ node, measure, percent, atMs, spent, limit }: BudgetAlert): BudgetAlertView {
  const amount = measure === 'usd' ? usd : (tokens: number): number => tokens;
  return { node, measure, percent, at: time(atMs), spent: amount(spent), limit: amount(limit) };
}

export function budgetChangeView({ act, before, after }: BudgetChange): BudgetChangeView {
  return { act, ...(before === undefined ? {} : { before: budgetView(before) }), after: budgetView(after) };
}

const usd = (nanoUsd: number): number => nanoUsd / NANO_PER_USD;
const time = (ms: number): string => new Date(ms).toISOString();
