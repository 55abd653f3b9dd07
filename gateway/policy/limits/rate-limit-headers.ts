// A standing as the headers that OpenAI's clients read, and the pause that a refusal asks for.
import type { ShoalError } from '#foundation';
import type { Left, Standing } from './limiter.ts';

/** Empty for one who has no limits per minute. */
export function rateLimitHeaders(standing: Standing | undefined): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  if (standing?.requests !== undefined) put(headers, 'requests', standing.requests);
  if (standing?.tokens !== undefined) put(headers, 'tokens', standing.tokens);
  return headers;
}

/** `retry-after` in whole seconds and `retry-after-ms`, for an error that says when to come back. */
export function retryAfterHeaders(error: ShoalError): Readonly<Record<string, string>> {
  const { retryAfterMs } = error.details;
  if (typeof retryAfterMs !== 'number') return {};
  return { 'retry-after': String(Math.ceil(retryAfterMs / 1000)), 'retry-after-ms': String(Math.ceil(retryAfterMs)) };
}

function put(headers: Record<string, string>, what: 'requests' | 'tokens', { limit, remaining, resetMs }: Left): void {
  headers[`x-ratelimit-limit-${what}`] = String(limit);
  headers[`x-ratelimit-remaining-${what}`] = String(remaining);
  headers[`x-ratelimit-reset-${what}`] = `${(resetMs / 1000).toFixed(3)}s`;
}
