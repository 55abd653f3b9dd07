// Small tools for sentences: capitals, ends, quotation marks, articles, lengths. Pure functions of strings.
import { capital } from '../../population/index.ts';

const withoutEnd = (text: string): string => text.trim().replace(/[\s.,;:]+$/, '');

/** With a capital and one mark at its end. */
export function sentence(text: string): string {
  const body = capital(withoutEnd(text));
  return /[!?…]["”’)]?$/.test(body) ? body : `${body}.`;
}

/** Double marks inside become single ones. */
const innerQuotes = (text: string): string => text.replaceAll(/[“"]([^”"]*)[”"]/g, '‘$1’').replaceAll(/["“”]/g, '');

/** Words as they stand, between quotation marks. */
export const inQuotes = (text: string): string => `“${innerQuotes(text.trim())}”`;

/** “A whole sentence.” */
export const quoted = (text: string): string => `“${sentence(innerQuotes(text))}”`;

/** “A sentence,” for before “says so-and-so”. A question or an exclamation keeps its own mark. */
export function quotedComma(text: string): string {
  const body = capital(withoutEnd(innerQuotes(text)));
  return /[!?…]$/.test(body) ? `“${body}”` : `“${body},”`;
}

const COMMON_START =
  /^(the|a|an|this|these|those|there|some|many|most|all|no|people|residents|critics|supporters|if|when|it|under|over|only|even|such)\b/i;
/** A clause for the middle of a sentence, where its first word is not a name; undefined where one cannot tell. */
export const inClause = (text: string): string | undefined =>
  COMMON_START.test(text) ? `${text.charAt(0).toLowerCase()}${withoutEnd(text).slice(1)}` : undefined;

export const firstPerson = (text: string): boolean =>
  /\b(I|I'm|I’m|we|we're|we’re|our|ours|my|me|us)\b/.test(text) || /^(We|Our|My)\b/.test(text);

/** As many whole sentences of a text as fit, or the words that fit and an ellipsis. */
export function shortened(text: string, length: number): string {
  const clean = text.replaceAll(/\s+/g, ' ').trim();
  if (clean.length <= length) return clean;
  let kept = '';
  for (const part of clean.match(/[^.!?]+[.!?]+["”’]?\s*/g) ?? []) {
    if (kept.length + part.trimEnd().length > length) break;
    kept += part;
  }
  if (kept.trim().length >= 20) return kept.trim();
  const cut = clean.lastIndexOf(' ', length - 1);
  return `${withoutEnd(clean.slice(0, cut > 0 ? cut : length - 1))}…`;
}

/** #BridgeToll, or nothing for a label that makes no readable tag. */
export function hashtag(label: string): string {
  const words = label.match(/[\p{L}\p{N}]+/gu) ?? [];
  const tag = words.map(capital).join('');
  return words.length <= 4 && !label.endsWith('…') && tag.length >= 3 && tag.length <= 24 ? `#${tag}` : '';
}
