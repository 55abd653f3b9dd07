// Where a run is, stage by stage: the one place that turns progress calls into the view that people see.
import { RUN_STAGES, type StageView } from '#api/contract';
import type { Progress } from '#foundation';

export type RunStage = (typeof RUN_STAGES)[number];

export const waitingStages = (): StageView[] =>
  RUN_STAGES.map((stage) => ({ stage, state: 'waiting', done: 0, total: 0, message: '' }));

/** The stages of a run that begins with some of them done. */
export const doneStages = (done: readonly RunStage[]): StageView[] =>
  waitingStages().map((stage) => (done.includes(stage.stage) ? { ...stage, state: 'done' } : stage));

/** Nothing is under way in a run that rests; what was is begun or gone on with later. */
export const restingStages = (stages: readonly StageView[]): StageView[] =>
  stages.map((stage) => (stage.state === 'running' ? { ...stage, state: 'waiting', message: 'At rest' } : stage));

export interface ProgressBoard {
  readonly stages: readonly StageView[];
  begin(stage: RunStage, message: string): void;
  advance(stage: RunStage, progress: Progress): void;
  end(stage: RunStage, message?: string): void;
  fail(message: string): void;
  rest(): void;
}

/** `onChange` hears every change of a stage; progress inside a stage is passed on as often as it comes. */
export function createProgressBoard(initial: readonly StageView[], onChange: (stage: StageView) => void): ProgressBoard {
  const stages = initial.map((stage) => ({ ...stage }));
  const update = (name: RunStage, change: Partial<StageView>): void => {
    const stage = stages.find((candidate) => candidate.stage === name);
    if (stage === undefined) return;
    Object.assign(stage, change);
    onChange({ ...stage });
  };
  return {
    stages,
    begin: (stage, message) => update(stage, { state: 'running', message }),
    advance: (stage, progress) => update(stage, { state: 'running', ...progress }),
    end: (stage, message) => {
      const total = stages.find((candidate) => candidate.stage === stage)?.total ?? 0;
      update(stage, { state: 'done', done: total, ...(message === undefined ? {} : { message }) });
    },
    fail: (message) => {
      for (const stage of stages) if (stage.state === 'running') update(stage.stage, { state: 'failed', message });
    },
    rest: () => {
      restingStages(stages).forEach((stage, index) => {
        if (stages[index]?.state !== stage.state) update(stage.stage, stage);
      });
    },
  };
}
