// Finds a model's quote in the text again: white space and quotation marks may differ, words may not.
import type { Passage } from './passage.ts';

interface Found {
  readonly start: number;
  readonly end: number;
}

const MARKS: Readonly<Record<string, string>> = { '"': '["“”„«»]', "'": "['’‘`]", '-': '[-–—‑]' };

function pattern(quote: string, whole: boolean): RegExp {
  const body = quote
    .trim()
    .split(/\s+/)
    .map((word) =>
      Array.from(word)
        .map(
          (mark) =>
            MARKS[mark === '“' || mark === '”' ? '"' : mark === '’' || mark === '‘' ? "'" : mark] ??
            mark.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`),
        )
        .join(''),
    )
    .join(String.raw`\s+`);
  return new RegExp(whole ? `(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])` : body, 'gu');
}

const inPassage = (text: string, expression: RegExp, { start, end }: Passage): readonly Found[] =>
  [...text.slice(start, end).matchAll(expression)].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));

export const locate = {
  /** The first place of a quote inside a passage. */
  first: (text: string, quote: string, passage: Passage): Found | undefined => inPassage(text, pattern(quote, false), passage)[0],
  /** Every place of a name, as whole words. */
  all: (text: string, name: string, passage: Passage): readonly Found[] =>
    /^[\p{Script=Han}]+$/u.test(name)
      ? inPassage(text, pattern(name, false), passage)
      : inPassage(text, pattern(name, true), passage),
};
