// What a parser hands over: blocks of raw text in reading order, and what the file says about itself.
// Offsets do not exist yet; `composeText` gives them once and for all.
import type { Block, MediaType } from '../contract.ts';

export interface BlockDraft {
  readonly kind: Block['kind'];
  readonly text: string;
}

export interface DocumentDraft {
  readonly mediaType: MediaType;
  /** For one of several documents in a file: what tells it from its siblings. */
  readonly part?: string | undefined;
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly publishedAt?: string | undefined;
  /** The language that the file declares; used only where its text does not tell. */
  readonly declaredLanguage?: string | undefined;
  readonly blocks: readonly BlockDraft[];
}

const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Makes the stated title the document's title block: the heading that already says it, or a new first block. */
export function withTitle(blocks: readonly BlockDraft[], title: string | undefined): readonly BlockDraft[] {
  if (title === undefined) return blocks;
  const wanted = comparable(title);
  const index = blocks.slice(0, 4).findIndex((block) => comparable(block.text) === wanted);
  if (index === -1) return [{ kind: 'title', text: title }, ...blocks];
  return blocks.map((block, at) => (at === index ? { kind: 'title', text: block.text } : block));
}
