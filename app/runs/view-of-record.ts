// A run that came as a file, as a row of the catalogue.
import { RUN_STAGES, type ForkOrigin, type RunView } from '#api/contract';
import type { RunRecord } from '#engine/contract';
import { doneStages } from './progress-board.ts';
import { worldFacts } from './world-facts.ts';

export function viewOfRecord(record: RunRecord): RunView {
  const { manifest, scenario, framing } = record;
  const hasReport = record.artifact('report') !== undefined;
  const stages = doneStages(
    hasReport ? RUN_STAGES : ['documents', 'graph', 'population', ...(record.finished ? (['rounds'] as const) : [])],
  );
  const forkOf = record.artifact('fork') as ForkOrigin | undefined;
  return {
    id: manifest.runId,
    title: manifest.title,
    question: scenario.questions.map((question) => question.text).join(' '),
    status: hasReport ? 'finished' : 'interrupted',
    stages,
    createdAt: manifest.createdAt,
    agents: record.population.size,
    rounds: scenario.clock.rounds,
    ...worldFacts(record),
    platforms: scenario.platforms.map((platform) => platform.kind),
    issues: framing.issues.map(({ index, label, proposition }) => ({ index, label, proposition })),
    seed: manifest.seed,
    model: manifest.model,
    elapsedMs: 0,
    costUsd: 0,
    budgetUsd: scenario.budget.usd,
    hasGraph: true,
    hasPopulation: true,
    hasReport,
    rejected: [...record.graph.rejected],
    ...(forkOf === undefined ? {} : { forkOf }),
  };
}
