// Dates in English prose. Rules that read more stand before those that read less: what one has taken, none takes again.
import { isoDay, isoMonth, isoYear } from './calendar.ts';
import { centuryFor, centuryOf, decadeOf, fullYear, halfOf, nearestYear, quarterOf, seasonOf, yearPart } from './parts.ts';
import type { Part, Season } from './parts.ts';
import { at, interval } from './rule.ts';
import type { Groups, Rule } from './rule.ts';

export const MONTH =
  '(Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)';
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const YEAR = '(1\\d{3}|20\\d{2})';
/** With a month before it a year of three digits is one, too. */
const OLD_YEAR = '([1-9]\\d{2}|1\\d{3}|20\\d{2})';
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const DASH = '\\s?[–—-]\\s?';
const PART = '(?:([Ee]arly|[Mm]id(?:dle)?|[Ll]ate)(?:\\s|-)(?:of\\s)?(?:the\\s)?)?';
const ORDINAL_WORDS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first'.split(
    ' ',
  );
const ORDINAL = `(\\d{1,2})(?:st|nd|rd|th)|(${ORDINAL_WORDS.join('|')})`;
const BEFORE_CHRIST = '(?:BCE?|B\\.C\\.(?:E\\.)?)(?![A-Za-z])';
const DECADE_WORDS: Readonly<Record<string, number>> = {
  twenties: 20,
  thirties: 30,
  forties: 40,
  fifties: 50,
  sixties: 60,
  seventies: 70,
  eighties: 80,
  nineties: 90,
};

export const monthNumber = (name = ''): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
const seasonName = (word = ''): Season => (word.toLowerCase() === 'fall' ? 'autumn' : (word.toLowerCase() as Season));
const partName = (word: string | undefined): Part | undefined =>
  word === undefined ? undefined : (word.toLowerCase().replace('middle', 'mid') as Part);
const ordinal = (digits: string | undefined, word = ''): number =>
  digits === undefined ? ORDINAL_WORDS.indexOf(word.toLowerCase()) + 1 : Number(digits);
const dayAt = (year: string | undefined, month: number, day: string | undefined): string | undefined =>
  isoDay(Number(year), month, Number(day));

/** Day and month by number: the day first where only that fits; where both do, no more than the year is certain. */
function numeric([first, second, year]: Groups): ReturnType<Rule['read']> {
  const [left, right] = [Number(first), Number(second)];
  if (left <= 12 && right <= 12 && left !== right) return at(isoYear(Number(year)), 'year');
  return at(left > 12 ? dayAt(year, right, first) : dayAt(year, left, second), 'day');
}

function years([first = '', last = '']: Groups): ReturnType<Rule['read']> {
  const from = Number(first);
  const to = fullYear(last, from);
  return to > from && to - from < 1000 ? interval(isoYear(from), isoYear(to), 'range') : undefined;
}

/** `2008-06` is a month, `2010-12` and `2010–11` the years 2010 to 2012 and to 2011: what goes on counting is a range. */
function yearsOrMonth([first = '', dash, last = '']: Groups): ReturnType<Rule['read']> {
  const from = Number(first);
  if (Number(last) > from % 100 || dash !== '-')
    return Number(last) === 0 || Number(last) > from % 100 ? years([first, last]) : undefined;
  return at(isoMonth(from, Number(last)), 'month');
}

const MOMENT = String.raw`(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?`;

