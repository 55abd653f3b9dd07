// One stretch of a run's life in this process: from wherever it rests to its end, a pause, a stop or a fault.
// Invariant: whatever ends it, the row says so, no stage is left under way, and the file is closed.
import type { RunView } from '#api/contract';
import { openRunFile } from '#engine';
import type { RunFile } from '#engine/contract';
import { toShoalError } from '#foundation';
import type { Gateway, WorkflowHandle } from '#gateway/contract';
import { problemOf } from '../problem.ts';
import type { LiveRun, RunWork } from './live-run.ts';
import { runPipeline, type PipelineEnd } from './pipeline.ts';
import { createProgressBoard, type ProgressBoard } from './progress-board.ts';
import type { RunBudgets } from './run-budgets.ts';
import { loadInputs } from './run-inputs.ts';
import { budgetOf, modelOf, NANO_PER_USD } from './run-model.ts';
import { worldFactsOf } from './world-facts.ts';

export interface Stretch {
  readonly run: LiveRun;
  readonly work: RunWork;
  readonly workflow: WorkflowHandle;
  readonly gateway: Gateway;
  readonly budgets: RunBudgets;
  readonly path: string;
  readonly threads: number;
}

/** Resolves with the view at rest; rejects with the fault, or with `cancelled` when the whole process is ending. */
export async function liveThrough(stretch: Stretch): Promise<RunView> {
  const { run, work, workflow } = stretch;
  const facts = (): Partial<RunView> => ({
    ...(work.file === undefined ? {} : stageFacts(work.file)),
    costUsd: costUsd(stretch),
  });
  const board = createProgressBoard(run.view().stages, (stage) => {
    const { stages } = run.view();
    const turned = stages.find((before) => before.stage === stage.stage)?.state !== stage.state;
    const next = stages.map((before) => (before.stage === stage.stage ? stage : before));
    run.hub.publish({ kind: 'stage', stage });
    if (turned) run.change({ stages: next, ...facts() });
    else run.change({ stages: next }, 'quiet');
  });
  run.change({ status: 'running' });
  try {
    const end = await throughStages(stretch, board);
    workflow.end(end);
    board.rest();
    run.change({ status: end, ...facts(), ...(end === 'finished' ? { finishedAt: new Date().toISOString() } : {}) });
  } catch (thrown) {
    const error = toShoalError(work.signal.aborted ? work.signal.reason : thrown);
    const cancelled = error.code === 'cancelled';
    // First, since a process that has lost the run is refused here and must not write its row either.
    workflow.end(cancelled ? 'stopped' : 'failed', cancelled ? undefined : error.message);
    if (cancelled) board.rest();
    else board.fail(error.message);
    run.change({
      ...(cancelled ? { status: work.wanted ?? 'interrupted' } : { status: 'failed', problem: problemOf(error) }),
      ...facts(),
    });
    if (work.wanted === undefined) throw error;
  } finally {
    work.file?.close();
    work.file = undefined;
  }
  return run.view();
}

function throughStages(stretch: Stretch, board: ProgressBoard): Promise<PipelineEnd> {
  const { run, work, workflow, gateway, budgets, path, threads } = stretch;
  const { id } = run;
  const file = openRunFile(path);
  work.file = file;
  const { scenario } = loadInputs(file);
  budgets.open({ id, budgetUsd: scenario.budget.usd });
  return runPipeline({
    file,
    workflow,
    threads,
    board,
    model: gateway.languageModel({
      model: modelOf(scenario),
      runId: id,
      budget: budgetOf(id),
      cassette: file.cassette,
    }),
    signal: work.signal,
    now: () => new Date(),
    costs: () => gateway.costs({ runId: id }),
    onWorld: (world) => {
      work.world = world;
      // A row may lag behind the rounds that a killed process had committed.
      if (world !== undefined) run.change(worldFactsOf(path), 'quiet');
    },
    onRound: (summary) => {
      run.change({ costUsd: costUsd(stretch) }, 'quiet');
      run.onRound(summary);
    },
  });
}

const costUsd = ({ gateway, run }: Stretch): number =>
  (gateway.ledger.balance(budgetOf(run.id))?.spentNanoUsd ?? 0) / NANO_PER_USD;

/** What the stages have left in the run's file. */
function stageFacts(file: RunFile): Partial<RunView> {
  const framing = file.json('framing') as Pick<RunView, 'issues'> | undefined;
  return {
    hasGraph: file.blob('graph') !== undefined,
    hasPopulation: framing !== undefined,
    hasReport: file.json('report') !== undefined,
    issues: (framing?.issues ?? []).map(({ index, label, proposition }) => ({ index, label, proposition })),
    rejected: (file.json('rejected') as RunView['rejected'] | undefined) ?? [],
  };
}
