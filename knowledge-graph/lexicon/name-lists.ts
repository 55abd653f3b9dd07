// Names from lists: given and family names word by word, and whole names (places, firms, works …) by longest match.
import { linesOf } from './word-files.ts';
import { knownPlaces } from './places.ts';

/** What a name can be a name of; finer than entity types, as far as the wording alone tells. */
export const NAME_KINDS = [
  'person',
  'place',
  'company',
  'institution',
  'group',
  'media',
  'product',
  'work',
  'event',
  'law',
  'demonym',
] as const;
export type NameKind = (typeof NAME_KINDS)[number];

export interface NameLists {
  isGivenName(lower: string): boolean;
  isFamilyName(lower: string): boolean;
  /** Whether some listed name begins with this word. */
  opensListed(lower: string): boolean;
  /** The kind of the name that these lower-case words make when written together. */
  listed(joined: string): NameKind | undefined;
}

let lists: NameLists | undefined;

/** Loads the lists at the first call (about 50 ms). */
export function nameLists(): NameLists {
  return (lists ??= loadLists());
}

const wordsOf = (name: string): ReadonlySet<string> => new Set(linesOf(name).flatMap((line) => line.split(' ')));

function loadLists(): NameLists {
  const given = wordsOf('given-names.txt');
  const family = wordsOf('surnames.txt');
  const names = new Map<string, NameKind>();
  const add = (name: string, kind: NameKind): void => void names.set(name.replaceAll(' ', ''), kind);
  for (const city of linesOf('cities.txt').flatMap((line) => line.split('; '))) add(city, 'place');
  for (const place of knownPlaces()) add(place, 'place');
  for (const line of linesOf('known-names.txt')) {
    const [kind = '', entries = ''] = line.split(': ');
    for (const name of entries.split('; ')) add(name, kind as NameKind);
  }
  const sorted = [...names.keys()].toSorted();
  return {
    isGivenName: (lower) => given.has(lower),
    isFamilyName: (lower) => family.has(lower),
    opensListed: (lower) => sorted[firstNotBelow(sorted, lower)]?.startsWith(lower) === true,
    listed: (joined) => names.get(joined),
  };
}

function firstNotBelow(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