export const ENGLISH: readonly Rule[] = [
  {
    pattern: new RegExp(String.raw`(?<![\d.-])(1\d{3}|20\d{2})-(\d{2})-(\d{2})${MOMENT}(?![\d-])`, 'g'),
    read: ([year, month, day]) => at(dayAt(year, Number(month), day), 'day'),
  },
  {
    pattern: /(?<![\d./-]|[Vv]ersion |v)(1\d{3}|20\d{2})([./])(\d{1,2})\2(\d{1,2})(?![\d./-])/g,
    read: ([year, , month, day]) => at(dayAt(year, Number(month), day), 'day'),
  },
  { pattern: /(?<![\d./-])(\d{1,2})[/.](\d{1,2})[/.](1\d{3}|20\d{2})(?![\d/-])/g, read: numeric },
  {
    pattern: new RegExp(`\\b${DAY}(?:${DASH}| to | and )${DAY} (?:of )?${MONTH},? ${OLD_YEAR}\\b`, 'g'),
    read: ([first, last, month, year]) =>
      interval(dayAt(year, monthNumber(month), first), dayAt(year, monthNumber(month), last), 'range'),
  },
  {
    pattern: new RegExp(`\\b${DAY} ${MONTH}(?:${DASH}| to )${DAY} ${MONTH},? ${OLD_YEAR}\\b`, 'g'),
    read: ([first, opening, last, closing, year]) =>
      interval(dayAt(year, monthNumber(opening), first), dayAt(year, monthNumber(closing), last), 'range'),
  },
  {
    pattern: new RegExp(`\\b${MONTH} ${DAY}(?:${DASH}| to | and )${DAY},? ${OLD_YEAR}\\b`, 'g'),
    read: ([month, first, last, year]) =>
      interval(dayAt(year, monthNumber(month), first), dayAt(year, monthNumber(month), last), 'range'),
  },
  {
    pattern: new RegExp(`\\b${MONTH} ${DAY}(?:${DASH}| to | through )${MONTH} ${DAY},? ${OLD_YEAR}\\b`, 'g'),
    read: ([opening, first, closing, last, year]) =>
      interval(dayAt(year, monthNumber(opening), first), dayAt(year, monthNumber(closing), last), 'range'),
  },
  {
    pattern: new RegExp(`\\b${DAY}[ -](?:of )?${MONTH},?[ -]${OLD_YEAR}\\b(?!\\s?${BEFORE_CHRIST})`, 'g'),
    read: ([day, month, year]) => at(dayAt(year, monthNumber(month), day), 'day'),
  },
  {
    pattern: new RegExp(`\\b${MONTH} ${DAY}(?:,? |, ?)${OLD_YEAR}\\b(?!\\s?${BEFORE_CHRIST})`, 'g'),
    read: ([month, day, year]) => at(dayAt(year, monthNumber(month), day), 'day'),
  },
  {
    pattern: new RegExp(`\\b${MONTH}(?:${DASH}| to | through | and )${MONTH},? (?:of )?${YEAR}\\b`, 'g'),
    read: ([first, last, year]) =>
      interval(isoMonth(Number(year), monthNumber(first)), isoMonth(Number(year), monthNumber(last)), 'range'),
  },
  {
    pattern: new RegExp(`\\b${MONTH},? (?:of )?${YEAR}\\b`, 'g'),
    read: ([month, year]) => at(isoMonth(Number(year), monthNumber(month)), 'month'),
  },
  {
    pattern: new RegExp(`\\b[Qq]([1-4])(?:,? (?:of )?|[-/]| ?['’])${YEAR}\\b`, 'g'),
    read: ([number, year]) => quarterOf(Number(year), Number(number)),
  },
  {
    pattern: new RegExp(`\\b${YEAR}[ /-]?[Qq]([1-4])\\b`, 'g'),
    read: ([year, number]) => quarterOf(Number(year), Number(number)),
  },
  {
    pattern: /\b([1-4])Q ?(?:20)?(\d{2})\b/g,
    read: ([number, year]) => quarterOf(2000 + Number(year), Number(number)),
  },
  {
    pattern: new RegExp(
      `\\b(first|second|third|fourth|last|1st|2nd|3rd|4th)(?:\\s|-)quarter (?:of )?(?:the )?(?:year )?(?:fiscal )?${YEAR}\\b`,
      'gi',
    ),
    read: ([word = '', year]) => {
      const number = word.toLowerCase() === 'last' ? 4 : ordinal(/^\d/.exec(word)?.[0], word);
      return quarterOf(Number(year), number);
    },
  },
  {
    pattern: new RegExp(`\\b(first|second|1st|2nd)(?:\\s|-)half (?:of )?(?:the )?(?:fiscal )?${YEAR}\\b`, 'gi'),
    read: ([word = '', year]) => halfOf(Number(year), /^(first|1)/i.test(word) ? 1 : 2),
  },
  {
    pattern: new RegExp(`\\b(?:H([12]) ?(?:of )?|([12])H ?)${YEAR}\\b`, 'g'),
    read: ([first, second, year]) => halfOf(Number(year), Number(first ?? second)),
  },
  {
    pattern: new RegExp(
      `\\b([Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?: of|,)? ${YEAR}(?:[/–-]\\d{2}(?:\\d{2})?)?\\b`,
      'g',
    ),
    read: ([season, year]) => seasonOf(Number(year), seasonName(season)),
  },
  {
    pattern: /\b(?:FY ?'?|[Ff]iscal(?: [Yy]ear)? )(\d{4}|\d{2})(?:[/–-](\d{4}|\d{2}))?\b/g,
    read: ([first = '', last]) => {
      const from = first.length === 2 ? centuryFor(Number(first)) : Number(first);
      const to = last === undefined ? from : fullYear(last, from);
      return to < from || from < 1800 || from > 2100 ? undefined : interval(isoYear(from), isoYear(to), 'fiscal-year');
    },
  },
  {
    pattern: new RegExp(`\\b${PART}(?:${ORDINAL})(?:\\s|-)centur(?:y|ies)( ${BEFORE_CHRIST})?`, 'g'),
    read: ([part, digits, word, before]) => centuryOf(ordinal(digits, word), partName(part), before !== undefined),
  },
  {
    pattern: new RegExp(`\\b${PART}((?:1\\d|20)\\d)0['’]?s\\b`, 'g'),
    read: ([part, decade]) => {
      const first = Number(decade) * 10;
      if (first % 100 !== 0 || first === 2000) return decadeOf(first, partName(part));
      return interval(isoYear(first), isoYear(first + 99), 'century');
    },
  },
  {
    pattern: new RegExp(`${PART}(?<=\\b(?:the|of|in|since|and|to|[Ee]arly|[Mm]id|[Ll]ate)[ -])['’‘]?([2-9]0)s\\b`, 'g'),
    read: ([part, decade]) => decadeOf(1900 + Number(decade), partName(part)),
  },
  {
    pattern: new RegExp(
      `\\b${PART}(?:(?:[Nn]ineteen)[ -]|(?<=\\b(?:the|early|late|mid)[ -]))(${Object.keys(DECADE_WORDS).join('|')})\\b`,
      'g',
    ),
    read: ([part, word = '']) => decadeOf(1900 + (DECADE_WORDS[word] ?? 0), partName(part)),
  },
  {
    pattern: new RegExp(`(?<![\\d,.])(\\d{1,4})(?:${DASH}| to )(\\d{1,4}) ${BEFORE_CHRIST}`, 'g'),
    read: ([first, last]) => interval(isoYear(1 - Number(first)), isoYear(1 - Number(last)), 'range'),
  },
  {
    pattern: new RegExp(`(?<![\\d,.])(\\d{1,4}) ${BEFORE_CHRIST}`, 'g'),
    read: ([year]) => at(isoYear(1 - Number(year)), 'year'),
  },
  {
    pattern: /(?<![\w.])(?:AD|A\.D\.) (\d{1,4})\b|(?<![\d,.])(\d{1,4}) (?:CE|AD|A\.D\.)(?![A-Za-z])/g,
    read: ([after, before]) => at(isoYear(Number(after ?? before)), 'year'),
  },
  { pattern: new RegExp(`(?<![\\w.,/$€£¥#@-])${YEAR}\\s?(?:[–—/-]|-{2})\\s?${YEAR}(?![\\w-])`, 'g'), read: years },
  { pattern: new RegExp(`(?<![\\w.,/$€£¥#@-])${YEAR}([–—/-])(\\d{2})(?![\\w/-]|[.,]\\d)`, 'g'), read: yearsOrMonth },
  {
    pattern: new RegExp(`\\b([Ee]arly|[Mm]id|[Ll]ate)(?:[ -]|-?to-late )(?:in )?${YEAR}\\b(?!s)`, 'g'),
    read: ([part, year]) => yearPart(Number(year), partName(part)),
  },
  {
    pattern: new RegExp(`\\b${DAY} (?:of )?${MONTH}(?![\\w’'])`, 'g'),
    read: ([day, month], today) => {
      if (today === undefined) return undefined;
      const number = monthNumber(month);
      return at(isoDay(nearestYear(number, today), number, Number(day)), 'day');
    },
  },
  {
    pattern: new RegExp(`\\b${MONTH} ${DAY}\\b(?![.,:]?\\d|%|’|')`, 'g'),
    read: ([month, day], today) => {
      if (today === undefined) return undefined;
      const number = monthNumber(month);
      return at(isoDay(nearestYear(number, today), number, Number(day)), 'day');
    },
  },
];
