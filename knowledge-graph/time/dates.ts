// The date grammar: every date of a text with its exact span, read as an ISO interval at the precision of the text.
// A relative date counts from the document's own and is left out where the document has none.
import type { TimeInterval } from '../contract.ts';
import { isoYear, lastDay, firstDay, partsOf } from './calendar.ts';
import { CHINESE } from './chinese.ts';
import { ENGLISH } from './english.ts';
import { RELATIVE_CHINESE, RELATIVE_ENGLISH } from './relative.ts';
import type { Rule } from './rule.ts';
import { isYear } from './years.ts';

/** How a fact stands to a date: at it, from it on, or until it. */
export type Bound = 'at' | 'from' | 'until';

export interface DateSpan extends TimeInterval {
  readonly start: number;
  readonly end: number;
  readonly bound: Bound;
}

type Found = Omit<DateSpan, 'bound'>;

const HAS_HAN = /[年月日天周季代纪期]/;
const HAS_DIGIT = /\d/;
const HAS_WORD =
  /day\b|night\b|morrow\b|(?:last|past|previous|this|current|next|coming|early|late|mid)[ -]|\bago\b|centur|teen|ies\b|(?:since|by|until|during|from|in) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/i;
const BARE_YEAR = /(?:1\d{3}|20\d{2})/g;

/** Dates of a text in reading order, without overlaps. `publishedAt` is the document's ISO date or date-time. */
export function findDates(text: string, publishedAt: string | undefined): readonly DateSpan[] {
  const [digits, han] = [HAS_DIGIT.test(text), HAS_HAN.test(text)];
  const worded = digits || HAS_WORD.test(text);
  if (!worded && !han) return [];
  const today = dayOf(publishedAt);
  const found: Found[] = [];
  if (han) for (const rule of CHINESE) apply(rule, text, today, found);
  if (worded) for (const rule of ENGLISH) apply(rule, text, today, found);
  if (digits) addYears(text, found);
  if (today !== undefined) {
    if (han) for (const rule of RELATIVE_CHINESE) apply(rule, text, today, found);
    for (const rule of RELATIVE_ENGLISH) apply(rule, text, today, found);
  }
  const ordered = found.toSorted((left, right) => left.start - right.start);
  // "from 1996 to 2008" has both its ends in itself.
  const bound = ({ precision, start, end }: Found): Bound => (precision === 'range' ? 'at' : boundOf(text, start, end));
  return joinRanges(ordered, text).map((date) => ({ ...date, bound: bound(date) }));
}

/** A document dated by year or month alone is no day to count from. */
const dayOf = (publishedAt: string | undefined): string | undefined =>
  publishedAt !== undefined && partsOf(publishedAt)?.day !== undefined ? publishedAt.slice(0, 10) : undefined;

function apply(rule: Rule, text: string, today: string | undefined, found: Found[]): void {
  const { pattern } = rule;
  // `matchAll` would make the expression anew for each rule and sentence.
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (start === end) pattern.lastIndex++;
    if (isTaken(found, start, end)) continue;
    const reading = rule.read(match.slice(1), today);
    if (reading !== undefined) found.push({ start, end, ...reading });
  }
}

function addYears(text: string, found: Found[]): void {
  for (const match of text.matchAll(BARE_YEAR)) {
    const [start, end] = [match.index, match.index + 4];
    if (isTaken(found, start, end) || !isYear(text, start, end)) continue;
    const year = isoYear(Number(match[0]));
    found.push({ start, end, from: year, to: year, precision: 'year' });
  }
}

const isTaken = (found: readonly Found[], start: number, end: number): boolean =>
  found.some((other) => start < other.end && other.start < end);

/** "from May 2019 to June 2021", "between 1990 and 1994", "12 May – 3 June 2024", "2019年3月至5月": one interval. */
function joinRanges(dates: readonly Found[], text: string): readonly Found[] {
  const joined: Found[] = [];
  for (const date of dates) {
    const before = joined.at(-1);
    const range = before === undefined ? undefined : rangeOf(before, date, text);
    if (range === undefined) joined.push(date);
    else joined[joined.length - 1] = range;
  }
  return joined;
}

function rangeOf(first: Found, last: Found, text: string): Found | undefined {
  const between = text.slice(first.end, last.start);
  const opening = text.slice(Math.max(0, first.start - 16), first.start);
  const isRange =
    /^\s?[–—]\s?$|^ - $|^\s?(?:至|到|～)\s?$/.test(between) ||
    (/^,? (?:to|until|till|through) $/.test(between) && /\b(?:from|between|lasted)\s(?:the\s|early\s|late\s)?$/i.test(opening)) ||
    (between === ' and ' && /\bbetween\s(?:the\s|early\s|late\s)?$/i.test(opening));
  if (!isRange || (lastDay(last.to) ?? 0) < (lastDay(first.to) ?? 0) || (firstDay(last.from) ?? 0) <= (firstDay(first.from) ?? 0))
    return undefined;
  return { start: first.start, end: last.end, from: first.from, to: last.to, precision: 'range' };
}

const ARTICLES = '(?:the |early |late |mid-|at least |about |around |the end of |the beginning of )?';
const FROM_BEFORE = new RegExp(
  `(?:^|[^\\p{L}])(?:since|from|after|starting(?: in| on)?|beginning(?: in| on)?|effective) ${ARTICLES}$|[自从]$`,
  'iu',
);
const UNTIL_BEFORE = new RegExp(
  `(?:^|[^\\p{L}])(?:until|till|through|up to|before|prior to|by|to) ${ARTICLES}$|(?:截至|直到|截止|至|到)$`,
  'iu',
);

/** "since 2019", "自2019年", "2019年以来", "2019 –": from then on; "until 2019", "2019年之前": up to then. */
function boundOf(text: string, start: number, end: number): Bound {
  const before = text.slice(Math.max(0, start - 28), start);
  const after = text.slice(end, end + 12);
  if (
    FROM_BEFORE.test(before) ||
    /^(?:起|以来|以后|之后|后|至今|迄今)|^\s?[–—-]\s?(?:present|now|today)\b|^ onwards?\b/i.test(after)
  )
    return 'from';
  if (UNTIL_BEFORE.test(before) || /^(?:之前|以前|前|为止|止)/.test(after)) return 'until';
  return 'at';
}
