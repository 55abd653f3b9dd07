// The cell that opens a row of a table with headings is what the row is about: written like a name, it is one, whatever
// the words around it would say.
import { startsCapital } from '../language/token.ts';
import type { Sentence, TokenSpan } from '../language/token.ts';

/** In tokens: longer cells are sentences. */
const LONGEST = 6;
/** Rows that sum up the others, and cells that stand for nothing. */
const NO_KEY =
  /^(?:(?:grand |sub)?totals?|sum|average|mean|median|others?|all|none|unknown|n\/?a|yes|no|true|false|note|total:)$/i;

/** "owner/repository", "go-fish", "chunk_size": a name in lower case. */
const IDENTIFIER = /^\p{L}[\p{L}\p{N}]*(?:[._/@+-][\p{L}\p{N}]+)+$/u;

const sourceOf = (tokens: Sentence['tokens']): string =>
  tokens.map(({ text, spaced }, at) => (spaced && at > 0 ? ` ${text}` : text)).join('');

/** Whether a mention is all that a row's first cell holds. */
export const isKeyCell = ({ cell, tokens, start, end }: Sentence, { from, to }: Pick<TokenSpan, 'from' | 'to'>): boolean =>
  cell?.column === 0 &&
  cell.label !== undefined &&
  start === cell.start &&
  end === cell.end &&
  from === 0 &&
  to === tokens.length;

/** The first cell of a row as a name; undefined where it is written like none. */
export function keyOfRow(sentence: Sentence, index: number): TokenSpan | undefined {
  const { tokens } = sentence;
  const span = { sentence: index, from: 0, to: tokens.length };
  if (tokens.length > LONGEST || !isKeyCell(sentence, span)) return undefined;
  const text = tokens.map((token) => token.text).join(' ');
  if (IDENTIFIER.test(sourceOf(tokens))) return span;
  if (NO_KEY.test(text) || !startsCapital(text) || /[,;:!?]|\.$/.test(text)) return undefined;
  const isPhrase = tokens.some(({ pos }) => pos === 'VERB' || pos === 'AUX' || pos === 'PRON');
  // "Grid operators": a kind of things.
  const isLower = tokens.slice(1).some(({ text, pos }) => /^\p{Ll}/u.test(text) && !/^(?:ADP|DET|CCONJ|PART)$/.test(pos));
  return isPhrase || isLower ? undefined : span;
}
