// Words as retrieval sees them: lower case, light stems, no stop words; Chinese as overlapping pairs of characters.
import { STOP_WORDS } from '../lexicon/function-words.ts';

/** The terms of a text, in order, with repeats. */
export function termsOf(text: string): readonly string[] {
  const terms: string[] = [];
  for (const match of text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/[\p{Script=Han}]+|[\p{L}\p{N}]+(?:[.'’+#-][\p{L}\p{N}]+)*/gu)) {
    const word = match[0];
    if (/^\p{Script=Han}/u.test(word)) {
      if (word.length === 1) terms.push(word);
      for (let at = 0; at + 1 < word.length; at++) terms.push(word.slice(at, at + 2));
      continue;
    }
    if (STOP_WORDS.has(word)) continue;
    terms.push(stem(word.replace(/['’]s$/, '')));
    if (/[-.]/.test(word))
      for (const part of word.split(/[-.]/)) if (part.length > 2 && !STOP_WORDS.has(part)) terms.push(stem(part));
  }
  return terms;
}

/** Takes off the commonest English endings; the same on both sides is what matters, not grammar. */
function stem(word: string): string {
  if (word.length <= 3 || /\d/.test(word)) return word;
  let form = word;
  if (form.endsWith('ies')) form = `${form.slice(0, -3)}y`;
  else if (/(ss|us|is)$/.test(form)) return form;
  else if (form.endsWith('s')) form = form.slice(0, -1);
  if (form.length > 5 && form.endsWith('ing')) form = undouble(form.slice(0, -3));
  else if (form.length > 4 && form.endsWith('ed')) form = undouble(form.slice(0, -2));
  else if (form.length > 5 && form.endsWith('ly')) form = form.slice(0, -2);
  return form.length > 4 && form.endsWith('e') ? form.slice(0, -1) : form;
}

const undouble = (word: string): string => (/([bdgmnprt])\1$/.test(word) ? word.slice(0, -1) : word);
