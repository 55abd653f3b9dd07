// What a finished run comes to, as the command line and scripts read it.
import type { Forecast, InteractionEffect } from '#reports/contract';
import type { System } from '../system.ts';
import type { ReportFiles } from './report-files.ts';
import { livedMembers, readReport } from './artifacts.ts';
import { NANO_PER_USD } from './run-model.ts';

export interface RunResult {
  readonly runId: string;
  readonly status: string;
  readonly digest: string;
  readonly agents: number;
  readonly rounds: number;
  readonly events: number;
  /** Agent-turns: sessions opened, summed over the rounds. */
  readonly turns: number;
  /** Members that were lived, the main run among them. */
  readonly ensemble: number;
  readonly elapsedMs: number;
  readonly costUsd: number;
  readonly costNanoUsd: number;
  readonly tokens: { readonly input: number; readonly output: number };
  readonly forecast: readonly Forecast[];
  /** Variance of opinion with contact between agents and, in the control, without; empty for an ensemble of one. */
  readonly interaction: readonly InteractionEffect[];
  readonly report: ReportFiles;
}

export async function resultOf({ runs, gateway }: System, id: string, report: ReportFiles): Promise<RunResult> {
  const view = runs.view(id);
  const record = runs.record(id);
  const costs = gateway.costs({ runId: id });
  const total = (pick: (row: (typeof costs)[number]) => number): number => costs.reduce((sum, row) => sum + pick(row), 0);
  const written = await runs.withFile(id, readReport);
  const costNanoUsd = total((row) => row.costNanoUsd);
  return {
    runId: id,
    status: view.status,
    digest: record.digest,
    agents: record.population.size,
    rounds: record.rounds,
    events: record.summaries().reduce((sum, round) => sum + round.events, 0),
    turns: record.summaries().reduce((sum, round) => sum + round.active, 0),
    ensemble: (await runs.withFile(id, livedMembers)) + 1,
    elapsedMs: Math.round(view.elapsedMs),
    costUsd: costNanoUsd / NANO_PER_USD,
    costNanoUsd,
    tokens: { input: total((row) => row.inputTokens), output: total((row) => row.outputTokens) },
    forecast: written?.forecasts ?? [],
    interaction: written?.method.interaction ?? [],
    report,
  };
}
