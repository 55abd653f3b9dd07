// Who lives a run. The catalogue's row is the claim, taken in one statement, so of all processes and requests one at
// a time moves a world; the gateway knows which processes are alive, so a claim never outlives its process.
import type { RunView } from '#api/contract';
import { toShoalError } from '#foundation';
import type { Gateway, WorkflowHandle } from '#gateway/contract';
import type { Home } from '../home.ts';
import type { RunCatalog } from './catalog.ts';
import { restingStages } from './progress-board.ts';
import { worldFactsOf } from './world-facts.ts';

export interface Ownership {
  /** Undefined where somebody has the run already. */
  claim(id: string): WorkflowHandle | undefined;
  /** Puts runs to rest whose process is gone. Cheap where no row says `running`. */
  sweep(): void;
}

export function createOwnership(home: Home, catalog: RunCatalog, gateway: Gateway): Ownership {
  return {
    claim: (id) => (catalog.claim(id) ? gateway.workflows.take(id, 'run') : undefined),
    sweep: () => {
      const running = catalog.running();
      if (running.length === 0) return;
      gateway.workflows.interruptOrphans();
      for (const id of running) {
        const view = catalog.get(id);
        // A row without a living workflow: its process died, perhaps between the claim and its first step.
        if (view?.status === 'running' && gateway.workflows.view(id)?.state !== 'running')
          catalog.put(interrupted(view, home.runFile(id)));
      }
    },
  };
}

/** Rows are written now and then, rounds are committed one by one: the file knows what was reached. */
function interrupted(view: RunView, path: string): RunView {
  const resting = { ...view, status: 'interrupted' as const, stages: restingStages(view.stages) };
  try {
    return { ...resting, ...worldFactsOf(path) };
  } catch (thrown) {
    const { message } = toShoalError(thrown);
    const stages = resting.stages.map((stage) => (stage.stage === 'rounds' ? { ...stage, message } : stage));
    return { ...resting, stages };
  }
}
