// A change of a budget as an entry of the audit chain: what was set, not what was spent.
import type { Audit, BudgetBalance, BudgetChange } from '#gateway/contract';
import { budgetView } from '../views/budget-view.ts';

const ACTIONS = { open: 'opened', change: 'changed', extend: 'extended', close: 'closed' } as const;

/** Returns the change, so that it can stand where the change was made. */
export function recordChange(audit: Audit, change: BudgetChange, actor: string): BudgetChange {
  const { act, before, after } = change;
  audit.append({
    actor,
    action: `budget.${ACTIONS[act]}`,
    subject: after.id,
    ...(before === undefined ? {} : { before: setOf(before) }),
    after: setOf(after),
  });
  return change;
}

function setOf(balance: BudgetBalance): object {
  const { limitUsd, limitTokens, window, edge, alertPercents, extensions, closed } = budgetView(balance);
  return { limitUsd, limitTokens, window, edge, alertPercents, extensions, closed };
}
