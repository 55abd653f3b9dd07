// Steers one living world: run, pause, step, stop, inject. Knows nothing of files: what must survive goes through
// the journal, which commits a round before anybody hears of it.
// Invariant: at most one round is under way and at most one is being written behind it; a fault in either leaves the
// journal at the last whole round.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Intervention } from '#scenarios/contract';
import { ShoalError } from '#foundation';
import type { RoundSummary, RunControl, RunOptions, RunState } from '../contract.ts';
import type { Executor } from '../execution/executor.ts';
import type { RoundOutcome } from './round.ts';
import { runRound } from './round.ts';
import type { Thinker } from './thinker.ts';
import type { World } from './world.ts';

/** What has to outlive the process. */
export interface Journal {
  /** Resolves when the round is safe. It may still be written while the next one is lived; never two at once. */
  commit(outcome: RoundOutcome, world: World): Promise<void> | void;
  storeIntervention(intervention: Intervention): void;
  close(): Promise<void> | void;
}

export interface ControlParts {
  readonly world: World;
  readonly executor: Executor;
  readonly journal: Journal;
  readonly questions: readonly (readonly number[])[];
  /** Scheduled and live so far. */
  readonly interventions: readonly Intervention[];
  readonly digest: string;
  readonly thinker: Thinker | undefined;
  readonly options: RunOptions;
}

const conflict = (message: string, hint: string): ShoalError => new ShoalError('conflict', message, { hint });

export function createControl(parts: ControlParts): RunControl {
  const { world, executor, journal, questions, thinker, options } = parts;
  const { signal } = options;
  const { rounds } = world.fixed.clock;
  const interventions = [...parts.interventions];
  let digest = parts.digest;
  let state: RunState = world.round === rounds ? 'finished' : 'ready';
  let wanted: 'paused' | 'stopped' | undefined;
  let underWay: Promise<unknown> | undefined;
  /** The newest round's way to the journal and to whoever listens. */
  let written: Promise<void> = Promise.resolve();
  let committed = world.round;
  let inRound = false;

  const isAborted = (): boolean => signal?.aborted === true;

  const mayGoOn = (): boolean => world.round < rounds && wanted === undefined && !isAborted();

  const live = async (): Promise<RoundSummary> => {
    inRound = true;
    try {
      const now = interventions.filter(({ round }) => round === world.round);
      const outcome = await runRound(world, now, digest, {
        executor,
        questions,
        ...(thinker === undefined ? {} : { thinker }),
        ...(signal === undefined ? {} : { signal }),
      });
      digest = outcome.summary.digest;
      await written;
      written = acknowledge(outcome);
      // Its fault is met where the round is waited for.
      written.catch(() => undefined);
      // Who decides by model is reminded of what has happened, from the journal.
      if (thinker !== undefined) await written;
      return outcome.summary;
    } catch (error) {
      // The world in memory is half-way through a round; the journal is not.
      state = isAborted() ? 'stopped' : 'failed';
      throw error;
    } finally {
      inRound = false;
    }
  };

  const acknowledge = async (outcome: RoundOutcome): Promise<void> => {
    await journal.commit(outcome, world);
    committed++;
    options.onRound?.(outcome.summary);
  };

  /** Until the last round lived is on disk. */
  const settle = async (): Promise<void> => {
    try {
      await written;
    } catch (error) {
      state = 'failed';
      throw error;
    }
  };

  const loop = async (): Promise<RunState> => {
    state = 'running';
    while (mayGoOn()) {
      try {
        await live();
      } catch (error) {
        if (!isAborted()) throw error;
        await settle();
        return 'stopped';
      }
      await nextTurn();
    }
    await settle();
    state = world.round === rounds ? 'finished' : isAborted() ? 'stopped' : (wanted ?? 'paused');
    return state;
  };

  /** Refuses where a round cannot begin. */
  const begin = <T>(work: () => Promise<T>): Promise<T> => {
    if (underWay !== undefined) throw conflict('The world is running already.', 'Pause it first.');
    if (state === 'stopped' || state === 'failed') throw conflict(`The world has ${state}.`, 'Open the run again to resume it.');
    wanted = undefined;
    const promise = work().finally(() => {
      underWay = undefined;
    });
    underWay = promise;
    return promise;
  };

  /** Waits for the round under way; its fault belongs to whoever started it. */
  const rest = async (then: 'paused' | 'stopped'): Promise<void> => {
    wanted = then;
    await underWay?.catch(() => undefined);
    if (state === 'ready' || state === 'paused' || state === 'running') state = then;
  };

  return {
    get state() {
      return state;
    },
    get round() {
      return committed;
    },
    run: async () => (state === 'finished' ? state : begin(loop)),
    pause: async () => {
      if (state === 'stopped' || state === 'failed')
        throw conflict(`The world has ${state}.`, 'Open the run again to resume it.');
      await rest('paused');
    },
    step: async () => {
      if (state === 'finished') return undefined;
      return begin(async () => {
        const summary = await live();
        await settle();
        state = world.round === rounds ? 'finished' : 'paused';
        return summary;
      });
    },
    stop: () => rest('stopped'),
    inject: (intervention) => {
      const round = world.round + (inRound ? 1 : 0);
      if (round >= rounds || state === 'stopped' || state === 'failed') {
        return Promise.reject(conflict('There is no round left for an intervention.', 'Start a new run, or inject earlier.'));
      }
      if (!(intervention.issue < world.fixed.issues)) {
        const hint = `Use 0 … ${world.fixed.issues - 1}.`;
        return Promise.reject(new ShoalError('invalid_input', `There is no issue ${intervention.issue}.`, { hint }));
      }
      const scheduled = { ...intervention, round };
      journal.storeIntervention(scheduled);
      interventions.push(scheduled);
      return Promise.resolve(round);
    },
    close: async () => {
      await rest('stopped');
      await executor.close();
      await journal.close();
    },
  };
}
