// How often each word is written with and without a capital where it had the choice. A word that a document also
// writes in lower case is no name when it merely opens a sentence.
import { isWord, startsCapital } from '../language/token.ts';
import type { Sentence } from '../language/token.ts';

export interface CaseCounts {
  /** The text keeps the rules of capitals, so that what it writes in lower case is no name. */
  readonly formal: boolean;
  /** Written in lower case. */
  lower(word: string): number;
  /** Written with a capital inside a sentence of ordinary prose. */
  capital(word: string): number;
  /** Two words written with capitals next to each other inside a sentence. */
  pair(first: string, second: string): number;
  /** Written as a noun in lower case. */
  noun(word: string): number;
}

const add = (counts: Map<string, number>, word: string): void => void counts.set(word, (counts.get(word) ?? 0) + 1);

export function countCases(sentences: readonly Sentence[]): CaseCounts {
  const lower = new Map<string, number>();
  const capital = new Map<string, number>();
  const pairs = new Map<string, number>();
  const noun = new Map<string, number>();
  for (const sentence of sentences) {
    sentence.tokens.forEach((token, index) => {
      if (!isWord(token.text)) return;
      if (startsCapital(token.text)) {
        if (index === 0 || sentence.headline || opensClause(sentence.tokens[index - 1]?.text)) return;
        add(capital, token.lower);
        const next = sentence.tokens[index + 1];
        if (next !== undefined && startsCapital(next.text)) add(pairs, `${token.lower} ${next.lower}`);
        return;
      }
      add(lower, token.lower);
      if (token.pos === 'NOUN') add(noun, token.lower);
      if (token.lemma !== token.lower && token.pos === 'NOUN') {
        add(lower, token.lemma);
        add(noun, token.lemma);
      }
    });
  }
  return {
    formal: isFormal(sentences),
    lower: (word) => lower.get(word) ?? 0,
    capital: (word) => capital.get(word) ?? 0,
    pair: (first, second) => pairs.get(`${first} ${second}`) ?? 0,
    noun: (word) => noun.get(word) ?? 0,
  };
}

/** Fewer sentences prove no habit. */
const FORMAL_SENTENCES = 5;
const PROSE: ReadonlySet<Sentence['block']> = new Set(['paragraph', 'quote']);
const EDITED: ReadonlySet<Sentence['block']> = new Set(['heading', 'table-row']);

/** Cells and items start as they like; a text with headings or tables was edited, and what it opens in lower case is code. */
function isFormal(sentences: readonly Sentence[]): boolean {
  const openings = sentences
    .filter(({ block }) => PROSE.has(block))
    .map(({ tokens }) => tokens.find((token) => isWord(token.text))?.text ?? '');
  const isEdited = sentences.some(({ block }) => EDITED.has(block));
  if (openings.length < FORMAL_SENTENCES) return isEdited;
  return openings.filter(startsCapital).length >= (isEdited ? 0.7 : 0.9) * openings.length;
}

/** Marks after which English capitalises whatever follows. */
export const opensClause = (mark: string | undefined): boolean => mark !== undefined && /^[“"‘':.!?•–—*-]+$/u.test(mark);
