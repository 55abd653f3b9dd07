// Who makes a large population: ranges of agents, drawn in this thread or in several. Every draw is a pure function of
// plan and agent, so it does not matter who makes which range, or when.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Piscina } from 'piscina';
import { performTask, type PopulationTask } from './task.ts';
import type { TieRows } from './tie-rows.ts';

export interface Crew {
  /** Does a task for every range of `from … to − 1` and returns their results in the order of ranges. */
  map(from: number, to: number, taskOf: (low: number, high: number) => PopulationTask): Promise<readonly (TieRows | undefined)[]>;
  close(): Promise<void>;
}

/** Agents per range: long enough to be worth a message, short enough to share out evenly. */
const RANGE = 16_384;
const WORKER = new URL('./worker.ts', import.meta.url).href;

/** Below two ranges threads take longer to start than the work takes. Rejects with `AbortError` when told to stop. */
export function createCrew(size: number, threads: number, signal?: AbortSignal): Crew {
  const pool =
    threads > 0 && size > RANGE ? new Piscina({ filename: WORKER, minThreads: threads, maxThreads: threads }) : undefined;
  const options = signal === undefined ? {} : { signal };
  return {
    map: async (from, to, taskOf) => {
      const tasks = Array.from({ length: Math.ceil((to - from) / RANGE) }, (_, range) => {
        const low = from + range * RANGE;
        return taskOf(low, Math.min(to, low + RANGE));
      });
      if (pool !== undefined) return Promise.all(tasks.map((task) => pool.run(task, options) as Promise<TieRows | undefined>));
      const results: (TieRows | undefined)[] = [];
      for (const task of tasks) {
        results.push(performTask(task));
        // Requests and Ctrl-C have their turn between ranges.
        await nextTurn(undefined, options);
      }
      return results;
    },
    close: async () => pool?.close({ force: true }),
  };
}
