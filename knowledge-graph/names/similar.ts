// Names that differ by a letter or two: 3-gram Jaccard similarity (Broder 1997) of at least 0.9, long enough that chance
// does not bring it about. Only names that share a word are compared.
import { addTo } from '../group.ts';
import { numbersIn } from './keys.ts';

const SIMILAR = 0.9;
/** Shorter names differ by a letter and are two: "Iran", "Iraq". */
const SHORTEST = 12;
/** A word that so many names share tells nothing of them. */
const MOST_SHARING = 200;

/** Pairs of (kept, taken in), the longer name or the first by code units kept. */
export function similarNames<T>(items: readonly T[], nameOf: (item: T) => string): readonly (readonly [T, T])[] {
  const byWord = new Map<string, number[]>();
  const written = items.map(nameOf);
  const names = written.map((name) => name.toLowerCase());
  const numbers = written.map(numbersIn);
  const words = names.map((name) => name.split(/\s+/));
  names.forEach((name, index) => {
    if (name.length < SHORTEST) return;
    for (const word of new Set(words[index])) if (word.length > 3) addTo(byWord, word, index);
  });
  const grams = new Map<number, ReadonlySet<string>>();
  const gramsOf = (index: number): ReadonlySet<string> => {
    const known = grams.get(index) ?? gramsIn(names[index] ?? '');
    grams.set(index, known);
    return known;
  };
  const pairs = new Map<string, readonly [number, number]>();
  for (const indices of byWord.values()) {
    if (indices.length > MOST_SHARING) continue;
    indices.forEach((left, at) => {
      for (const right of indices.slice(at + 1)) {
        const [first, second] = [names[left] ?? '', names[right] ?? ''];
        if (!differInOneWord(words[left] ?? [], words[right] ?? []) || numbers[left] !== numbers[right]) continue;
        if (jaccard(gramsOf(left), gramsOf(right)) < SIMILAR) continue;
        const isKept = first.length > second.length || (first.length === second.length && first < second);
        pairs.set(`${left} ${right}`, isKept ? [left, right] : [right, left]);
      }
    });
  }
  return [...pairs.values()].map(([kept, taken]) => [items[kept] as T, items[taken] as T] as const);
}

/** Words in another order make another name: "Liberal National Party". */
function differInOneWord(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false;
  let different = 0;
  for (let at = 0; at < left.length && different < 2; at++) if (left[at] !== right[at]) different++;
  return different === 1;
}

function gramsIn(name: string): ReadonlySet<string> {
  const padded = ` ${name} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

function jaccard(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const shared = [...left].filter((gram) => right.has(gram)).length;
  return shared / (left.size + right.size - shared);
}
