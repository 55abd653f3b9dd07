// What providers say of their limits in the headers of every answer, and when to come back after a refusal.
// OpenAI, Groq, xAI, Together and others: x-ratelimit-*; Anthropic: anthropic-ratelimit-*; Azure: x-ratelimit-* without
// resets; Google and OpenAI also name the pause in the body of a 429.
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#foundation';

export type ResponseHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Absent = not said. Resets are from now, in milliseconds. */
export interface ProviderRateLimits {
  readonly limitRequests?: number;
  readonly limitTokens?: number;
  readonly remainingRequests?: number;
  readonly remainingTokens?: number;
  readonly resetRequestsMs?: number;
  readonly resetTokensMs?: number;
  readonly retryAfterMs?: number;
}

type Writable = { -readonly [name in keyof ProviderRateLimits]: ProviderRateLimits[name] };

const COUNTS = [
  ['limitRequests', ['x-ratelimit-limit-requests', 'anthropic-ratelimit-requests-limit', 'x-ratelimit-limit']],
  ['limitTokens', ['x-ratelimit-limit-tokens', 'anthropic-ratelimit-tokens-limit', 'x-ratelimitbysize-limit-minute']],
  ['remainingRequests', ['x-ratelimit-remaining-requests', 'anthropic-ratelimit-requests-remaining', 'x-ratelimit-remaining']],
  [
    'remainingTokens',
    ['x-ratelimit-remaining-tokens', 'anthropic-ratelimit-tokens-remaining', 'x-ratelimitbysize-remaining-minute'],
  ],
] as const;

const RESETS = [
  ['resetRequestsMs', ['x-ratelimit-reset-requests', 'anthropic-ratelimit-requests-reset', 'x-ratelimit-reset']],
  ['resetTokensMs', ['x-ratelimit-reset-tokens', 'anthropic-ratelimit-tokens-reset']],
] as const;

/** One pass over the few headers that there are, against some fifteen names to look for. */
function speaksOfLimits(headers: ResponseHeaders): boolean {
  for (const name in headers) {
    if (name.startsWith('x-ratelimit') || name.startsWith('anthropic-ratelimit') || name.startsWith('retry-after')) return true;
  }
  return false;
}

/** undefined where nothing is said, which is the common case for servers of one's own. */
export function readRateLimits(headers: ResponseHeaders, now: number = Date.now()): ProviderRateLimits | undefined {
  let said: Writable | undefined;
  if (!speaksOfLimits(headers)) return undefined;
  for (const [field, names] of COUNTS) {
    const value = firstOf(headers, names, count);
    if (value !== undefined) (said ??= {})[field] = value;
  }
  for (const [field, names] of RESETS) {
    const value = firstOf(headers, names, (text) => resetMs(text, now));
    if (value !== undefined) (said ??= {})[field] = value;
  }
  const pause = retryAfterMs(headers, '', now);
  if (pause !== undefined) (said ??= {}).retryAfterMs = pause;
  return said;
}

/** How long until what is used up comes back, where a refusal names no time of its own. */
export function resetPauseMs(limits: ProviderRateLimits | undefined): number | undefined {
  if (limits === undefined) return undefined;
  const requests = limits.remainingRequests === 0 ? limits.resetRequestsMs : undefined;
  const tokens = limits.remainingTokens === 0 ? limits.resetTokensMs : undefined;
  return requests === undefined ? tokens : Math.max(requests, tokens ?? 0);
}

/** How long to wait, as the provider says it: in its headers, else in the words of its body. */
export function retryAfterMs(headers: ResponseHeaders, body: string, now: number = Date.now()): number | undefined {
  const exact = count(headerOf(headers, 'retry-after-ms') ?? headerOf(headers, 'x-ms-retry-after-ms') ?? '');
  if (exact !== undefined) return exact;
  const text = headerOf(headers, 'retry-after');
  if (text !== undefined) {
    const seconds = secondsMs(text);
    if (seconds !== undefined) return seconds;
    // A date has the name of its month; without it, `Date.parse` makes a date of nearly anything.
    const date = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
  }
  // Google: "retryDelay": "37s". OpenAI and Groq: "Please try again in 1m7.66s."
  const words = /"retryDelay"\s*:\s*"([\d.]+s)"/.exec(body) ?? /try again in ((?:[\d.]+(?:ms|[hms]))+)/.exec(body);
  return words?.[1] === undefined ? undefined : durationMs(words[1]);
}

export function headerOf(headers: ResponseHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

function firstOf(
  headers: ResponseHeaders,
  names: readonly string[],
  read: (text: string) => number | undefined,
): number | undefined {
  for (const name of names) {
    const text = headerOf(headers, name);
    const value = text === undefined ? undefined : read(text);
    if (value !== undefined) return value;
  }
  return undefined;
}

function count(text: string): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function secondsMs(text: string): number | undefined {
  const seconds = count(text);
  return seconds === undefined ? undefined : seconds * 1000;
}

/** `6m0s`, `17ms`, `1h2m`; or a moment: RFC 3339, or seconds or milliseconds since 1970; or seconds from now. */
function resetMs(text: string, now: number): number | undefined {
  const duration = durationMs(text);
  if (duration !== undefined) return duration;
  const value = count(text);
  if (value === undefined) {
    const moment = Date.parse(text);
    return Number.isNaN(moment) ? undefined : Math.max(0, moment - now);
  }
  if (value > 1e11) return Math.max(0, value - now);
  return value > 1e8 ? Math.max(0, value * 1000 - now) : value * 1000;
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };

function durationMs(text: string): number | undefined {
  if (!/^(?:[\d.]+(?:ms|[dhms]))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/([\d.]+)(ms|[dhms])/g)) sum += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0);
  return Number.isFinite(sum) ? Math.round(sum) : undefined;
}
