// What is under way when the gateway closes: it is cancelled and waited for, so that every hold is settled before the
// ledger closes. Afterwards nothing new begins.
import { ShoalError } from '#foundation';

export interface InFlight {
  /** The caller's signal, which also fires when the gateway closes. */
  signalFor(signal: AbortSignal | undefined): AbortSignal;
  /** Throws `cancelled` once the gateway is closing. */
  run<T>(work: () => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

export function createInFlight(): InFlight {
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  return {
    signalFor: (signal) => (signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal])),
    run: async (work) => {
      if (closing.signal.aborted) throw new ShoalError('cancelled', 'The gateway is closed.');
      const promise = work();
      running.add(promise);
      try {
        return await promise;
      } finally {
        running.delete(promise);
      }
    },
    end: async () => {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}
