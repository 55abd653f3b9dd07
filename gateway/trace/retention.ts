// Forgetting: old rows go in small steps with pauses between, so that a sweep of millions never holds up a call.
import { setTimeout as pause } from 'node:timers/promises';
import { DAY_MS } from '#foundation';
import type { Database } from '#store';
import type { RequestStore } from './request-log.ts';
import type { TraceSettings } from './settings.ts';
import { SEQUENCES_PER_MS } from './tables.ts';

const STEP_ROWS = 500;
const FOLD_ROWS = 200;
const PAUSE_MS = 5;

/** Calls `step` until it says that nothing is left; undefined = another process was writing. Returns the sum. */
export async function inSteps(step: () => number | undefined, signal: AbortSignal): Promise<number> {
  let total = 0;
  while (!signal.aborted) {
    const done = step();
    if (done === 0) break;
    total += done ?? 0;
    await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
  return total;
}

export interface Retention {
  /** All that the settings want gone. */
  sweep(signal: AbortSignal): Promise<void>;
  /** Rows that were written before. */
  purge(beforeMs: number, signal: AbortSignal): Promise<number>;
}

export function createRetention(log: RequestStore, settings: TraceSettings, now: () => number): Retention {
  const { database, rollUps } = log;
  const dropOldest = database.prepare(
    `DELETE FROM trace_requests WHERE sequence IN (SELECT sequence FROM trace_requests WHERE sequence < ? ORDER BY sequence LIMIT ?)`,
  );
  const subtract = database.prepare(`UPDATE trace_counts SET value = value - ? WHERE name = 'requests'`);
  const drop = (beforeSequence: number, most: number): number => {
    const gone = Number(dropOldest.run(beforeSequence, most).changes);
    if (gone > 0) subtract.run(gone);
    return gone;
  };
  const purge = (beforeMs: number, signal: AbortSignal): Promise<number> =>
    inSteps(() => log.briefly(() => drop(Math.floor(beforeMs) * SEQUENCES_PER_MS, STEP_ROWS)), signal);

  return {
    purge,
    sweep: async (signal) => {
      await purge(now() - settings.requests.days * DAY_MS, signal);
      await inSteps(
        () =>
          log.briefly(() => {
            const over = countOf(database) - settings.requests.rows;
            return over <= 0 ? 0 : drop(Number.MAX_SAFE_INTEGER, Math.min(STEP_ROWS, over));
          }),
        signal,
      );
      // Whole days only, or a day would be told in two ways.
      const day = Math.floor((now() - settings.usage.hourlyDays * DAY_MS) / DAY_MS) * DAY_MS;
      await inSteps(() => log.briefly(() => rollUps.foldHours(day, FOLD_ROWS)), signal);
      if (settings.usage.days > 0) {
        const oldest = now() - settings.usage.days * DAY_MS;
        await inSteps(() => log.briefly(() => rollUps.forgetDays(oldest, STEP_ROWS)), signal);
      }
    },
  };
}

/** Rows in the log. */
export function countOf(database: Database): number {
  return Number(database.prepare(`SELECT value FROM trace_counts WHERE name = 'requests'`).get()?.['value'] ?? 0);
}
