// What a run cost, by model and stage, beside its budget.
import type { CostsView, RunView } from '#api/contract';
import type { Gateway } from '#gateway/contract';

const USD = 1e9;

export function costsView(run: RunView, gateway: Gateway): CostsView {
  const rows = gateway.costs({ runId: run.id });
  const balance = gateway.ledger.balance(`run:${run.id}`);
  return {
    totalUsd: rows.reduce((sum, row) => sum + row.costNanoUsd, 0) / USD,
    budgetUsd: run.budgetUsd,
    spentUsd: (balance?.spentNanoUsd ?? 0) / USD,
    reservedUsd: (balance?.reservedNanoUsd ?? 0) / USD,
    rows: rows.map(({ model, stage, calls, cassetteHits, failures, inputTokens, outputTokens, costNanoUsd }) => ({
      model,
      stage,
      calls,
      cassetteHits,
      failures,
      inputTokens,
      outputTokens,
      costUsd: costNanoUsd / USD,
    })),
  };
}
