// The time over which a budget counts. Each window is cut into buckets, and spending is booked in the bucket in which
// it was admitted: `none` has one bucket for ever, a calendar window is its own bucket, a rolling window has sixty.
// Invariant for rolling windows: every bucket that reaches into the last N hours counts whole, so what is counted is
// never less than what was truly spent in them. The price is that spending leaves up to one sixtieth late.
import { DAY_MS, HOUR_MS, ShoalError } from '#foundation';
import type { BudgetWindow } from '../../contract.ts';

const BUCKETS = 60;
const MOST_HOURS = 366 * 24;

export const NO_WINDOW: BudgetWindow = { kind: 'none' };

/** Where spending at this moment is booked (a time in ms), and when the next bucket begins. */
export interface Bucket {
  readonly start: number;
  readonly end: number;
}

export function bucketAt(window: BudgetWindow, at: number): Bucket {
  if (window.kind === 'none') return { start: 0, end: Infinity };
  if (window.kind === 'calendar') return calendarAt(window.unit, window.timeZone, at);
  const length = bucketMs(window.hours);
  const start = Math.floor(at / length) * length;
  return { start, end: start + length };
}

/** The first bucket that counts at this moment. */
export function countedFrom(window: BudgetWindow, at: number): number {
  const { start } = bucketAt(window, at);
  return window.kind === 'rolling' ? start - window.hours * HOUR_MS : start;
}

/** What a lease is taken from: a calendar window's leases end with it; those of other windows are carried on. */
export function periodAt(window: BudgetWindow, at: number): number {
  return window.kind === 'calendar' ? bucketAt(window, at).start : 0;
}

/** Alerts are written once in each of these; a rolling window counts as a new one each time its length has passed. */
export function alertPeriodAt(window: BudgetWindow, at: number): number {
  if (window.kind !== 'rolling') return periodAt(window, at);
  return Math.floor(at / (window.hours * HOUR_MS)) * window.hours * HOUR_MS;
}

/** When room comes back by itself: the calendar window's end, or when the oldest spending leaves the rolling one. */
export function resetsAt(window: BudgetWindow, at: number, oldestBucket: number | undefined): number | undefined {
  if (window.kind === 'calendar') return bucketAt(window, at).end;
  if (window.kind === 'none' || oldestBucket === undefined) return undefined;
  return oldestBucket + window.hours * HOUR_MS + bucketMs(window.hours);
}

/** `none`, `rolling 24h`, `rolling 7d`, `hour`, `day`, `week Europe/Berlin`, `month`. Throws `invalid_input`. */
export function parseWindow(text: string): BudgetWindow {
  const [kind = '', detail, ...more] = text.trim().split(/\s+/);
  if (more.length > 0) throw notAWindow(text);
  if (kind === 'none' && detail === undefined) return NO_WINDOW;
  if (kind === 'rolling') {
    const [, count = '', unit = ''] = /^(\d{1,5})([hd])$/.exec(detail ?? '') ?? [];
    const hours = Number(count) * (unit === 'd' ? 24 : 1);
    if (hours < 1 || hours > MOST_HOURS) throw notAWindow(text);
    return { kind, hours };
  }
  if (kind === 'hour' && detail === undefined) return { kind: 'calendar', unit: kind, timeZone: 'UTC' };
  if (kind !== 'day' && kind !== 'week' && kind !== 'month') throw notAWindow(text);
  try {
    const timeZone = detail ?? 'UTC';
    clockOf(timeZone);
    return { kind: 'calendar', unit: kind, timeZone };
  } catch {
    throw new ShoalError('invalid_input', `There is no time zone called “${detail}”.`, {
      hint: 'Give a zone such as UTC or Europe/Berlin.',
    });
  }
}

export function formatWindow(window: BudgetWindow): string {
  if (window.kind === 'none') return 'none';
  if (window.kind === 'rolling') return `rolling ${window.hours}h`;
  return window.timeZone === 'UTC' ? window.unit : `${window.unit} ${window.timeZone}`;
}

function notAWindow(text: string): ShoalError {
  return new ShoalError('invalid_input', `“${text.slice(0, 60)}” is not a budget window.`, {
    hint: 'Use none, rolling 24h, rolling 7d, hour (of UTC), or day, week or month with a time zone after it if not UTC.',
  });
}

const bucketMs = (hours: number): number => (hours * HOUR_MS) / BUCKETS;

function calendarAt(unit: 'hour' | 'day' | 'week' | 'month', timeZone: string, at: number): Bucket {
  if (unit === 'hour') {
    const start = Math.floor(at / HOUR_MS) * HOUR_MS;
    return { start, end: start + HOUR_MS };
  }
  // The local date, written as the time that it would be in UTC.
  const local = new Date(at + offsetAt(timeZone, at));
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  if (unit === 'month') {
    return { start: midnight(timeZone, Date.UTC(year, month)), end: midnight(timeZone, Date.UTC(year, month + 1)) };
  }
  const today = Date.UTC(year, month, day);
  const first = unit === 'day' ? today : today - ((local.getUTCDay() + 6) % 7) * DAY_MS;
  const days = unit === 'day' ? 1 : 7;
  return { start: midnight(timeZone, first), end: midnight(timeZone, first + days * DAY_MS) };
}

/** The first moment of a local date: its midnight, or where clocks jump over that, the moment of the jump. */
function midnight(timeZone: string, date: number): number {
  if (timeZone === 'UTC') return date;
  const [early, late] = [date - offsetAt(timeZone, date - DAY_MS), date - offsetAt(timeZone, date + DAY_MS)].toSorted(
    (left, right) => left - right,
  ) as [number, number];
  return early + offsetAt(timeZone, early) >= date ? early : late;
}

/** Making one takes longer than a hundred uses of it, and there are only so many zones. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Throws where there is no zone of that name. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** What local clocks are ahead of UTC. */
function offsetAt(timeZone: string, at: number): number {
  if (timeZone === 'UTC') return 0;
  const parts = clockOf(timeZone).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - Math.floor(at / 1000) * 1000;
}
