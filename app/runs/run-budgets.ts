// The budgets of runs. One is open while its run lives, is paused, or is talked to; otherwise it is closed, so that what
// it held is free again and the tree shows what goes on. What was spent stays in its books, and whoever goes on with the
// run finds the limit as it was left. A process that dies leaves its budgets to the next that looks.
import type { RunView } from '#api/contract';
import { ROOT_BUDGET, type Ledger } from '#gateway/contract';
import type { RunCatalog } from './catalog.ts';
import { budgetOf, NANO_PER_USD } from './run-model.ts';

export interface RunBudgets {
  /** Opens it, with the run's own limit where it is new. */
  open(run: Pick<RunView, 'id' | 'budgetUsd'>): void;
  /** Runs `work` with it open. */
  whileOpen<T>(run: Pick<RunView, 'id' | 'budgetUsd'>, work: () => Promise<T>): Promise<T>;
  /** Closes it if its run is over and nobody uses it. */
  rest(id: string): void;
  /** The same for all that are open. */
  sweep(): void;
}

const OVER: ReadonlySet<RunView['status']> = new Set(['finished', 'failed', 'stopped', 'interrupted']);

export function createRunBudgets(ledger: Ledger, catalog: Pick<RunCatalog, 'get'>): RunBudgets {
  const users = new Map<string, number>();

  const open: RunBudgets['open'] = ({ id, budgetUsd }) => {
    const known = ledger.balance(budgetOf(id));
    if (known?.closed === false) return;
    const limitNanoUsd = known === undefined ? Math.round(budgetUsd * NANO_PER_USD) : known.limitNanoUsd;
    ledger.open({ id: budgetOf(id), parent: ROOT_BUDGET, limitNanoUsd });
  };
  const isOver = (id: string): boolean => {
    const view = catalog.get(id);
    return view === undefined || OVER.has(view.status);
  };
  const rest = (id: string): void => {
    if (users.has(id) || !isOver(id)) return;
    const balance = ledger.balance(budgetOf(id));
    if (balance === undefined || balance.closed) return;
    // Another process still spends from it; it closes it itself, or the next look does.
    if (balance.reservedNanoUsd + balance.reservedTokens > 0) return;
    ledger.close(balance.id);
  };

  return {
    open,
    rest,
    whileOpen: async (run, work) => {
      const { id } = run;
      users.set(id, (users.get(id) ?? 0) + 1);
      try {
        open(run);
        return await work();
      } finally {
        const others = (users.get(id) ?? 1) - 1;
        if (others > 0) users.set(id, others);
        else users.delete(id);
        rest(id);
      }
    },
    sweep: () => {
      for (const { id: node } of ledger.balances()) {
        const id = runOf(node);
        // A node of that name that belongs to no run is somebody's own.
        if (id !== undefined && catalog.get(id) !== undefined) rest(id);
      }
    },
  };
}

function runOf(node: string): string | undefined {
  const prefix = budgetOf('');
  return node.startsWith(prefix) ? node.slice(prefix.length) : undefined;
}
