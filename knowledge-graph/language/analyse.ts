// Document → sentences of tagged words, block by block, so that no sentence crosses a paragraph.
import type { Document } from '../contract.ts';
import { cellsOfRows } from './cells.ts';
import type { Cell } from './cells.ts';
import { depthOf } from './taggers.ts';
import type { Depth, Taggers } from './taggers.ts';
import { isAcronym, isWord, startsCapital } from './token.ts';
import type { Sentence, Tagger, Token } from './token.ts';

const SHIFTED = new Set(['list-item']);
/** Their first word is always capitalised and nothing in them proves a name. */
const HEADS = new Set(['title', 'heading']);

/** Each block is read in its own language, where that is another than its document's. */
export function analyse(document: Document, taggers: Taggers): readonly Sentence[] {
  const cells = cellsOfRows(document);
  return document.blocks.flatMap((block, blockIndex) => {
    if (block.kind === 'code') return [];
    const stretches: readonly Stretch[] = cells.get(blockIndex)?.map((cell) => ({ ...cell, cell })) ?? [block];
    const language = block.language ?? document.language;
    const reading = { depth: depthOf(language), tagger: taggers.for(language) };
    return stretches.flatMap((stretch) => sentencesOf(document.text, stretch, { block: block.kind, blockIndex }, reading));
  });
}

/** What is read by itself: a block, or a cell of a row. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly cell?: Cell;
}

function sentencesOf(
  text: string,
  { start, end, cell }: Stretch,
  place: Pick<Sentence, 'block' | 'blockIndex'>,
  { depth, tagger }: { readonly depth: Depth; readonly tagger: Tagger },
): readonly Sentence[] {
  return tagger.tag(text.slice(start, end)).flatMap((local): readonly Sentence[] => {
    const tokens = local.map((token) => shift(token, start));
    const first = tokens[0];
    const last = tokens.at(-1);
    if (first === undefined || last === undefined) return [];
    return [
      {
        start: first.start,
        end: last.end,
        ...place,
        depth,
        cell,
        tokens,
        headline: HEADS.has(place.block) || isHeadline(tokens, SHIFTED.has(place.block)),
        recognition: tagger.recognise?.(tokens.map((token) => token.text)),
      },
    ];
  });
}

const shift = (token: Token, by: number): Token => ({ ...token, start: token.start + by, end: token.end + by });

/** Whether most longer words are capitalised, so that a capital says nothing about a name. */
export function isHeadline(tokens: readonly Token[], shifted: boolean): boolean {
  const longer = tokens.slice(1).filter((token) => isWord(token.text) && token.text.length > 3);
  if (longer.length < (shifted ? 1 : 5)) return false;
  const capitals = longer.filter((token) => startsCapital(token.text));
  const shouted = tokens.filter((token) => token.text.length > 3 && isAcronym(token.text)).length;
  if (shouted >= 3 && shouted > longer.length / 2) return true;
  return capitals.length / longer.length >= (shifted ? 0.6 : 0.85);
}
