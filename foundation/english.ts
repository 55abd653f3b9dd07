// English words and parts of speech by wink-nlp's model, loaded at most once in a process. Loading takes about 0.3 s, which
// is why this stands apart from the index: only who reads English pays for it.
// wink's tokenizer, lexicon and automata are used one by one: its own pipeline tokenizes each occurrence of a word anew,
// here what stands between two spaces is tokenized once and then known.
// Invariant: what is between two spaces is read by the model's own words alone. wink itself keeps every new word that it
// meets and from then on never splits it ("Corvex's" stays whole once it was seen in brackets).
import createAutomaton from 'wink-nlp/src/automaton.js';
import compileExpressions from 'wink-nlp/src/compile-trex.js';
import constants from 'wink-nlp/src/constants.js';
import createLexicon from 'wink-nlp/src/cache.js';
import type { WinkLexicon } from 'wink-nlp/src/cache.js';
import createSink from 'wink-nlp/src/dd-wrapper.js';
import createTokenizer from 'wink-nlp/src/tokenizer.js';
import model from 'wink-eng-lite-web-model';

/** A written word, the same object wherever it stands. */
export interface EnglishWord {
  readonly text: string;
  readonly lower: string;
  /** Of punctuation marks alone. */
  readonly isPunctuation: boolean;
}

/** The tokens of a text, column by column. */
export interface EnglishText {
  readonly words: readonly EnglishWord[];
  /** Where each begins in the text; -1 where a part of a contraction is not written so. */
  readonly starts: readonly number[];
  /** Universal part-of-speech tags. */
  readonly tags: readonly string[];
  readonly lemmas: readonly string[];
  /** First and last token of each sentence. */
  readonly sentences: readonly (readonly [number, number])[];
}

export interface EnglishReader {
  /** Sentence boundaries and parts of speech (about 91 % right on news). Pure. */
  read(text: string): EnglishText;
}

/** wink counts words in 20 bits, and their prefixes and shapes in fewer: its tables are loaded anew well before. */
const MOST_NEW_WORDS = 100_000;
/** Chunks of text kept before the memory starts afresh: about 60 MB. */
const MOST_CHUNKS = 150_000;
/** A word of letters alone is never split, known or not. */
const DIVISIBLE = /\P{L}/u;
const PUNCTUATION = /^\p{P}+$/u;
/** What wink takes for a space; the second kind counts as many. */
const SPACES = /^[ \u00A0\u2002-\u2005\u2009\u200A\u202F\u205F]/;
/** What the tagger takes a word for that it knows nothing of. */
const NOUN = 8;

let loaded: EnglishReader | undefined;

export function english(): EnglishReader {
  return (loaded ??= createReader());
}

/** What a token is to the automata, wherever it stands. */
interface Piece {
  readonly word: EnglishWord;
  readonly normal: number;
  /** Events of the sentence automaton: after a space, and without one. */
  readonly boundaryAfterSpace: number;
  readonly boundary: number;
  readonly tag: number;
  /** Parts of contractions are what they are. */
  readonly isFixed: boolean;
  /** Event of the tagging automata in place of its tag. */
  readonly hint: number | undefined;
  readonly lemmaOf: (tag: number) => string;
}

/** wink's lexicon: the model's own words first, then those that texts brought. */
interface Tables {
  readonly features: { readonly lexeme: { readonly list: readonly string[]; readonly hash: Record<string, number> } };
  readonly trex: unknown;
  readonly tcat: { readonly hash: unknown };
  readonly preserve: unknown;
}

type Setter = (
  patterns: unknown,
  data: { readonly numOfTokens: number; readonly sentences: (readonly [number, number])[] },
) => void;
type Transform = (token: number, lexicon: WinkLexicon, raw: readonly number[], at: number) => number;
type Update = (patterns: unknown, lexicon: WinkLexicon, tags: number[], normals: readonly number[]) => void;

