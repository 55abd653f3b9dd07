// When a fact of a sentence holds, by the dates of that sentence. Prefers silence: of two dates that might both be meant,
// neither is taken.
import type { Precision } from '../contract.ts';
import type { DateSpan } from './dates.ts';

export interface FactTime {
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly precision?: Precision;
}

/** Dates that say how long something went on; the others say when it began. */
const LASTING: ReadonlySet<Precision> = new Set(['range', 'decade', 'century']);

const LONGEST_BRACKET = 80;

/** "… and voters remember the 2019 defeat": the year tells which defeat; after a preposition ("in the 2019 vote") it tells when. */
const TELLS_WHICH =
  /(?<!\b(?:in|at|on|during|after|before|since|for|from|by|of|until|under|with|through)\s)\b(?:the|its|their|his|her|our)\s$/i;

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * `fact` and `dates` count from one origin, as `text` does. What is only said in passing ("President Ford signed …") is
 * dated by no date of the sentence's own event.
 */
export function timeOfFact(fact: Span & { readonly inPassing?: boolean }, dates: readonly DateSpan[], text: string): FactTime {
  const meant = dates.filter((date) => isMeant(fact, date, text));
  const near = nearest(fact, meant, text);
  const from = only(near.filter(({ bound }) => bound === 'from'));
  const until = only(near.filter(({ bound }) => bound === 'until'));
  if (near.length === 2 && from !== undefined && until !== undefined)
    return { validFrom: from.from, validTo: until.to, precision: 'range' };
  const date = only(near);
  if (date === undefined) return {};
  const { precision } = date;
  if (date.bound === 'until') return { validTo: date.to, precision };
  if (date.bound === 'at' && LASTING.has(precision)) return { validFrom: date.from, validTo: date.to, precision };
  return { validFrom: date.from, precision };
}

/** "(1913–2006)" after a name is a life, not the time of a fact; after the whole fact it is. */
function isMeant(fact: Span & { readonly inPassing?: boolean }, date: DateSpan, text: string): boolean {
  if (fact.inPassing === true && (date.bound === 'at' || date.start < fact.start)) return false;
  const before = text.slice(Math.max(0, date.start - LONGEST_BRACKET), date.start);
  const isOutside = date.start >= fact.end || date.end <= fact.start;
  if (isOutside && date.precision === 'year' && TELLS_WHICH.test(before) && /^\s\p{Ll}/u.test(text.slice(date.end))) return false;
  if (before.lastIndexOf('(') <= before.lastIndexOf(')')) return true;
  return date.start >= fact.end && /^\s?\($/.test(text.slice(fact.end, date.start));
}

const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

/** Of several dates those within the fact's own words, else those of its clause, else those that introduce the sentence. */
function nearest(fact: Span, dates: readonly DateSpan[], text: string): readonly DateSpan[] {
  if (dates.length < 2) return dates;
  const inside = dates.filter(({ start, end }) => start >= fact.start && end <= fact.end);
  if (inside.length > 0) return inside;
  const clauseEnd = text.slice(fact.end).search(/[,;:，；：]/);
  const end = clauseEnd < 0 ? text.length : fact.end + clauseEnd;
  const after = dates.filter((date) => date.start >= fact.end && date.end <= end);
  if (after.length > 0) return after;
  const opening = dates.filter((date) => date.end <= fact.start && /^[\s,，]*$/.test(text.slice(date.end, fact.start)));
  return opening.length > 0 ? opening : dates;
}
