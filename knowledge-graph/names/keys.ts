// What makes two spellings one name: compatibility forms, case, spaces and legal suffixes do not count.
import { LEGAL_SUFFIXES } from '../lexicon/heads.ts';

/** "The Acme Corp." and "ACME" → `acme`; "Git Hub" and "GitHub" → `github`. */
export function nameKey(name: string): string {
  const parts = name.normalize('NFKC').toLowerCase().replace(/^the /, '').split(/\s+/);
  while (parts.length > 1 && LEGAL_SUFFIXES.has(parts.at(-1) ?? '')) parts.pop();
  const key = parts.join('').replaceAll(/[^\p{L}\p{N}+#]/gu, '');
  return key === '' ? name.toLowerCase() : key;
}

/** Stable, readable part of an id: letters and digits of any script, dashes between. */
export function slug(name: string): string {
  const form = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return form === '' ? 'x' : form;
}

const SMALL = new Set(['of', 'the', 'and', 'for', 'de', 'la', 'du', 'in', 'on', 'to', 'a', '&']);

/** Initials of a name of several words, small words left out: "European Central Bank" → `ECB`. */
export function initials(name: string): string {
  const parts = name.split(/[\s-]+/).filter((part) => part !== '' && !SMALL.has(part.toLowerCase()));
  return parts.length < 2 ? '' : parts.map((part) => part[0]?.toUpperCase() ?? '').join('');
}

/** The form that most texts use; among equals the longest, then the first by code units. */
export function bestForm(forms: Iterable<readonly [string, number]>): string {
  let best: readonly [string, number] = ['', Number.NEGATIVE_INFINITY];
  for (const form of forms) if (isBetter(form, best)) best = form;
  return best[0];
}

const isBetter = ([form, count]: readonly [string, number], [best, most]: readonly [string, number]): boolean =>
  count !== most ? count > most : form.length !== best.length ? form.length > best.length : form < best;

/** Numbers of a name in order: digits, and Roman numerals that are no initial. */
export const numbersIn = (name: string): string =>
  name
    .split(/[\s-]+/)
    .flatMap((part, index) => (/^[IVXL]+$/.test(part) && (index > 0 || part.length > 1) ? [part] : (part.match(/\d+/g) ?? [])))
    .join(' ');

/** "Expo 2020" and "Expo 2024", "World War I" and "World War II" are two things. */
export function differInNumber(left: string, right: string): boolean {
  const [first, second] = [numbersIn(left), numbersIn(right)];
  return first !== second && first !== '' && second !== '';
}

/** "Jr." and "III" tell a person from a parent, and name nobody. */
export const isGenerational = (part: string): boolean => /^(?:[js]r\.?|i{2,3}|iv)$/i.test(part);

/** A capital, or the full stop of an abbreviation that may be the sentence's, is no other spelling. */
export const plainForm = (form: string): string => form.toLowerCase().replace(/\.$/, '');
