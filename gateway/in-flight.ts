// What is under way when the gateway closes: it is cancelled and waited for, so that every hold is settled before the
// ledger closes. Afterwards nothing new begins.
import { ShoalError } from '#foundation';
import { linkSignals } from './linked-signal.ts';

export interface InFlight {
  /**
   * Runs `work` with a signal that fires with the caller's and when the gateway closes.
   * Throws `cancelled` once the gateway is closing.
   */
  run<T>(signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** The same for work with a controller of its own, which is aborted when the gateway closes; `leave` follows once. */
  enter(controller: AbortController): void;
  leave(controller: AbortController): void;
  end(): Promise<void>;
}

export function createInFlight(): InFlight {
  const closing = new AbortController();
  const tracked = new Set<AbortController>();
  let emptied: (() => void) | undefined;
  const running = new Set<Promise<unknown>>();
  return {
    run: async (signal, work) => {
      if (closing.signal.aborted) throw new ShoalError('cancelled', 'The gateway is closed.');
      const linked = signal === undefined ? undefined : linkSignals(signal, closing.signal);
      const promise = work(linked?.signal ?? closing.signal);
      running.add(promise);
      try {
        return await promise;
      } finally {
        running.delete(promise);
        linked?.unlink();
      }
    },
    enter: (controller) => {
      if (closing.signal.aborted) controller.abort();
      tracked.add(controller);
    },
    leave: (controller) => {
      tracked.delete(controller);
      if (tracked.size === 0) emptied?.();
    },
    end: async () => {
      closing.abort();
      for (const controller of tracked) controller.abort();
      if (tracked.size > 0) await new Promise<void>((resolve) => (emptied = resolve));
      await Promise.allSettled(running);
    },
  };
}
