// Words as the word index sees them: lower case, without accents, light English stems, no stop words; Chinese in the
// overlapping words of jieba's search mode, so that a word inside a longer one is found too.
import { jieba } from '../language/jieba.ts';
import { STOP_WORDS } from '../lexicon/function-words.ts';

/** Lower case without Latin, Greek and Cyrillic accents; full-width forms become plain. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .normalize('NFC')
    .toLowerCase();

/** The terms of a text, in order, with repeats. Each is letters and digits only. */
export function termsOf(text: string): readonly string[] {
  const terms: string[] = [];
  for (const [run] of fold(text).matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu)) {
    if (/^\p{Script=Han}/u.test(run)) {
      for (const word of jieba().cutForSearch(run, true)) terms.push(word);
      continue;
    }
    if (STOP_WORDS.has(run)) continue;
    for (const word of run.replace(/['’]s$/, '').split(/['’]/)) if (word !== '' && !STOP_WORDS.has(word)) terms.push(stem(word));
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
