// Words with their parts of speech: the little linguistics that framing needs, from wink-nlp's English model.
import type { ItsFunction } from 'wink-nlp';
import { english } from '#foundation/english';

export interface Token {
  readonly text: string;
  readonly lower: string;
  /** Universal part of speech: NOUN, PROPN, VERB, AUX, ADJ, DET … */
  readonly pos: string;
  readonly lemma: string;
  /** White space before the word in the text. */
  readonly space: string;
}

export type Tagger = (text: string) => readonly Token[];

export function createTagger(): Tagger {
  const nlp = english();
  // wink types these as methods of differing signatures; they are plain functions of a token.
  const its = nlp.its as unknown as Readonly<Record<'pos' | 'lemma' | 'precedingSpaces', ItsFunction<string>>>;
  return (text) => {
    const tokens = nlp.readDoc(text).tokens();
    const words = tokens.out();
    const tags = tokens.out(its.pos);
    const lemmas = tokens.out(its.lemma);
    const spaces = tokens.out(its.precedingSpaces);
    return words.map((word, index) => ({
      text: word,
      lower: word.toLowerCase(),
      pos: tags[index] ?? 'X',
      lemma: singular(word.toLowerCase(), lemmas[index] ?? word.toLowerCase()),
      space: spaces[index] ?? ' ',
    }));
  };
}

/** wink lemmatises "controls" the noun and British spellings unevenly; a plural s alone is what matters here. */
function singular(word: string, lemma: string): string {
  if (word !== lemma) return lemma;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !/(?:ss|us|is|ics)$/.test(word) ? word.slice(0, -1) : word;
}

/** The stretch of text that tokens cover, spaces as written, trimmed. */
export function textOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => token.space + token.text)
    .join('')
    .trim();
}

export const isNominal = (token: Token | undefined): boolean =>
  token !== undefined && ['NOUN', 'PROPN', 'PRON', 'NUM'].includes(token.pos);
