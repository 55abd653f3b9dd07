// How a resolved entity is called and identified.
import type { TimeInterval } from '../contract.ts';
import { LEGAL_SUFFIXES, typeOfNameHead } from '../lexicon/heads.ts';
import { bestForm, slug } from '../names/keys.ts';
import type { Merged } from './merged.ts';

/** Ids from type and name; a second one of the same spelling gets a number. */
export function identify(ordered: readonly Merged[], names: ReadonlyMap<Merged, string>): ReadonlyMap<Merged, string> {
  const used = new Set<string>();
  const last = new Map<string, number>();
  const ids = new Map<Merged, string>();
  for (const merged of ordered) {
    const base = `${merged.type}:${slug(names.get(merged) ?? '')}`;
    let id = base;
    let number = last.get(base) ?? 1;
    while (used.has(id)) id = `${base}-${++number}`;
    last.set(base, number);
    used.add(id);
    ids.set(merged, id);
  }
  return ids;
}

/** The name to show: people in full, concepts in lower case where the texts mostly write them so. */
export function nameOf(merged: Merged): string {
  if (merged.called !== undefined) return merged.called;
  if (merged.time !== undefined) return nameOfDate(merged.forms, merged.time);
  const used = [...merged.forms].filter(([, count]) => count > 0);
  // "the Authority" is how a text goes on about the Harbour Authority, not what it is called.
  const telling = used.filter(([form]) => merged.kind !== 'name' || typeOfNameHead(form.toLowerCase()) === undefined);
  const forms = telling.length > 0 ? telling : used;
  if (merged.kind === 'concept') return inLowerCase(forms);
  if (merged.type === 'place') return inTitleCase(bestForm(forms));
  if (merged.type === 'person') {
    const most = Math.max(...forms.map(([form]) => form.split(' ').length));
    return bestForm(forms.filter(([form]) => form.split(' ').length === most));
  }
  const acronymOnly = [...merged.aliases].some((alias) => /^\p{Lu}{2,}$/u.test(alias));
  if (merged.kind === 'name' && acronymOnly) {
    const long = forms.filter(([form]) => /\s/.test(form));
    if (long.length > 0) return bestForm(long);
  }
  const form = bestForm(forms.length > 0 ? forms : merged.forms);
  // The stop of "Acme Corp." may be the sentence's.
  return LEGAL_SUFFIXES.has(form.split(' ').at(-1)?.toLowerCase() ?? '') ? form.replace(/\.$/, '') : form;
}

/** Topics go without capitals, but for acronyms and names inside them ("AI gateway"). */
function inLowerCase(forms: readonly (readonly [string, number])[]): string {
  const plain = forms.filter(([form]) => form.split(' ').every((word) => !/^\p{Lu}\p{Ll}+/u.test(word)));
  if (plain.length > 0) return bestForm(plain);
  return bestForm(forms)
    .split(' ')
    .map((word) => (/^\p{Lu}[\p{Ll}-]+$/u.test(word) ? word.toLowerCase() : word))
    .join(' ');
}

/** Datelines shout: "RIVERTON, 12 May". */
const inTitleCase = (name: string): string => (/^\p{Lu}{5,}$/u.test(name) ? name.charAt(0) + name.slice(1).toLowerCase() : name);

/** As most texts write it out; a date that only counts from a document's own ("yesterday") by its ISO form. */
function nameOfDate(forms: Iterable<readonly [string, number]>, { from, to }: TimeInterval): string {
  const full = new Map([...forms].filter(([form]) => /\d{3,4}|[〇一二三四五六七八九]{4}|centur|世纪|年代/.test(form)));
  return full.size > 0 ? bestForm(full) : from === to ? from : `${from}/${to}`;
}
