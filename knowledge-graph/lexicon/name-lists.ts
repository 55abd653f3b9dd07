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
  /** Whether some listed name begins or ends with these lower-case words, written together. */
  opensListed(joined: string): boolean;
  /** The kind of the name that these lower-case words make when written together. */
  listed(joined: string): NameKind | undefined;
}

let lists: NameLists | undefined;

/** Loads the lists at the first call (about 50 ms). */
export function nameLists(): NameLists {
  return (lists ??= loadLists());
}

/** Where a tokeniser may end a word inside a name, and its end. */
const WORD_END = /(?<=.)(?: |$|(?<=[\p{L}\p{N}])(?=[^\p{L}\p{N} ])|(?<=[^\p{L}\p{N} ])(?=[\p{L}\p{N}]))/gu;

const wordsOf = (name: string): ReadonlySet<string> => new Set(linesOf(name).flatMap((line) => line.split(' ')));

function loadLists(): NameLists {
  const given = wordsOf('given-names.txt');
  const family = wordsOf('surnames.txt');
  const names = new Map<string, NameKind>();
  const openings = new Set<string>();
  const add = (name: string, kind: NameKind): void => {
    names.set(name.replaceAll(' ', ''), kind);
    for (const { index } of name.matchAll(WORD_END)) openings.add(name.slice(0, index).replaceAll(' ', ''));
  };
  for (const city of linesOf('cities.txt').flatMap((line) => line.split('; '))) add(city, 'place');
  for (const place of knownPlaces()) add(place, 'place');
  for (const line of linesOf('known-names.txt')) {
    const [kind = '', entries = ''] = line.split(': ');
    for (const name of entries.split('; ')) add(name, kind as NameKind);
  }
  return {
    isGivenName: (lower) => given.has(lower),
    isFamilyName: (lower) => family.has(lower),
    opensListed: (joined) => openings.has(joined),
    listed: (joined) => names.get(joined),
  };
}
