// Words with their places, as names are compared: folded, without a possessive ending; each Chinese character is a
// word of its own, so that a name is found whatever stands around it.
import { fold } from './terms.ts';

export interface Word {
  /** Folded form. */
  readonly text: string;
  readonly start: number;
  /** Begins with a capital or a digit, or belongs to a script without capitals. */
  readonly marked: boolean;
}

export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const { 0: surface, index } of text.matchAll(/\p{Script=Han}|[\p{L}\p{M}\p{N}]+/gu)) {
    if (/^[sS]$/.test(surface) && /['’]/.test(text[index - 1] ?? '')) continue;
    words.push({ text: fold(surface), start: index, marked: !/^\p{Ll}/u.test(surface) });
  }
  return words;
}
