// A fork as people ask for it: the engine's file, a row of the catalogue, and in words what is different.
import type { ForkOrigin, ForkRequest, RunView } from '#api/contract';
import { BEHAVIOUR, forkRun, openRunFile, scenarioAt } from '#engine';
import { hashOf } from '#foundation';
import { setValues } from '#scenarios';
import type { Scenario } from '#scenarios/contract';
import type { Home } from '../home.ts';
import type { RunCatalog } from './catalog.ts';
import { newRunId } from './new-run.ts';
import { doneStages } from './progress-board.ts';
import { loadInputs, replaceScenario } from './run-inputs.ts';
import { modelOf } from './run-model.ts';
import { worldFactsOf } from './world-facts.ts';

const LONGEST_TITLE = 120;

/** Throws what `forkRun` throws, and `invalid_scenario` for values that the scenario does not take. */
export function createFork(home: Home, catalog: RunCatalog, parent: RunView, request: ForkRequest): RunView {
  const { round, seed, removeAgents, addAgents, inject, dropLaterNews } = request;
  const from = home.runFile(parent.id);
  const before = scenarioAt(from, round + 1);
  const scenario = request.set === undefined ? undefined : setValues(before, request.set, BEHAVIOUR);
  const id = newRunId(before);
  const title = request.title ?? `${parent.title.slice(0, LONGEST_TITLE - 24)} · from round ${round}`;
  const createdAt = new Date().toISOString();
  const path = home.runFile(id);
  // Its documents are the parent's: what can differ is the scenario.
  const inputs = inputsOf(from);
  const scenarioHash = scenario === undefined ? inputs.hash : hashOf({ scenario, documentsOf: inputs.hash });
  const forked = forkRun({
    from,
    to: path,
    round,
    identity: { runId: id, title, createdAt, scenarioHash },
    change: {
      ...(scenario === undefined ? {} : { scenario }),
      ...(seed === undefined ? {} : { seed }),
      ...(removeAgents === undefined ? {} : { remove: removeAgents }),
      ...(addAgents === undefined ? {} : { add: addAgents }),
      ...(inject === undefined ? {} : { news: inject }),
      ...(dropLaterNews === undefined ? {} : { dropLaterNews }),
    },
  });
  const forkOf: ForkOrigin = { id: parent.id, title: parent.title, round, changes: changesOf(request) };
  const file = openRunFile(path);
  try {
    replaceScenario(file, forked.scenario, scenarioHash);
    file.putJson('fork', forkOf);
  } finally {
    file.close();
  }
  const view: RunView = {
    ...parent,
    id,
    title,
    createdAt,
    forkOf,
    ...restingView(forked.scenario, request.rest === true),
    ...worldFactsOf(path),
    agents: forked.agents,
    seed: forked.seed,
  };
  delete view.finishedAt;
  delete view.problem;
  catalog.put(view);
  return view;
}

const restingView = (scenario: Scenario, rest: boolean): Partial<RunView> & Pick<RunView, 'status' | 'stages'> => ({
  status: rest ? 'paused' : 'queued',
  stages: doneStages(['documents', 'graph', 'population']),
  rounds: scenario.clock.rounds,
  model: modelOf(scenario),
  elapsedMs: 0,
  costUsd: 0,
  budgetUsd: scenario.budget.usd,
  hasReport: false,
});

function inputsOf(path: string): ReturnType<typeof loadInputs> {
  const file = openRunFile(path);
  try {
    return loadInputs(file);
  } finally {
    file.close();
  }
}

/** What is different, each in a few words. */
function changesOf({ inject, set, seed, removeAgents, addAgents, dropLaterNews }: ForkRequest): string[] {
  return [
    ...(inject ?? []).map(({ text }) => `news: “${text}”`),
    ...Object.entries(set ?? {}).map(([path, value]) => `${path} = ${value}`),
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    ...(removeAgents === undefined
      ? []
      : [`without ${removeAgents.length === 1 ? 'one agent' : `${removeAgents.length} agents`}`]),
    ...(addAgents === undefined ? [] : [addAgents === 1 ? 'one more agent' : `${addAgents} more agents`]),
    ...(dropLaterNews === true ? ['without the news that came later'] : []),
  ];
}
