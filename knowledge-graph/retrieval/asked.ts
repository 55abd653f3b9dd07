// What a query asks beside the names it gives ("director", "born"), as roots that its forms share, and which of the best
// passages speak of it.
import { portableLog } from '#foundation';
import { STOP_WORDS } from '../lexicon/function-words.ts';
import type { NamedNode } from './name-index.ts';
import type { Scored } from './word-index.ts';
import { wordsOf } from './words.ts';
import type { Word } from './words.ts';

/** "Director", "directed" and "direction" agree so far. */
const ROOT_LETTERS = 5;
/** Words of questions that passages do not answer with. */
const ASKING = new Set(['many', 'much', 'first', 'second', 'name', 'same', 'which', 'who', 'whose', 'when', 'where']);
/** Passages that are read for what is asked, and how much the one gains that speaks of all of it. */
const [READ_PASSAGES, GAIN] = [15, 0.2];

export const rootOf = (word: Word): string => word.text.slice(0, ROOT_LETTERS);

export function askedRoots(words: readonly Word[], links: readonly NamedNode[]): ReadonlySet<string> {
  const named = new Set(
    links.filter(({ topic }) => !topic).flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)),
  );
  return new Set(words.filter((word, at) => !named.has(at) && !STOP_WORDS.has(word.text) && !ASKING.has(word.text)).map(rootOf));
}

/** Raises the best passages by the share of the roots that they hold; what few of them hold counts more. */
export function favourAsked(
  passages: readonly Scored[],
  asked: ReadonlySet<string>,
  textOf: (position: number) => string,
): readonly Scored[] {
  const read = passages.slice(0, READ_PASSAGES).map(({ position, score }) => {
    const held = new Set(wordsOf(textOf(position)).map(rootOf));
    return { position, score, roots: [...asked].filter((root) => held.has(root)) };
  });
  const weights = new Map(
    [...asked].map((root) => {
      const holders = read.filter(({ roots }) => roots.includes(root)).length;
      return [root, portableLog(1 + READ_PASSAGES / Math.max(1, holders))] as const;
    }),
  );
  const weightOf = (roots: Iterable<string>): number => [...roots].reduce((sum, root) => sum + (weights.get(root) ?? 0), 0);
  const all = weightOf(asked) || 1;
  return [
    ...read.map(({ position, score, roots }) => ({ position, score: score * (1 + (GAIN * weightOf(roots)) / all) })),
    ...passages.slice(READ_PASSAGES),
  ];
}
