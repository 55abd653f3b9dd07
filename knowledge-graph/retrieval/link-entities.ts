// Which entities a query names: the longest run of its words that is a name, a concept or an alias.
import type { Entity } from '../contract.ts';
import { termsOf } from './terms.ts';

const LONGEST_NAME = 6;

/** Positions of the named entities, in the order of the query. */
export function createEntityLinker(entities: readonly Entity[]): (query: string) => readonly number[] {
  const byTerms = new Map<string, number>();
  entities.forEach((entity, index) => {
    for (const name of [entity.name, ...entity.aliases]) {
      const key = termsOf(name).join(' ');
      // Entities come most salient first, so the better known bearer of a name keeps it.
      if (key !== '' && !byTerms.has(key)) byTerms.set(key, index);
    }
  });
  return (query) => {
    const terms = termsOf(query);
    const found = new Set<number>();
    let from = 0;
    while (from < terms.length) {
      let length = Math.min(LONGEST_NAME, terms.length - from);
      let match: number | undefined;
      while (length > 0 && (match = byTerms.get(terms.slice(from, from + length).join(' '))) === undefined) length--;
      if (match !== undefined) found.add(match);
      from += Math.max(1, length);
    }
    return [...found];
  };
}
