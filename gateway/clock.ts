// Time as routing and limits see it: monotonic, and passed in, so that tests need not wait.
import { ShoalError } from '#foundation';

export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Runs once after the delay, unless it is called off by the function that is returned. */
  after(delayMs: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Throws `cancelled` as soon as the signal fires. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancelled = (): void => {
      callOff();
      reject(new ShoalError('cancelled', 'The call was cancelled while it waited to be tried again.'));
    };
    const callOff = clock.after(delayMs, () => {
      signal.removeEventListener('abort', cancelled);
      resolve();
    });
    if (signal.aborted) cancelled();
    else signal.addEventListener('abort', cancelled, { once: true });
  });
}
