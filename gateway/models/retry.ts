// Retry with exponential back-off and full jitter. A provider that names a time is believed; attempts and total time
// are bounded; an abort ends the pause at once. A stream is retried only while nothing of it has been passed on.
import { setTimeout as pause } from 'node:timers/promises';
import { ShoalError } from '#foundation';
import type { Call, Step } from '../chain.ts';
import type { GatewaySettings } from '../config.ts';
import { ProviderError } from './provider-error.ts';

export type RetryOptions = GatewaySettings['retries'];

export function withRetry<C extends Call, A>(options: RetryOptions): Step<C, A> {
  return (next) => async (call) => {
    const started = performance.now();
    for (let attempt = 1; ; attempt++) {
      try {
        return await next(call);
      } catch (error) {
        if (!(error instanceof ProviderError) || !error.retryable || attempt >= options.attempts) throw error;
        const waitMs = error.retryAfterMs ?? pauseMs(attempt, options);
        if (performance.now() - started + waitMs > options.totalMs) throw error;
        await rest(waitMs, call.signal);
      }
    }
  };
}

/** Full jitter: uniform from zero up to a bound that doubles with each attempt, so that a crowd does not come back at once. */
export function pauseMs(attempt: number, { baseMs, maxMs }: RetryOptions): number {
  return Math.random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1));
}

async function rest(waitMs: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(waitMs, undefined, { signal });
  } catch (error) {
    throw new ShoalError('cancelled', 'The call was cancelled while it waited to be tried again.', { cause: error });
  }
}
