// Document → sentences of tagged words, block by block, so that no sentence crosses a paragraph.
import type { Document } from '../contract.ts';
import { isAcronym, isWord, startsCapital } from './token.ts';
import type { Sentence, Tagger, Token } from './token.ts';

const SHIFTED = new Set(['list-item']);
/** Their first word is always capitalised and nothing in them proves a name. */
const HEADS = new Set(['title', 'heading']);

export function analyse(document: Document, tagger: Tagger): readonly Sentence[] {
  const sentences: Sentence[] = [];
  document.blocks.forEach((block, blockIndex) => {
    if (block.kind === 'code') return;
    const text = document.text.slice(block.start, block.end);
    for (const local of tagger.tag(text)) {
      const tokens = local.map((token) => shift(token, block.start));
      const first = tokens[0];
      const last = tokens.at(-1);
      if (first === undefined || last === undefined) continue;
      sentences.push({
        start: first.start,
        end: last.end,
        block: block.kind,
        blockIndex,
        tokens,
        headline: HEADS.has(block.kind) || isHeadline(tokens, SHIFTED.has(block.kind)),
        recognition: tagger.recognise?.(tokens.map((token) => token.text)),
      });
    }
  });
  return sentences;
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
