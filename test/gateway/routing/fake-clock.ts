// Time that passes only when a test says so. Between two timers everything that is ready has its turn.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../../gateway/clock.ts';

export interface FakeClock extends Clock {
  advance(milliseconds: number): Promise<void>;
  /** Lets time pass from timer to timer until the promise settles; throws if nothing is left that could settle it. */
  until<T>(promise: Promise<T>): Promise<T>;
  /** Timers that have not run. */
  readonly pending: number;
}

export function fakeClock(startMs = 1_000_000): FakeClock {
  const timers = new Set<{ readonly atMs: number; readonly run: () => void }>();
  let nowMs = startMs;

  const next = (): { readonly atMs: number; readonly run: () => void } | undefined => {
    const [first, ...rest] = timers;
    return first === undefined ? undefined : rest.reduce((least, timer) => (timer.atMs < least.atMs ? timer : least), first);
  };
  const runNext = async (upToMs: number): Promise<boolean> => {
    await nextTurn();
    const timer = next();
    if (timer === undefined || timer.atMs > upToMs) return false;
    timers.delete(timer);
    nowMs = Math.max(nowMs, timer.atMs);
    timer.run();
    await nextTurn();
    return true;
  };

  return {
    now: () => nowMs,
    after: (delayMs, run) => {
      const timer = { atMs: nowMs + delayMs, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    get pending() {
      return timers.size;
    },
    advance: async (milliseconds) => {
      const end = nowMs + milliseconds;
      while (await runNext(end));
      nowMs = end;
      await nextTurn();
    },
    until: async (promise) => {
      const state = { settled: false };
      const settle = async (): Promise<void> => {
        await promise.catch(() => undefined);
        state.settled = true;
      };
      void settle();
      await nextTurn();
      while (!state.settled) {
        if ((await runNext(Number.POSITIVE_INFINITY)) || state.settled) continue;
        throw new Error('Nothing is left to wait for.');
      }
      return promise;
    },
  };
}