/** What wink's English model is made of. */
interface Model {
  core(): Tables;
  readonly featureFn: unknown;
  sbd(): { readonly machines: readonly string[]; readonly transformers: readonly Transform[]; readonly setter: Setter };
  pos(): { readonly machines: readonly string[]; readonly transformers: readonly Transform[]; readonly updater: Update };
  readonly addons: { lemmatize(value: string, tag: string, lexicon: WinkLexicon): string };
}

function createReader(): EnglishReader {
  let chunks = createChunks();
  return {
    read: (text) => {
      if (chunks.isFull()) chunks = createChunks();
      return readWith(chunks, text);
    },
  };
}

function readWith({ read, splitter, findSentences, findTags, tagName }: Chunks, text: string): EnglishText {
  const pieces: Piece[] = [];
  const starts: number[] = [];
  const boundaries: number[] = [];
  let at = 0;
  let spaced = false;
  for (const chunk of text.split(splitter)) {
    if (chunk !== '' && SPACES.test(chunk)) spaced = true;
    else if (chunk !== '') {
      const known = read(chunk);
      for (let index = 0; index < known.pieces.length; index++) {
        const piece = known.pieces[index] as Piece;
        const start = known.starts[index] as number;
        pieces.push(piece);
        starts.push(start < 0 ? -1 : at + start);
        boundaries.push(spaced ? piece.boundaryAfterSpace : piece.boundary);
        spaced = false;
      }
    }
    at += chunk.length;
  }
  const tags = findTags(pieces);
  return {
    words: pieces.map((piece) => piece.word),
    starts,
    tags: tags.map(tagName),
    lemmas: pieces.map((piece, index) => piece.lemmaOf(tags[index] ?? NOUN)),
    sentences: findSentences(boundaries),
  };
}

/** The tokens of what stands between two spaces. */
interface Chunk {
  readonly pieces: readonly Piece[];
  /** Place of each in the chunk, or -1. */
  readonly starts: readonly number[];
}

interface Chunks {
  readonly read: (chunk: string) => Chunk;
  readonly splitter: RegExp;
  readonly findSentences: (boundaries: readonly number[]) => readonly (readonly [number, number])[];
  readonly findTags: (pieces: readonly Piece[]) => readonly number[];
  readonly tagName: (tag: number) => string;
  readonly isFull: () => boolean;
}

