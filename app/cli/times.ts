// Times as they are typed on the command line: a date, an ISO time, or a span such as 30m, 12h, 7d.
import { DAY_MS, HOUR_MS, MINUTE_MS, ShoalError } from '#foundation';

const UNIT_MS = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS } as const;
/** What a Date can hold. */
const LATEST_MS = 8.64e15;

/** A span is counted from `nowMs` on. Milliseconds since 1970; throws `invalid_input`. */
export function timeToCome(option: string, text: string, nowMs: number): number {
  const span = spanMs(text);
  const at = span === undefined ? Date.parse(text) : nowMs + span;
  if (at > nowMs && at <= LATEST_MS) return at;
  throw new ShoalError('invalid_input', `${option} takes a time to come, not “${text}”.`, {
    hint: 'Write a span such as 30m, 12h or 90d, or a date such as 2030-01-31.',
  });
}

/** A span is so long ago. Milliseconds since 1970; throws `invalid_input`. */
export function timeGone(option: string, text: string, nowMs: number): number {
  const span = spanMs(text);
  const at = span === undefined ? Date.parse(text) : nowMs - span;
  if (Math.abs(at) <= LATEST_MS) return at;
  throw new ShoalError('invalid_input', `${option} takes a time, not “${text}”.`, {
    hint: 'Write a span such as 30m, 12h or 90d ago, or a date such as 2026-01-31.',
  });
}

/** The length of a span in minutes, more than 0; throws `invalid_input`. */
export function spanMinutes(option: string, text: string): number {
  const span = spanMs(text) ?? 0;
  if (span > 0) return span / MINUTE_MS;
  throw new ShoalError('invalid_input', `${option} takes a length of time, not “${text}”.`, {
    hint: 'Write a number and m, h or d: 60m, 24h, 2d.',
  });
}

function spanMs(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
}
