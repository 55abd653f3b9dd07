// Parts of years, the same in every language: quarters, halves, seasons, decades, centuries, and years written short.
import type { TimeInterval } from '../contract.ts';
import { isoMonth, isoYear, partsOf } from './calendar.ts';
import { at, interval } from './rule.ts';

export type Part = 'early' | 'mid' | 'late';

export const quarterOf = (year: number, quarter: number): TimeInterval | undefined =>
  interval(isoMonth(year, quarter * 3 - 2), isoMonth(year, quarter * 3), 'quarter');

export const halfOf = (year: number, half: number): TimeInterval | undefined =>
  interval(isoMonth(year, half * 6 - 5), isoMonth(year, half * 6), 'half-year');

export type Season = 'spring' | 'summer' | 'autumn' | 'winter';
const FIRST_MONTH: Readonly<Record<Season, number>> = { spring: 3, summer: 6, autumn: 9, winter: 12 };

/** Meteorological seasons of the north; a winter begins in its year and ends in the next. */
export function seasonOf(year: number, season: Season): TimeInterval | undefined {
  const first = FIRST_MONTH[season];
  const last = season === 'winter' ? isoMonth(year + 1, 2) : isoMonth(year, first + 2);
  return interval(isoMonth(year, first), last, 'season');
}

/** Thirds: months 1–4, 5–8, 9–12. */
export function yearPart(year: number, part: Part | undefined): TimeInterval | undefined {
  if (part === undefined) return at(isoYear(year), 'year');
  const first = { early: 1, mid: 5, late: 9 }[part];
  return interval(isoMonth(year, first), isoMonth(year, first + 3), 'year-part');
}

/** Years 0–3, 4–6, 7–9 of a decade. */
export function decadeOf(first: number, part: Part | undefined): TimeInterval | undefined {
  const [from, to] = part === undefined ? [0, 9] : { early: [0, 3], mid: [4, 6], late: [7, 9] }[part];
  return interval(isoYear(first + (from ?? 0)), isoYear(first + (to ?? 9)), 'decade');
}

/** The 20th century is 1901–2000; the 1st before Christ ends with 1 BC. */
export function centuryOf(number: number, part: Part | undefined, before = false): TimeInterval | undefined {
  if (number < 1) return undefined;
  const first = before ? -number * 100 + 1 : (number - 1) * 100 + 1;
  const [from, to] = part === undefined ? [0, 99] : { early: [0, 32], mid: [33, 65], late: [66, 99] }[part];
  return interval(isoYear(first + (from ?? 0)), isoYear(first + (to ?? 99)), 'century');
}

/** "2023/24", "FY24": a second year written by its last two digits. */
export function fullYear(short: string, after: number): number {
  if (short.length !== 2) return Number(short);
  const year = Math.floor(after / 100) * 100 + Number(short);
  return year < after ? year + 100 : year;
}

/** Years of two digits alone, as in "the '90s" and "FY24": 30–99 are the last century's. */
export const centuryFor = (short: number): number => (short < 30 ? 2000 : 1900) + short;

/** Of the years around the document's, the one that brings the date nearest to it. */
export function nearestYear(month: number, today: string): number {
  const { year, month: now = 1 } = partsOf(today) ?? { year: 0 };
  const distance = month - now;
  return distance > 6 ? year - 1 : distance < -6 ? year + 1 : year;
}
