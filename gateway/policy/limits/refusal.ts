// What a caller is told when a limit is reached: which one, and when to come back.
import { ShoalError } from '#foundation';

export interface Refused {
  /** In the words of the settings, e.g. `limits.providers.openai.tokensPerMinute`. */
  readonly limit: string;
  readonly message: string;
  readonly retryAfterMs: number | undefined;
  readonly hint: string;
}

export function refusal({ limit, message, retryAfterMs, hint }: Refused): ShoalError {
  const when = retryAfterMs === undefined ? {} : { retryAfterMs: Math.ceil(retryAfterMs) };
  return new ShoalError('limit_exceeded', message, { hint, details: { limit, ...when } });
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
