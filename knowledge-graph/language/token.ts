// Words with their places. Invariant: `document.text.slice(token.start, token.end) === token.text`.
import type { Block } from '../contract.ts';
import type { Cell } from './cells.ts';
import type { Depth } from './taggers.ts';
import type { NameRecogniser, Recognition } from '../spans/recogniser/recognise.ts';

/** Universal part-of-speech tags. */
export type PartOfSpeech =
  | 'ADJ'
  | 'ADP'
  | 'ADV'
  | 'AUX'
  | 'CCONJ'
  | 'DET'
  | 'INTJ'
  | 'NOUN'
  | 'NUM'
  | 'PART'
  | 'PRON'
  | 'PROPN'
  | 'PUNCT'
  | 'SCONJ'
  | 'SYM'
  | 'VERB'
  | 'X';

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly lower: string;
  readonly lemma: string;
  readonly pos: PartOfSpeech;
  /** White space (or the sentence's start) stands before it. */
  readonly spaced: boolean;
  /** What a segmenter with a name dictionary says it is (Chinese). */
  readonly nameType?: 'person' | 'place' | 'organisation' | 'product';
}

export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly block: Block['kind'];
  /** Position of its block in the document. */
  readonly blockIndex: number;
  /** How much the rules understand of its language. */
  readonly depth: Depth;
  /** The cell of a table's row that it stands in. */
  readonly cell: Cell | undefined;
  readonly tokens: readonly Token[];
  /** Title-cased or all capitals: capitals prove nothing here. */
  readonly headline: boolean;
  /** What a learned recogniser makes of its words, where the language has one. */
  readonly recognition: Recognition | undefined;
}

/** Splits text into sentences of tagged tokens; offsets count from the text's first character. */
export interface Tagger {
  tag(text: string): readonly (readonly Token[])[];
  /** Absent where no names are learned for the language. */
  readonly recognise?: NameRecogniser['recognise'];
}

/** A run of tokens in one sentence: `[from, to)`. */
export interface TokenSpan {
  readonly sentence: number;
  readonly from: number;
  readonly to: number;
}

/** A verb or an auxiliary. */
export const isVerbal = ({ pos }: Token): boolean => pos === 'VERB' || pos === 'AUX';

// Asked of every word several times: most are plain ASCII and need no expression.
const isAsciiCapital = (code: number): boolean => code >= 65 && code <= 90;
const isAsciiSmall = (code: number): boolean => code >= 97 && code <= 122;
const isAscii = (code: number): boolean => code < 128;

export function startsCapital(text: string): boolean {
  const code = text.charCodeAt(0);
  return isAscii(code) ? isAsciiCapital(code) : /^\p{Lu}/u.test(text);
}

/** Capitals inside or after a lower-case start: `LiteLLM`, `vLLM`, `iPhone`. */
export function isMixedCase(text: string): boolean {
  for (let at = 1; at < text.length; at++)
    if (!isAsciiSmall(text.charCodeAt(at))) return /\p{Ll}\p{Lu}|\p{Lu}{2,}\p{Ll}{2,}/u.test(text);
  return false;
}

export function isAcronym(text: string): boolean {
  const code = text.charCodeAt(0);
  return (!isAscii(code) || isAsciiCapital(code)) && /^\p{Lu}[\p{Lu}\d&]{1,6}s?$/u.test(text);
}

export function isWord(text: string): boolean {
  const code = text.charCodeAt(0);
  return isAsciiSmall(code) || isAsciiCapital(code) || /\p{L}/u.test(text);
}
