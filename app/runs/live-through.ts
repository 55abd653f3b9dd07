// One stretch of a run's life in this process: from wherever it rests to its end, a pause, a stop or a fault.
import type { RunView } from '#api/contract';
import { openRunFile } from '#engine';
import type { RunFile } from '#engine/contract';
import { toShoalError } from '#foundation';
import { ROOT_BUDGET, type Gateway } from '#gateway/contract';
import { problemOf } from '../problem.ts';
import type { LiveRun, RunWork } from './live-run.ts';
import { runPipeline } from './pipeline.ts';
import { createProgressBoard } from './progress-board.ts';
import { loadInputs } from './run-inputs.ts';

const NANO = 1e9;

export interface Stretch {
  readonly run: LiveRun;
  readonly work: RunWork;
  readonly gateway: Gateway;
  readonly path: string;
  readonly threads: number;
}

/** Resolves with the view at rest; rejects with the fault, or with `cancelled` when the whole process is ending. */
export async function liveThrough({ run, work, gateway, path, threads }: Stretch): Promise<RunView> {
  const { id } = run;
  run.clear('problem');
  run.change({ status: 'running' });
  const file = openRunFile(path);
  work.file = file;
  const workflow = gateway.workflows.take(id, 'run');
  const costUsd = (): number => (gateway.ledger.balance(`run:${id}`)?.spentNanoUsd ?? 0) / NANO;
  const facts = (): Partial<RunView> => ({ ...factsOf(file), costUsd: costUsd() });
  const board = createProgressBoard(run.view().stages, (stage) => {
    const { stages } = run.view();
    const turned = stages.find((before) => before.stage === stage.stage)?.state !== stage.state;
    const next = stages.map((before) => (before.stage === stage.stage ? stage : before));
    run.hub.publish({ kind: 'stage', stage });
    if (turned) run.change({ stages: next, ...facts() });
    else run.change({ stages: next }, 'quiet');
  });
  try {
    const { scenario } = loadInputs(file);
    gateway.ledger.open({ id: `run:${id}`, parent: ROOT_BUDGET, limitNanoUsd: Math.round(scenario.budget.usd * NANO) });
    const end = await runPipeline({
      file,
      workflow,
      threads,
      board,
      model: gateway.languageModel({
        model: scenario.models.model ?? 'embedded/rules-1',
        runId: id,
        budget: `run:${id}`,
        cassette: file.cassette,
      }),
      signal: work.abort.signal,
      now: () => new Date(),
      costs: () => gateway.costs({ runId: id }),
      onWorld: (world) => {
        work.world = world;
      },
      onRound: (summary) => run.onRound(summary),
    });
    workflow.end(end);
    run.change({ status: end, ...facts(), ...(end === 'finished' ? { finishedAt: new Date().toISOString() } : {}) });
  } catch (thrown) {
    const error = toShoalError(work.abort.signal.aborted ? work.abort.signal.reason : thrown);
    const { wanted } = work;
    board.fail(error.message);
    if (error.code === 'cancelled') {
      workflow.end('stopped');
      run.change({ status: wanted ?? 'interrupted', ...facts() });
    } else {
      workflow.end('failed', error.message);
      run.change({ status: 'failed', problem: problemOf(error), ...facts() });
    }
    if (wanted === undefined) throw error;
  } finally {
    work.file = undefined;
    file.close();
  }
  return run.view();
}

/** What the run's file knows that the view shows. */
function factsOf(file: RunFile): Partial<RunView> {
  const framing = file.json('framing') as Pick<RunView, 'issues'> | undefined;
  return {
    hasGraph: file.blob('graph') !== undefined,
    hasPopulation: framing !== undefined,
    hasReport: file.json('report') !== undefined,
    issues: (framing?.issues ?? []).map(({ index, label, proposition }) => ({ index, label, proposition })),
    rejected: (file.json('rejected') as RunView['rejected'] | undefined) ?? [],
  };
}
