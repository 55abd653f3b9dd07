// A small grammar of dates in English and Chinese prose: bare years, ranges, quarters, decades, months, days.
// Gives ISO 8601 at the precision of the text; a day without a year takes it from the document's own date.
export interface DateSpan {
  readonly start: number;
  readonly end: number;
  /** `2026`, `2026-05`, `2026-05-18`, or an interval `2025/2026`. */
  readonly from: string;
  readonly to: string;
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const MONTH =
  '(Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)';
const YEAR = '((?:1[5-9]|20)\\d{2})';
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';

const monthNumber = (name: string): number => MONTHS.findIndex((month) => month.startsWith(name.slice(0, 3).toLowerCase())) + 1;
const two = (value: number | string): string => String(value).padStart(2, '0');
const same = (value: string): readonly [string, string] => [value, value];
const SEASONS: Readonly<Record<string, readonly [number, number]>> = {
  spring: [3, 5],
  summer: [6, 8],
  autumn: [9, 11],
  fall: [9, 11],
  winter: [12, 12],
};
const ORDINALS = ['first', 'second', 'third', 'fourth'];

type Reading = readonly [string, string] | undefined;
interface Rule {
  readonly pattern: RegExp;
  readonly read: (groups: readonly string[], year: string | undefined) => Reading;
}

const quarter = (number: number, year: string): Reading =>
  number >= 1 && number <= 4 ? [`${year}-${two(number * 3 - 2)}`, `${year}-${two(number * 3)}`] : undefined;
const day = (year: string | undefined, month: number, date: string): Reading => {
  const inMonth = Number(date) >= 1 && Number(date) <= 31 && month >= 1;
  return year === undefined || !inMonth ? undefined : same(`${year}-${two(month)}-${two(date)}`);
};

/** Longest readings first: a place that one rule has taken is not offered to the next. */
const RULES: readonly Rule[] = [
  { pattern: /\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b/g, read: ([year = '', month, date = '']) => day(year, Number(month), date) },
  {
    pattern: new RegExp(`\\b${DAY} (?:of )?${MONTH},? ${YEAR}\\b`, 'g'),
    read: ([date = '', month = '', year]) => day(year, monthNumber(month), date),
  },
  {
    pattern: new RegExp(`\\b${MONTH} ${DAY},? ${YEAR}\\b`, 'g'),
    read: ([month = '', date = '', year]) => day(year, monthNumber(month), date),
  },
  {
    pattern: new RegExp(`\\b${MONTH},? (?:of )?${YEAR}\\b`, 'g'),
    read: ([month = '', year]) => same(`${year}-${two(monthNumber(month))}`),
  },
  { pattern: new RegExp(`\\bQ([1-4]),? (?:of )?${YEAR}\\b`, 'g'), read: ([number, year = '']) => quarter(Number(number), year) },
  {
    pattern: new RegExp(`\\b(first|second|third|fourth) quarter of ${YEAR}\\b`, 'gi'),
    read: ([ordinal = '', year = '']) => quarter(ORDINALS.indexOf(ordinal.toLowerCase()) + 1, year),
  },
  {
    pattern: new RegExp(`\\b([Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?: of)? ${YEAR}\\b`, 'g'),
    read: ([season = '', year]) => {
      const [first, last] = SEASONS[season.toLowerCase()] ?? [1, 12];
      return [`${year}-${two(first)}`, `${year}-${two(last)}`];
    },
  },
  {
    pattern: new RegExp(`\\b${YEAR} ?[–-] ?${YEAR}\\b`, 'g'),
    read: ([first = '', last = '']) => (first < last ? [first, last] : undefined),
  },
  { pattern: /\b((?:1[5-9]|20)\d)0s\b/g, read: ([decade = '']) => [`${decade}0`, `${decade}9`] },
  {
    pattern: new RegExp(`\\b${DAY} ${MONTH}\\b`, 'g'),
    read: ([date = '', month = ''], year) => day(year, monthNumber(month), date),
  },
  {
    pattern: new RegExp(`\\b${MONTH} ${DAY}\\b(?![.,]?\\d)`, 'g'),
    read: ([month = '', date = ''], year) => day(year, monthNumber(month), date),
  },
  {
    pattern: new RegExp(
      `\\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]uring|early|late|mid|of|year)[ -]${YEAR}\\b(?!\\s?(?:%|percent|people|members|tons?|users))`,
      'g',
    ),
    read: ([year = '']) => same(year),
  },
  {
    pattern: /((?:19|20)\d{2})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?/g,
    read: ([year = '', month, date]) => same([year, ...[month, date].flatMap((part) => (part ? [two(part)] : []))].join('-')),
  },
];

/** Dates of a text in reading order, without overlaps. */
export function findDates(text: string, publishedAt: string | undefined): readonly DateSpan[] {
  if (!/\d/.test(text)) return [];
  const found: DateSpan[] = [];
  const year = publishedAt?.slice(0, 4);
  for (const rule of RULES) {
    for (const match of text.matchAll(rule.pattern)) {
      const reading = rule.read(match.slice(1), year);
      // A leading preposition licenses a bare year but is no part of the date.
      const skip = /^[A-Za-z]+[ -](?=\d{4}$)/.exec(match[0])?.[0] ?? '';
      const lead =
        MONTHS.includes(skip.trim().toLowerCase()) || (/^\p{Lu}\p{Ll}{2} $/u.test(skip) && monthNumber(skip) > 0) ? '' : skip;
      const keep = /^(spring|summer|autumn|fall|winter) $/i.test(lead) ? '' : lead;
      const start = match.index + keep.length;
      const end = match.index + match[0].length;
      if (reading === undefined || found.some((other) => start < other.end && other.start < end)) continue;
      found.push({ start, end, from: reading[0], to: reading[1] });
    }
  }
  return found.toSorted((left, right) => left.start - right.start);
}
