// Changes of budgets and their entries of the audit chain, as one: what was set, not what was spent.
import type { Audit, BudgetBalance, BudgetChange, Gateway } from '#gateway/contract';
import { budgetView } from '../views/budget-view.ts';

const ACTIONS = { open: 'opened', change: 'changed', raise: 'raised', extend: 'extended', close: 'closed' } as const;

/** Makes the change and records it in one transaction; returns it, so that it can stand where the change was made. */
export function recordChange(audit: Audit, actor: string, work: () => BudgetChange): BudgetChange {
  return audit.record(() => {
    const change = work();
    const { act, before, after } = change;
    return {
      result: change,
      act: {
        actor,
        action: `budget.${ACTIONS[act]}`,
        subject: after.id,
        ...(before === undefined ? {} : { before: setOf(before) }),
        after: setOf(after),
      },
    };
  });
}

/** Forgets budgets that were closed before then, with an entry of how many. */
export function purgeBudgets(
  { audit, ledger }: Pick<Gateway, 'audit' | 'ledger'>,
  actor: string,
  closedBeforeMs: number,
): number {
  return audit.record(() => {
    const purged = ledger.purge(closedBeforeMs);
    const closedBefore = new Date(closedBeforeMs).toISOString();
    return {
      result: purged,
      act: { actor, action: 'budget.purged', subject: 'closed budgets', after: { closedBefore, purged } },
    };
  });
}

function setOf(balance: BudgetBalance): object {
  const { limitUsd, limitTokens, window, edge, alertPercents, extensions, closed } = budgetView(balance);
  return { limitUsd, limitTokens, window, edge, alertPercents, extensions, closed };
}
