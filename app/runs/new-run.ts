// A run that has not begun: an id, a file with its inputs, a row in the catalogue.
import { randomBytes } from 'node:crypto';
import type { RunView } from '#api/contract';
import { createRunFile, openRunFile } from '#engine';
import { ShoalError } from '#foundation';
import type { LoadedScenario, Scenario } from '#scenarios/contract';
import type { Home } from '../home.ts';
import type { RunCatalog } from './catalog.ts';
import { waitingStages } from './progress-board.ts';
import { loadInputs, storeInputs } from './run-inputs.ts';
import { modelOf } from './run-model.ts';

/** The same idempotency key gives the run that it made; with other inputs it is a `conflict`. */
export function createRun(home: Home, catalog: RunCatalog, loaded: LoadedScenario, idempotencyKey: string | undefined): RunView {
  const before = idempotencyKey === undefined ? undefined : catalog.byIdempotencyKey(idempotencyKey);
  if (before !== undefined) {
    checkSameRequest(home, before, loaded);
    return before;
  }
  const view = newView(loaded);
  const { id, createdAt, title } = view;
  const { scenario, hash: scenarioHash } = loaded;
  const file = createRunFile(home.runFile(id), { runId: id, title, createdAt, scenario, scenarioHash });
  storeInputs(file, loaded);
  file.close();
  catalog.put(view, idempotencyKey);
  return view;
}

function checkSameRequest(home: Home, view: RunView, loaded: LoadedScenario): void {
  const file = openRunFile(home.runFile(view.id));
  try {
    if (loadInputs(file).hash === loaded.hash) return;
  } finally {
    file.close();
  }
  throw new ShoalError('conflict', `The idempotency key belongs to another request, which made run ${view.id}.`, {
    hint: 'Send a new key with a new request.',
  });
}

export const newRunId = ({ name }: Scenario): string =>
  `${name.slice(0, 40).replace(/-+$/, '')}-${randomBytes(4).toString('hex')}`;

function newView({ scenario }: LoadedScenario): RunView {
  return {
    id: newRunId(scenario),
    title: scenario.title,
    question: scenario.questions.map((question) => question.text).join(' '),
    status: 'queued',
    stages: waitingStages(),
    createdAt: new Date().toISOString(),
    agents: scenario.population.size,
    rounds: scenario.clock.rounds,
    roundsDone: 0,
    platforms: scenario.platforms.map((platform) => platform.kind),
    issues: [],
    seed: scenario.seed,
    model: modelOf(scenario),
    events: 0,
    elapsedMs: 0,
    costUsd: 0,
    budgetUsd: scenario.budget.usd,
    hasGraph: false,
    hasPopulation: false,
    hasReport: false,
    rejected: [],
  };
}
