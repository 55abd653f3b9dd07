// The date of publication as a document's own text states it near its top: "Published: 12 March 2026", a line that is
// nothing but a date, a dateline before the first sentence. For documents whose metadata say nothing.
import { cleanLine } from './clean-text.ts';
import { isoDate } from './dates.ts';
import type { BlockDraft } from './draft.ts';

const BLOCKS_LOOKED_AT = 8;
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const DATE = [
  '\\d{4}-\\d{1,2}-\\d{1,2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2})?\\s?(?:Z|[+-]\\d{2}:?\\d{2})?)?',
  '\\d{4}\\s*[年/.]\\s*\\d{1,2}\\s*[月/.]\\s*\\d{1,2}\\s*日?',
  `\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH},?\\s+\\d{4}`,
  `${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}`,
].join('|');
const WEEKDAY = '(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\\s+)?';
const PUBLISHED =
  '(?:first\\s+)?(?:published|posted|released|issued|dated?|release date|publication date|date of publication)(?:\\s+on)?|发布时间|发布日期|发表时间|发表于|发布于|日期|时间';

/** The most telling form first. */
const FORMS: readonly RegExp[] = [
  new RegExp(`^(?:${PUBLISHED})\\s*[:：]?\\s*${WEEKDAY}(${DATE})(?!\\p{L})`, 'iu'),
  new RegExp(`^${WEEKDAY}(${DATE})(?:\\s+\\d{1,2}:\\d{2}(?::\\d{2})?)?$`, 'iu'),
  new RegExp(`^[\\p{Lu}][\\p{L} .'’-]{1,40},\\s+(${DATE})\\s*(?:\\([^)]{1,40}\\)\\s*)?[-–—]`, 'iu'),
  new RegExp(`^(?:(?:last\\s+)?updated(?:\\s+on)?|更新时间|更新于)\\s*[:：]?\\s*${WEEKDAY}(${DATE})`, 'iu'),
];

const plain = (date: string): string => date.replace(/\bof\s+/i, '').replace(/(\p{L})\./gu, '$1');

/** ISO 8601, or undefined where none of the first blocks states one. */
export function statedDate(blocks: readonly BlockDraft[]): string | undefined {
  const lines = blocks
    .slice(0, BLOCKS_LOOKED_AT)
    .filter(({ kind }) => kind !== 'table-row' && kind !== 'code')
    .flatMap(({ text }) => text.slice(0, 2_000).split('\n').slice(0, 4).map(cleanLine));
  for (const form of FORMS) {
    for (const line of lines) {
      const date = isoDate(plain(form.exec(line)?.[1] ?? ''));
      if (date !== undefined) return date;
    }
  }
  return undefined;
}