function createChunks(): Chunks {
  const parts = model as unknown as Model;
  const tables = parts.core();
  const lexicon = createLexicon(tables, parts.featureFn);
  const expressions = compileExpressions(tables.trex);
  const tokenize = createTokenizer(expressions, tables.tcat.hash, tables.preserve);
  const sentences = parts.sbd();
  const tagging = parts.pos();
  const boundaryAutomaton = createAutomaton(lexicon);
  boundaryAutomaton.importJSON(sentences.machines[0] ?? '');
  const tagAutomata = tagging.machines.map((machine) => {
    const automaton = createAutomaton(lexicon, lexicon.value(0));
    automaton.importJSON(machine);
    return automaton;
  });
  const [boundaryOf, hintOf] = [sentences.transformers[0] as Transform, tagging.transformers[0] as Transform];
  const lineFeed = lexicon.lookup('\n')?.[0];
  const tagName = (tag: number): string => lexicon.valueOf('pos', tag);
  const words = new Map<string, EnglishWord>();
  const known = new Map<string, Chunk>();
  const { list, hash } = tables.features.lexeme;
  const own = list.length;
  let seen = own;

  const wordOf = (text: string): EnglishWord => {
    let word = words.get(text);
    if (word === undefined) {
      word = { text, lower: text.toLowerCase(), isPunctuation: PUNCTUATION.test(text) };
      words.set(text, word);
    }
    return word;
  };
  const forgetDivisible = (): void => {
    for (; seen < list.length; seen++) {
      const word = list[seen] ?? '';
      if (DIVISIBLE.test(word)) delete hash[word];
    }
  };
  const createPiece = (lexeme: number, expansion: number, fixed: number): Piece => {
    const normal = expansion > 0 ? lexicon.nox(expansion) : lexicon.normal(lexeme);
    const event = (space: number): number => (normal === lineFeed ? normal : boundaryOf(normal, lexicon, [lexeme, space], 0));
    const hint = hintOf(-1, lexicon, [lexeme], 0);
    return {
      word: wordOf(lexicon.value(lexeme)),
      normal,
      boundaryAfterSpace: event(1),
      boundary: event(0),
      tag:
        fixed === 0
          ? lexicon.posOf(lexicon.mappedSpelling(lexeme)) || NOUN
          : (fixed & constants.posMask) >>> constants.bits4lemma,
      isFixed: fixed !== 0,
      hint: hint < 0 ? undefined : hint,
      lemmaOf: lemmasOf(lexicon, lexeme, expansion > 0 ? fixed & constants.lemmaMask : undefined, tagName),
    };
  };
  const pieces = new Map<number, Piece>();
  const pieceOf = (lexeme: number, expansion: number, fixed: number): Piece => {
    if (expansion > 0) return createPiece(lexeme, expansion, fixed);
    let piece = pieces.get(lexeme);
    if (piece === undefined) {
      piece = createPiece(lexeme, 0, fixed);
      pieces.set(lexeme, piece);
    }
    return piece;
  };
  const tokens: number[] = [];
  const sink = createSink({ cache: lexicon, tokens, nonBreakingSpaces: {} });
  const readChunk = (chunk: string): Chunk => {
    tokens.length = 0;
    tokenize(sink, chunk);
    const found: Piece[] = [];
    const starts: number[] = [];
    let cursor = 0;
    for (let at = 0; at < tokens.length; at += constants.tkSize) {
      const piece = pieceOf(tokens[at] as number, tokens[at + 1] as number, tokens[at + 2] as number);
      const start = chunk.indexOf(piece.word.text, cursor);
      if (start >= 0) cursor = start + piece.word.text.length;
      found.push(piece);
      starts.push(start);
    }
    forgetDivisible();
    return { pieces: found, starts };
  };
  return {
    read: (text) => {
      let chunk = known.get(text);
      if (chunk === undefined) {
        chunk = readChunk(text);
        known.set(text, chunk);
      }
      return chunk;
    },
    splitter: expressions.helpers.splitter,
    findSentences: (boundaries) => {
      const found: (readonly [number, number])[] = [];
      sentences.setter(boundaryAutomaton.recognize(boundaries), { numOfTokens: boundaries.length, sentences: found });
      return found;
    },
    findTags: (pieces) => {
      const tags = pieces.map((piece) => piece.tag);
      const normals = pieces.map((piece) => piece.normal);
      for (const automaton of tagAutomata) {
        const events = pieces.map((piece, at) => piece.hint ?? (tags[at] as number));
        tagging.updater(automaton.recognize(events), lexicon, tags, normals);
      }
      return tags.map((tag, at) => (pieces[at]?.isFixed === true ? (pieces[at]?.tag ?? tag) : tag));
    },
    tagName,
    isFull: () => list.length - own > MOST_NEW_WORDS || known.size > MOST_CHUNKS,
  };
}

/** The lemma of a word by its tag, looked up once for each. */
function lemmasOf(
  lexicon: WinkLexicon,
  lexeme: number,
  fixed: number | undefined,
  tagName: (tag: number) => string,
): (tag: number) => string {
  if (fixed !== undefined) {
    const lemma = lexicon.value(fixed);
    return () => lemma;
  }
  const mapped = lexicon.mappedSpelling(lexeme);
  if (lexicon.property(mapped, 'isSLemma') === 1) {
    const lemma = lexicon.value(lexicon.property(mapped, 'lemma'));
    return () => lemma;
  }
  const value = lexicon.value(lexicon.normal(lexeme));
  const lemmas: (string | undefined)[] = [];
  const { addons } = model as unknown as Model;
  return (tag) => (lemmas[tag] ??= addons.lemmatize(value, tagName(tag), lexicon));
}
