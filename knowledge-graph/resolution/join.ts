// Which pooled names are one thing: because a person says so, by declared alias, by initials, by a lone part of a full
// name, by a spelling all but the same. Never joins two names of known, different types, names that differ in a number,
// or what a person has parted; every join is noted with its reason.
import type { GraphEdit, MergeReason } from '../contract.ts';
import type { DecidedMerge } from '../extraction/with-model/decide-merges.ts';
import { addTo } from '../group.ts';
import { isKnownPlace } from '../lexicon/places.ts';
import { bestForm, differInNumber, initials, isGenerational, nameKey } from '../names/keys.ts';
import { MERGE_SCORES } from '../names/merge-scores.ts';
import { similarNames } from '../names/similar.ts';
import { absorb, conceptKey, decide } from './merged.ts';
import type { Merged } from './merged.ts';
import { nameOf } from './naming.ts';
import { partedKeys } from './split.ts';

/** The joins of one resolution: what became what. */
export interface Joins {
  /** What a merged entity is part of in the end; itself where it was not joined. */
  readonly root: (merged: Merged) => Merged;
  readonly join: (into: Merged, from: Merged, reason: MergeReason) => void;
}

export function createJoins(edits: readonly GraphEdit[]): Joins {
  const target = new Map<Merged, Merged>();
  const parted = partedKeys(edits);
  const root = (merged: Merged): Merged => {
    let at = merged;
    for (let next = target.get(at); next !== undefined; next = target.get(at)) at = next;
    return at;
  };
  const mayJoin = (into: Merged, from: Merged, reason: MergeReason): boolean => {
    if (reason === 'person') return true;
    if (into.type !== from.type && into.type !== 'unknown' && from.type !== 'unknown') return false;
    if (differInNumber(nameOf(into), nameOf(from))) return false;
    return ![...into.keys].some((key) => [...from.keys].some((other) => parted(key, other)));
  };
  return {
    root,
    join: (into, from, reason) => {
      if (into === from || root(into) !== into || root(from) !== from || !mayJoin(into, from, reason)) return;
      into.joins.push({ name: nameOf(from), into: nameOf(into), reason, score: MERGE_SCORES[reason] });
      const { type, confidence } = into;
      absorb(into, from);
      target.set(from, into);
      if (reason !== 'person') decide(into);
      else if (type !== 'unknown') Object.assign(into, { type, confidence });
    },
  };
}

/** What a person joined keeps the name and the type of the first. */
export function joinByHand(all: readonly Merged[], edits: readonly GraphEdit[], { root, join }: Joins): void {
  for (const edit of edits) {
    if (edit.kind !== 'merge') continue;
    const [into, from] = [find(all, edit.into), find(all, edit.name)];
    // A name that the documents no longer hold waits for the day they do.
    if (into === undefined || from === undefined) continue;
    const kept = root(into);
    join(kept, root(from), 'person');
    kept.called = edit.into;
  }
}

/** What a model took for one thing, where nothing speaks against it. */
export function joinDecided(all: readonly Merged[], decided: readonly DecidedMerge[], { root, join }: Joins): void {
  for (const { into, name } of decided) {
    const [kept, taken] = [find(all, into), find(all, name)];
    if (kept !== undefined && taken !== undefined) join(root(kept), root(taken), 'model');
  }
}

/** By key, else by what a text also calls it. */
function find(all: readonly Merged[], name: string): Merged | undefined {
  const key = nameKey(name);
  return (
    all.find((merged) => merged.key === `name:${key}`) ??
    all.find((merged) => merged.key === `concept:${conceptKey(name)}`) ??
    all.find((merged) => [...merged.forms.keys(), ...merged.aliases].some((form) => nameKey(form) === key))
  );
}

/** Acronyms that are the initials of exactly one full name join it, a lone given or family name its one bearer; so do declared aliases. */
export function joinNames(all: readonly Merged[], { root, join }: Joins): void {
  const names = all.filter((merged) => merged.kind === 'name' && root(merged) === merged);
  const byKey = new Map(names.map((merged) => [merged.key.slice('name:'.length), merged] as const));
  const byInitials = new Map<string, Merged[]>();
  const byPart = new Map<string, Merged[]>();
  const joined = new Set<Merged>();
  for (const merged of names) {
    const letters = initials(bestForm(merged.forms));
    if (letters.length >= 2 && goesByInitials(merged)) addTo(byInitials, letters, merged);
    if (merged.type === 'person') for (const part of outerParts(nameOf(merged))) addTo(byPart, part, merged);
  }
  const joinOnce = (into: Merged, from: Merged, reason: MergeReason): void => {
    if (joined.has(from)) return;
    join(into, from, reason);
    if (root(from) === into) joined.add(into);
  };
  for (const merged of names) {
    for (const alias of merged.aliases) {
      const other = byKey.get(nameKey(alias));
      if (other !== undefined && bestForm(other.forms).length < bestForm(merged.forms).length)
        joinOnce(merged, other, 'declared-alias');
    }
    const form = bestForm(merged.forms);
    const isAcronym = /^\p{Lu}{3,}$/u.test(form);
    const bearer = isAcronym ? only(byInitials.get(form)) : form.includes(' ') ? undefined : only(byPart.get(form.toLowerCase()));
    if (bearer !== undefined) joinOnce(bearer, merged, isAcronym ? 'initials' : 'name-part');
  }
  const left = names.filter((merged) => root(merged) === merged);
  for (const [into, from] of similarNames(left, nameOf)) join(root(into), from, 'similar-spelling');
}

/** The one possible bearer of a name; of two, nobody knows which. */
const only = (bearers: readonly Merged[] | undefined): Merged | undefined => (bearers?.length === 1 ? bearers[0] : undefined);

const ABBREVIATED: ReadonlySet<Merged['type']> = new Set(['organisation', 'institution', 'media', 'event', 'law']);

/** People and streets are not known by their initials; bodies and well-known countries are. */
const goesByInitials = (merged: Merged): boolean =>
  ABBREVIATED.has(merged.type) || (merged.type === 'place' && isKnownPlace(nameOf(merged).toLowerCase()));

/** First and last word of a full name, lower case; none of a name of one word. */
function outerParts(name: string): readonly string[] {
  const parts = name.toLowerCase().split(' ');
  return parts.length < 2 ? [] : [...new Set([parts[0] ?? '', parts.at(-1) ?? ''])].filter((part) => !isGenerational(part));
}

/** A capitalised phrase of no known type that other texts write in lower case is that concept. */
export function joinConcepts(all: readonly Merged[], { root, join }: Joins): void {
  const concepts = new Map(
    all.filter((merged) => merged.kind === 'concept').map((merged) => [merged.key.slice('concept:'.length), merged] as const),
  );
  for (const merged of all) {
    if (merged.kind !== 'name' || merged.type !== 'unknown' || root(merged) !== merged) continue;
    const concept = concepts.get(conceptKey(bestForm(merged.forms)));
    if (concept !== undefined && concept.spans.length >= merged.spans.length) join(root(concept), merged, 'lower-case');
  }
}
