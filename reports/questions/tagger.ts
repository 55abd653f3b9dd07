// Words with their parts of speech: the little linguistics that framing needs, from wink-nlp's English model.
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
  const reader = english();
  return (text) => {
    const { words, starts, tags, lemmas } = reader.read(text);
    let cursor = 0;
    return words.map(({ text: form, lower }, index) => {
      const start = starts[index] ?? -1;
      const space = start < 0 ? '' : text.slice(cursor, start);
      if (start >= 0) cursor = start + form.length;
      return { text: form, lower, pos: tags[index] ?? 'X', lemma: singular(lower, lemmas[index] ?? lower), space };
    });
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
