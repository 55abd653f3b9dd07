// Which pooled names are one thing: by declared alias, by initials, by a lone part of a full name. Never joins two
// names of known, different types.
import { addTo } from '../group.ts';
import { bestForm, initials, nameKey } from '../names/keys.ts';
import { absorb, decide, singularKey } from './merged.ts';
import type { Merged } from './merged.ts';
import { nameOf } from './naming.ts';

/** Acronyms that are the initials of exactly one full name join it, a lone given or family name its one bearer; so do declared aliases. */
export function joinNames(all: readonly Merged[]): Map<Merged, Merged> {
  const target = new Map<Merged, Merged>();
  const names = all.filter((merged) => merged.kind === 'name').toSorted((left, right) => (left.key < right.key ? -1 : 1));
  const byKey = new Map(names.map((merged) => [merged.key.slice('name:'.length), merged] as const));
  const byInitials = new Map<string, Merged[]>();
  const byPart = new Map<string, Merged[]>();
  const joined = new Set<Merged>();
  for (const merged of names) {
    const letters = initials(bestForm(merged.forms));
    if (letters.length >= 2) addTo(byInitials, letters, merged);
    if (merged.type === 'person') for (const part of outerParts(nameOf(merged))) addTo(byPart, part, merged);
  }
  const join = (into: Merged, from: Merged): void => {
    if (into === from || target.has(from) || target.has(into) || joined.has(from)) return;
    if (into.type !== from.type && into.type !== 'unknown' && from.type !== 'unknown') return;
    absorb(into, from);
    decide(into);
    target.set(from, into);
    joined.add(into);
  };
  for (const merged of names) {
    for (const alias of merged.aliases) {
      const other = byKey.get(nameKey(alias));
      if (other !== undefined && bestForm(other.forms).length < bestForm(merged.forms).length) join(merged, other);
    }
    const form = bestForm(merged.forms);
    if (/^\p{Lu}{3,}$/u.test(form)) joinOnly(byInitials.get(form), merged, join);
    else if (!form.includes(' ')) joinOnly(byPart.get(form.toLowerCase()), merged, join);
  }
  return target;
}

/** Joins a name to its one possible bearer; of two, nobody knows which. */
function joinOnly(bearers: readonly Merged[] | undefined, merged: Merged, join: (into: Merged, from: Merged) => void): void {
  const [only, other] = bearers ?? [];
  if (only !== undefined && other === undefined) join(only, merged);
}

/** First and last word of a full name, lower case; none of a name of one word. */
function outerParts(name: string): readonly string[] {
  const parts = name.toLowerCase().split(' ');
  return parts.length < 2 ? [] : [...new Set([parts[0] ?? '', parts.at(-1) ?? ''])];
}

/** A capitalised phrase of no known type that other texts write in lower case is that concept. */
export function joinConcepts(all: readonly Merged[], target: Map<Merged, Merged>): void {
  const concepts = new Map(
    all.filter((merged) => merged.kind === 'concept').map((merged) => [merged.key.slice('concept:'.length), merged] as const),
  );
  for (const merged of all) {
    if (merged.kind !== 'name' || merged.type !== 'unknown' || target.has(merged)) continue;
    const concept = concepts.get(
      singularKey(
        bestForm(merged.forms)
          .toLowerCase()
          .replaceAll(/[\s-]+/g, ' '),
      ),
    );
    if (concept === undefined || concept.spans.length < merged.spans.length) continue;
    absorb(concept, merged);
    for (const [from, into] of target) if (into === merged) target.set(from, concept);
    target.set(merged, concept);
  }
}
