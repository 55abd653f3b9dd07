// Dates in Chinese prose: 2021年3月5日, 2021年第三季度, 二〇二一年, 九十年代, 二十世纪, 公元前221年, 1998年至2003年.
import { isoDay, isoMonth, isoYear } from './calendar.ts';
import { centuryOf, decadeOf, halfOf, quarterOf, seasonOf, yearPart } from './parts.ts';
import type { Part } from './parts.ts';
import { HAN_SEASONS, hanNumber } from './relative.ts';
import { at, interval } from './rule.ts';
import type { Rule } from './rule.ts';

const DIGITS = '〇一二三四五六七八九';
const YEAR = '((?:1\\d|20)\\d{2}|[一二][〇零○一二三四五六七八九]{3})';
const NUMBER = '(\\d{1,2}|[一二三四五六七八九十]{1,3})';
const PART = '(初期?|早期|前期|中期|末期?|晚期|后期|底)?';
const PARTS: Readonly<Record<string, Part>> = {
  初: 'early',
  早: 'early',
  前: 'early',
  中: 'mid',
  末: 'late',
  晚: 'late',
  后: 'late',
  底: 'late',
};

const partOf = (word: string | undefined): Part | undefined => (word === undefined ? undefined : PARTS[word.charAt(0)]);

const yearOf = (text = ''): number =>
  /^\d/.test(text)
    ? Number(text)
    : Number(text.replaceAll(/./g, (digit) => String(DIGITS.indexOf(/[零○]/.test(digit) ? '〇' : digit))));

/** "90", "九十", "九零" and "八十" are decades of the century named, else of the twentieth. */
const decadeNumber = (text = ''): number =>
  /^\d/.test(text) ? Number(text) : text.endsWith('十') ? hanNumber(text) : DIGITS.indexOf(text.charAt(0)) * 10;

export const CHINESE: readonly Rule[] = [
  {
    pattern: /公元前(\d{1,4})年?(?:至|到|[—–~-])(?:公元前)?(\d{1,4})年/g,
    read: ([first, last]) => interval(isoYear(1 - Number(first)), isoYear(1 - Number(last)), 'range'),
  },
  { pattern: /公元前(\d{1,4})年/g, read: ([year]) => at(isoYear(1 - Number(year)), 'year') },
  { pattern: /公元(\d{1,4})年/g, read: ([year]) => at(isoYear(Number(year)), 'year') },
  {
    pattern: new RegExp(`(?:${NUMBER}|(上)个?)世纪(\\d0|[一二三四五六七八九]十|[二三四五六七八九]零)年代${PART}`, 'g'),
    read: ([century, , decade, part]) =>
      decadeOf(((century === undefined ? 20 : hanNumber(century)) - 1) * 100 + decadeNumber(decade), partOf(part)),
  },
  {
    pattern: new RegExp(`((?:1\\d|20)\\d0)年代${PART}`, 'g'),
    read: ([decade, part]) => decadeOf(Number(decade), partOf(part)),
  },
  {
    pattern: new RegExp(`(?<![\\d年])([2-9]0|[二三四五六七八九]十|[二三四五六七八九]零)年代${PART}`, 'g'),
    read: ([decade, part]) => decadeOf(1900 + decadeNumber(decade), partOf(part)),
  },
  {
    pattern: new RegExp(`(公元前)?${NUMBER}世纪${PART}`, 'g'),
    read: ([before, number = '', part]) => centuryOf(hanNumber(number), partOf(part), before !== undefined),
  },
  {
    pattern: new RegExp(`(?<!\\d)${YEAR}年?\\s?(?:至|到|[—–~～-]{1,2})\\s?${YEAR}年`, 'g'),
    read: ([first, last]) =>
      yearOf(last) > yearOf(first) ? interval(isoYear(yearOf(first)), isoYear(yearOf(last)), 'range') : undefined,
  },
  {
    pattern: new RegExp(`(?<!\\d)${YEAR}年(?:第)?([一二三四1-4])季度?`, 'g'),
    read: ([year, quarter = '']) => quarterOf(yearOf(year), hanNumber(quarter)),
  },
  {
    pattern: new RegExp(`(?<!\\d)${YEAR}年([上下])半年`, 'g'),
    read: ([year, half]) => halfOf(yearOf(year), half === '上' ? 1 : 2),
  },
  {
    pattern: new RegExp(`(?<!\\d)${YEAR}(?:财年|财政年度|会计年度)`, 'g'),
    read: ([year]) => at(isoYear(yearOf(year)), 'fiscal-year'),
  },
  {
    pattern: new RegExp(`(?<!\\d)${YEAR}年([春夏秋冬])[天季]?`, 'g'),
    read: ([year, season = '']) => seasonOf(yearOf(year), HAN_SEASONS[season] ?? 'spring'),
  },
  {
    pattern: new RegExp(`(?<!\\d)${YEAR}年${NUMBER}月${NUMBER}[日号]`, 'g'),
    read: ([year, month = '', day = '']) => at(isoDay(yearOf(year), hanNumber(month), hanNumber(day)), 'day'),
  },
  {
    pattern: new RegExp(`(?<!\\d)${YEAR}年${NUMBER}月`, 'g'),
    read: ([year, month = '']) => at(isoMonth(yearOf(year), hanNumber(month)), 'month'),
  },
  { pattern: new RegExp(`(?<!\\d)${YEAR}年(初|底|末|中期?)`, 'g'), read: ([year, part]) => yearPart(yearOf(year), partOf(part)) },
  { pattern: new RegExp(`(?<!\\d)${YEAR}年`, 'g'), read: ([year]) => at(isoYear(yearOf(year)), 'year') },
];
