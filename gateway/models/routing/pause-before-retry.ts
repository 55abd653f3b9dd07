// How long to rest before the same target is asked again.
import type { RetrySettings } from './settings.ts';

/** Full jitter: uniform from zero up to a bound that doubles with each attempt, so that a crowd does not come back at once. */
export function pauseMs(attempt: number, { baseMs, maxMs }: RetrySettings, random: () => number): number {
  return random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1));
}
