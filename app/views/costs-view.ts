// What a run cost, by model and stage, beside its budget.
import type { CostsView, RunView } from '#api/contract';
import type { Gateway } from '#gateway/contract';
import { budgetOf, NANO_PER_USD } from '../runs/run-model.ts';

export function costsView(run: RunView, gateway: Gateway): CostsView {
  const rows = gateway.costs({ runId: run.id });
  const balance = gateway.ledger.balance(budgetOf(run.id));
  const totalUsd = rows.reduce((sum, row) => sum + row.costNanoUsd, 0) / NANO_PER_USD;
  return {
    totalUsd,
    budgetUsd: run.budgetUsd,
    // A budget that was purged is not asked for any more; the log still knows.
    spentUsd: balance === undefined ? totalUsd : balance.spentNanoUsd / NANO_PER_USD,
    reservedUsd: (balance?.reservedNanoUsd ?? 0) / NANO_PER_USD,
    rows: rows.map(({ model, stage, calls, cassetteHits, failures, inputTokens, outputTokens, costNanoUsd }) => ({
      model,
      stage,
      calls,
      cassetteHits,
      failures,
      inputTokens,
      outputTokens,
      costUsd: costNanoUsd / NANO_PER_USD,
    })),
  };
}
