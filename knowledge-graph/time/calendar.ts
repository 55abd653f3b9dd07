// ISO 8601 dates of any precision (`2026`, `2026-05`, `2026-05-18`, `-0043` for 44 BC) as text and as numbers that
// compare. The proleptic Gregorian calendar throughout; no clock of this machine.
export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

const DAY_MS = 86_400_000;
const pad = (value: number, length: number): string => String(value).padStart(length, '0');

/** An astronomical year: 1 BC is 0, 44 BC is −43. */
export const isoYear = (year: number): string => (year < 0 ? `-${pad(-year, 4)}` : pad(year, 4));

/** Undefined for a month outside 1–12. */
export const isoMonth = (year: number, month: number): string | undefined =>
  month >= 1 && month <= 12 ? `${isoYear(year)}-${pad(month, 2)}` : undefined;

/** Undefined for a day that the month does not have. */
export function isoDay(year: number, month: number, day: number): string | undefined {
  const isIn = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return isIn ? `${isoYear(year)}-${pad(month, 2)}-${pad(day, 2)}` : undefined;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export interface Parts {
  readonly year: number;
  readonly month: number | undefined;
  readonly day: number | undefined;
}

/** The parts of an ISO date or date-time; undefined for anything else. */
export function partsOf(iso: string): Parts | undefined {
  const match = /^(-?\d{4,6})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?$/.exec(iso);
  if (match === null) return undefined;
  const [, year, month, day] = match;
  return {
    year: Number(year),
    month: month === undefined ? undefined : Number(month),
    day: day === undefined ? undefined : Number(day),
  };
}

const key = (year: number, month: number, day: number): number => year * 10_000 + month * 100 + day;

/** Orders dates by the first day they cover; `undefined` where the text is no ISO date. */
export function firstDay(iso: string): number | undefined {
  const parts = partsOf(iso);
  return parts === undefined ? undefined : key(parts.year, parts.month ?? 1, parts.day ?? 1);
}

/** Orders dates by the last day they cover; `undefined` where the text is no ISO date. */
export function lastDay(iso: string): number | undefined {
  const parts = partsOf(iso);
  return parts === undefined ? undefined : key(parts.year, parts.month ?? 12, parts.day ?? 31);
}

/** A day moved by whole days. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Monday. */
export const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

/** The unit that holds a day, moved by so many units, as first and last date of that unit. */
export function unitAround(day: string, unit: Unit, by: number): readonly [string, string] {
  const { year, month = 1 } = partsOf(day) ?? { year: 0 };
  if (unit === 'day') {
    const moved = addDays(day, by);
    return [moved, moved];
  }
  if (unit === 'week') {
    const monday = addDays(day, by * 7 - weekdayOf(day));
    return [monday, addDays(monday, 6)];
  }
  if (unit === 'year') return [isoYear(year + by), isoYear(year + by)];
  const size = unit === 'quarter' ? 3 : 1;
  const first = year * 12 + Math.floor((month - 1) / size) * size + by * size;
  return [monthAt(first), monthAt(first + size - 1)];
}

const monthAt = (count: number): string => `${isoYear(Math.floor(count / 12))}-${pad((count % 12) + 1, 2)}`;
