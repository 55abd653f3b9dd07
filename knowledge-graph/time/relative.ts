// Dates that count from the document's own: "yesterday", "last Tuesday", "two weeks ago", "in March", "去年", "上周二".
import type { TimeInterval } from '../contract.ts';
import { addDays, isoMonth, isoYear, partsOf, unitAround, weekdayOf } from './calendar.ts';
import type { Unit } from './calendar.ts';
import { MONTH, monthNumber } from './english.ts';
import { nearestYear, seasonOf } from './parts.ts';
import type { Season } from './parts.ts';
import { at, interval } from './rule.ts';
import type { Rule } from './rule.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const WEEKDAY = '(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';
const NUMBERS = 'a one two three four five six seven eight nine ten eleven twelve'.split(' ');
const COUNT = `(an?|\\d{1,3}|${NUMBERS.slice(1).join('|')})`;
const HAN_DIGITS = '〇一二三四五六七八九十';

const numberOf = (word = ''): number =>
  /^\d/.test(word) ? Number(word) : /^an?$/i.test(word) ? 1 : NUMBERS.indexOf(word.toLowerCase());

const DIRECTION: Readonly<Record<string, number>> = { last: -1, past: -1, previous: -1, this: 0, current: 0, next: 1, coming: 1 };

function unitInterval(today: string, unit: Unit, by: number): TimeInterval | undefined {
  const [from, to] = unitAround(today, unit, by);
  return interval(from, to, unit);
}

/** A day of the week: in the last seven days, in this week, or in the coming seven. */
function weekday(today: string, name: string, direction: number): TimeInterval | undefined {
  const wanted = WEEKDAYS.findIndex((day) => day.startsWith(name.toLowerCase()));
  const away = wanted - weekdayOf(today);
  if (direction < 0) return at(addDays(today, away >= 0 ? away - 7 : away), 'day');
  if (direction > 0) return at(addDays(today, away <= 0 ? away + 7 : away), 'day');
  return at(addDays(today, away), 'day');
}

/** A rule that reads nothing without the document's date. */
const from = (pattern: RegExp, read: (groups: Parameters<Rule['read']>[0], today: string) => TimeInterval | undefined): Rule => ({
  pattern,
  read: (groups, today) => (today === undefined ? undefined : read(groups, today)),
});

const yearOf = (today: string): number => partsOf(today)?.year ?? 0;

function monthNear(today: string, name: string | undefined, direction: number | undefined): TimeInterval | undefined {
  const month = monthNumber(name);
  const now = partsOf(today)?.month ?? 1;
  if (direction === undefined) return at(isoMonth(nearestYear(month, today), month), 'month');
  const turn = direction < 0 && month >= now ? -1 : direction > 0 && month <= now ? 1 : 0;
  return at(isoMonth(yearOf(today) + turn, month), 'month');
}

function seasonNear(today: string, season: Season, direction: number): TimeInterval | undefined {
  const begun = { spring: 3, summer: 6, autumn: 9, winter: 12 }[season] <= (partsOf(today)?.month ?? 1);
  const turn = direction < 0 ? (begun && season !== 'winter' ? 0 : -1) : direction > 0 && begun ? 1 : 0;
  return seasonOf(yearOf(today) + turn, season);
}

export const RELATIVE_ENGLISH: readonly Rule[] = [
  from(/\b([Tt]he day before yesterday|[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)\b/g, ([word = ''], today) => {
    const by = /before/.test(word) ? -2 : /^y/i.test(word) ? -1 : /^tom/i.test(word) ? 1 : 0;
    return at(addDays(today, by), 'day');
  }),
  from(new RegExp(`\\b(?:([Ll]ast|[Pp]ast|[Tt]his|[Nn]ext|[Cc]oming) )${WEEKDAY}\\b`, 'g'), ([word = '', name = ''], today) =>
    weekday(today, name, DIRECTION[word.toLowerCase()] ?? 0),
  ),
  from(
    /\b([Ll]ast|[Pp]revious|[Tt]his|[Cc]urrent|[Nn]ext|[Cc]oming) (week|month|quarter|year)\b(?!['’]s\b|-)/g,
    ([word = '', unit = ''], today) => unitInterval(today, unit as Unit, DIRECTION[word.toLowerCase()] ?? 0),
  ),
  from(new RegExp(`\\b([Ll]ast|[Tt]his|[Nn]ext) ${MONTH}(?!\\w)`, 'g'), ([word = '', name], today) =>
    monthNear(today, name, DIRECTION[word.toLowerCase()] ?? 0),
  ),
  from(/\b([Ll]ast|[Tt]his|[Nn]ext) (spring|summer|autumn|fall|winter)\b/g, ([word = '', name = ''], today) =>
    seasonNear(today, name === 'fall' ? 'autumn' : (name as Season), DIRECTION[word.toLowerCase()] ?? 0),
  ),
  from(
    new RegExp(`\\b${COUNT} (day|week|month|year|decade)s? (ago|earlier|later|from now)\\b`, 'gi'),
    ([count, unit = '', way = ''], today) => {
      const turn = (/ago|earlier/i.test(way) ? -1 : 1) * numberOf(count);
      // "two days later" counts from something else that was told, not from the document.
      if (/earlier|later/i.test(way)) return undefined;
      if (unit.toLowerCase() === 'decade') return unitInterval(today, 'year', turn * 10);
      return unitInterval(today, unit.toLowerCase() as Unit, turn);
    },
  ),
  from(
    new RegExp(`(?<=\\b(?:[Oo]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Ll]ate|[Ee]arly) )${WEEKDAY}\\b`, 'g'),
    ([name = ''], today) =>
      weekdayOf(today) === WEEKDAYS.findIndex((day) => day.startsWith(name.toLowerCase()))
        ? at(today, 'day')
        : weekday(today, name, -1),
  ),
  from(
    new RegExp(
      `(?<=\\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Dd]uring|[Ff]rom|[Ee]arly|[Ll]ate|[Ee]arlier in|[Ll]ater in) )${MONTH}(?![\\w-]| \\d)`,
      'g',
    ),
    ([name], today) => monthNear(today, name, undefined),
  ),
];

const SHIFT: Readonly<Record<string, number>> = {
  大前: -3,
  前: -2,
  去: -1,
  昨: -1,
  上: -1,
  今: 0,
  本: 0,
  这: 0,
  当: 0,
  明: 1,
  下: 1,
  次: 1,
  后: 2,
};

export const RELATIVE_CHINESE: readonly Rule[] = [
  from(/(前|昨|今|明|后)(?:天|日)|(昨|今|明)晚/g, ([day, night], today) =>
    at(addDays(today, SHIFT[day ?? night ?? ''] ?? 0), 'day'),
  ),
  from(
    /(前|去|今|明|后)年(?:(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(\d{1,2})[日号])?|(?:第)?([一二三四1-4])季度|([上下])半年|([春夏秋冬])[天季]?)?/g,
    ([word = '', month, day, quarter, half, season], today) => {
      const year = yearOf(today) + (SHIFT[word] ?? 0);
      const number = month === undefined ? undefined : hanNumber(month);
      if (number !== undefined && day !== undefined) return at(`${isoMonth(year, number) ?? ''}-${day.padStart(2, '0')}`, 'day');
      if (number !== undefined) return at(isoMonth(year, number), 'month');
      if (quarter !== undefined) {
        const index = hanNumber(quarter);
        return interval(isoMonth(year, index * 3 - 2), isoMonth(year, index * 3), 'quarter');
      }
      if (half !== undefined)
        return interval(isoMonth(year, half === '上' ? 1 : 7), isoMonth(year, half === '上' ? 6 : 12), 'half-year');
      if (season !== undefined) return seasonOf(year, HAN_SEASONS[season] ?? 'spring');
      return at(isoYear(year), 'year');
    },
  ),
  from(/(上|本|这|下)个?(月|季度)/g, ([word = '', unit], today) =>
    unitInterval(today, unit === '月' ? 'month' : 'quarter', SHIFT[word] ?? 0),
  ),
  from(/(?:(上|本|这|下)个?)(?:周|星期|礼拜)([一二三四五六日天末])?/g, ([word = '', day], today) => {
    const [monday] = unitAround(today, 'week', SHIFT[word] ?? 0);
    if (day === undefined || day === '末') return unitInterval(today, 'week', SHIFT[word] ?? 0);
    return at(addDays(monday, /[日天]/.test(day) ? 6 : HAN_DIGITS.indexOf(day) - 1), 'day');
  }),
  from(/(?<!\d)(\d{1,3}|[一二两三四五六七八九十]{1,2})(天|周|个月|年)(?:之)?前/g, ([count = '', unit], today) => {
    const kind: Unit = unit === '天' ? 'day' : unit === '周' ? 'week' : unit === '年' ? 'year' : 'month';
    return unitInterval(today, kind, -hanNumber(count.replace('两', '二')));
  }),
  from(/(?<![\d年])(\d{1,2})月(?:(\d{1,2})[日号])?/g, ([month, day], today) => {
    const year = nearestYear(Number(month), today);
    const iso = isoMonth(year, Number(month));
    if (iso === undefined || (day !== undefined && (Number(day) < 1 || Number(day) > 31))) return undefined;
    return day === undefined ? at(iso, 'month') : at(`${iso}-${day.padStart(2, '0')}`, 'day');
  }),
];

export const HAN_SEASONS: Readonly<Record<string, Season>> = { 春: 'spring', 夏: 'summer', 秋: 'autumn', 冬: 'winter' };

/** "十二" is 12, "二十" is 20, "3" is 3. */
export function hanNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [tens, units] = text.includes('十') ? text.split('十') : ['', text];
  return text.includes('十') ? digit(tens, 1) * 10 + digit(units, 0) : digit(units, 0);
}

const digit = (character: string | undefined, empty: number): number =>
  character === undefined || character === '' ? empty : HAN_DIGITS.indexOf(character);
