// English tokens and parts of speech from wink-nlp, loaded at most once in a process. Loading takes about 0.3 s, which
// is why this stands apart from the index: only who reads English pays for it.
// Invariant: what a text is read as depends on the text alone. wink itself keeps every new word that it meets and from
// then on never splits it ("Corvex's" stays whole once it was seen in brackets), so that a text would be read
// differently after another; here new words that could be split are forgotten before the next text.
import createWink, { type WinkMethods } from 'wink-nlp';
import model from 'wink-eng-lite-web-model';

/** wink's table of words: the model's own first, then those that texts brought. */
interface Lexemes {
  readonly list: readonly string[];
  readonly hash: Record<string, number>;
}

interface Model {
  core(): { readonly features: { readonly lexeme: Lexemes } };
  metaCER(): unknown;
}

/** wink counts words in 20 bits, and their prefixes and shapes in fewer: its tables are loaded anew well before. */
const MOST_NEW_WORDS = 100_000;

/** A word of letters alone is never split, known or not. */
const DIVISIBLE = /\P{L}/u;

let loaded: WinkMethods | undefined;

/** Sentence boundaries and parts of speech (Penn-like universal tags, about 91 % right on news). */
export function english(): WinkMethods {
  return (loaded ??= forgetful());
}

function forgetful(): WinkMethods {
  // Each call of this one wraps its answer once more, until it no longer fits into a string.
  const patterns = (model as Model).metaCER();
  let { wink, lexemes } = load(patterns);
  const own = lexemes.list.length;
  let known = own;
  return {
    ...wink,
    readDoc: (text) => {
      if (known - own > MOST_NEW_WORDS) {
        ({ wink, lexemes } = load(patterns));
        known = own;
      }
      for (; known < lexemes.list.length; known++) {
        const word = lexemes.list[known] ?? '';
        if (DIVISIBLE.test(word)) delete lexemes.hash[word];
      }
      return wink.readDoc(text);
    },
  };
}

function load(patterns: unknown): { readonly wink: WinkMethods; readonly lexemes: Lexemes } {
  let lexemes: Lexemes = { list: [], hash: {} };
  const core = (): unknown => {
    const tables = (model as Model).core();
    lexemes = tables.features.lexeme;
    return tables;
  };
  const wink = createWink({ ...model, core, metaCER: () => patterns }, ['sbd', 'pos']);
  return { wink, lexemes };
}
