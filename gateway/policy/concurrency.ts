// How many calls a provider gets at once. The rest wait in a bounded queue, first come first served; a full queue
// refuses at once, and an abort leaves the queue without a trace.
import { ShoalError } from '#foundation';
import type { Call, Step } from '../chain.ts';

export interface Places {
  /** Resolves when a place is free; the result gives it back. */
  take(signal: AbortSignal): Promise<() => void>;
}

export function createPlaces(name: string, limit: number, queueLimit: number): Places {
  const waiting = new Set<() => void>();
  let taken = 0;

  const giveBack = (): void => {
    const [next] = waiting;
    // The place passes on without being free in between: a newcomer cannot slip in before who waited.
    if (next === undefined) taken--;
    else next();
  };
  const once = (): (() => void) => {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      giveBack();
    };
  };

  return {
    take: async (signal) => {
      if (taken < limit) {
        taken++;
        return once();
      }
      if (waiting.size >= queueLimit) {
        throw new ShoalError('limit_exceeded', `${queueLimit} calls already wait for ${name}.`, {
          hint: 'Try again later, or raise `limits.queue` or `limits.concurrency`.',
        });
      }
      return new Promise<() => void>((resolve, reject) => {
        const leave = (): void => {
          waiting.delete(enter);
          signal.removeEventListener('abort', abort);
        };
        const enter = (): void => {
          leave();
          resolve(once());
        };
        const abort = (): void => {
          leave();
          reject(new ShoalError('cancelled', `The call was cancelled while it waited for ${name}.`));
        };
        waiting.add(enter);
        signal.addEventListener('abort', abort, { once: true });
      });
    },
  };
}

export function withPlace<C extends Call, A>(places: Places): Step<C, A> {
  return (next) => async (call) => {
    const giveBack = await places.take(call.signal);
    try {
      return await next(call);
    } finally {
      giveBack();
    }
  };
}
