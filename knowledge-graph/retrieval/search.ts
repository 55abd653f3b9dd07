// Search over a graph by mode. Indexes are made when a mode is first used; the same query always gets the same answer.
import type { GraphSnapshot, PassageVectors, SearchHit, SearchOptions } from '../contract.ts';
import { createDriftSearch } from './drift-search.ts';
import { createGlobalSearch } from './global-search.ts';
import { createLocalSearch } from './local-search.ts';
import { createRanker } from './rank.ts';
import { noDate } from '../time/valid.ts';

/** A page of text is a query, a book is not. */
const LONGEST_QUERY = 4000;
const ISO_DATE = /^\d{4}(-\d{2}(-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

export type Search = (query: string, k: number, options?: SearchOptions) => readonly SearchHit[];

/** One way to search: hits best first, at most `k`; scores of one answer compare with each other only. */
export type ModeSearch = (query: string, k: number, asOf: string | undefined, vector?: Float32Array) => readonly SearchHit[];

/** Prepares the indexes once; each search is then a few milliseconds. */
export function createSearch(snapshot: GraphSnapshot, vectors?: PassageVectors): Search {
  const rank = createRanker(snapshot, vectors);
  const local = createLocalSearch(snapshot, rank);
  let global: ModeSearch | undefined;
  let drift: ModeSearch | undefined;
  const globally = (): ModeSearch => (global ??= createGlobalSearch(snapshot, rank));
  return (query, k, { mode = 'local', asOf, vector } = {}) => {
    if (asOf !== undefined && !ISO_DATE.test(asOf)) throw noDate(asOf);
    const asked = query.slice(0, LONGEST_QUERY).toWellFormed();
    if (asked.trim() === '' || !(k >= 1)) return [];
    const search =
      mode === 'local'
        ? local
        : mode === 'global'
          ? globally()
          : (drift ??= createDriftSearch(snapshot, rank, local, globally()));
    return search(asked, Math.floor(k), asOf, vector);
  };
}
