// The whole noun phrase before a verb that it is said of.
import type { Token } from '../../language/token.ts';
import { words } from '../../lexicon/words.ts';
import type { NounPhrases } from './noun-phrases.ts';

/** Tokens `[from, to)`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const SUBORDINATE = words(
  'because although though while whereas since unless until if before after when where once as whether so that',
);

export const isComma = (token: Token | undefined): boolean => token?.text === ',';

/** The whole noun phrase that ends at a token: with "of …" and "in …" before it, and the items joined to it. */
export function widen(
  tokens: readonly Token[],
  nouns: NounPhrases,
  left: number,
  verbBefore: Span | undefined,
): Span | undefined {
  let from = nouns.startOf(left);
  const floor = verbBefore?.to ?? 0;
  for (;;) {
    const at = from - 1;
    const word = tokens[at];
    if (word === undefined || at < floor) break;
    const inner = at - 1;
    const joined = nouns.endOf(inner) === at;
    if (word.pos === 'ADP' && !SUBORDINATE.has(word.lower)) {
      // "In 2008 Bond …": the preposition opens the clause, so nothing is found before it.
      if (!joined || inner < floor) return openingOf(tokens, nouns, from, left);
      from = nouns.startOf(inner);
    } else if (word.pos === 'CCONJ' && (joined || isComma(tokens[inner])) && previousEnds(tokens, verbBefore, at)) {
      const item = joined ? inner : inner - 1;
      if (nouns.endOf(item) !== item + 1) break;
      from = nouns.startOf(item);
      // "A, B and C": earlier items
      while (
        isComma(tokens[from - 1]) &&
        nouns.endOf(from - 2) === from - 1 &&
        from - 2 >= floor &&
        from - 2 > 0 &&
        isListed(tokens, nouns, from)
      )
        from = nouns.startOf(from - 2);
    } else break;
  }
  return from < floor ? undefined : { from, to: left + 1 };
}

/** An enumeration goes on to the left only if no preposition opens what stands there ("In 1941, A and B"). */
function isListed(tokens: readonly Token[], nouns: NounPhrases, from: number): boolean {
  const before = tokens[nouns.startOf(from - 2) - 1];
  return before === undefined || isComma(before) || before.pos === 'VERB';
}

/** Whether "and" can join subjects: not when a verb before it still lacks the end of its clause. */
const previousEnds = (tokens: readonly Token[], verbBefore: Span | undefined, at: number): boolean =>
  verbBefore === undefined ||
  (!isComma(tokens[at - 1]) &&
    tokens.slice(verbBefore.to, at).some((token) => token.text === ',' || token.text === ';' || token.pos === 'SCONJ'));

const TIME_NAME =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|october|november|december)$/;

/** After an opening preposition the last phrase alone may be the subject: "After a short absence Keibler began". */
function openingOf(tokens: readonly Token[], nouns: NounPhrases, from: number, left: number): Span | undefined {
  const start = nouns.startOf(left);
  if (start > from) return { from: start, to: left + 1 };
  for (let at = left; at > from; at--)
    if (
      tokens[at]?.pos === 'PROPN' &&
      (/^(NUM|NOUN)$/.test(tokens[at - 1]?.pos ?? '') || TIME_NAME.test(tokens[at - 1]?.lower ?? ''))
    )
      return { from: at, to: left + 1 };
  return undefined;
}
