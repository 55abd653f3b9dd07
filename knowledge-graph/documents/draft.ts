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
  /** Where it was published, if the file says so. */
  readonly url?: string | undefined;
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly publishedAt?: string | undefined;
  /** When the file was made: stands for the date of publication where nothing better is known. */
  readonly createdAt?: string | undefined;
  /** The language that the file declares; used only where its text does not tell. */
  readonly declaredLanguage?: string | undefined;
  readonly blocks: readonly BlockDraft[];
}

/** Parts of a file that cannot be read while the others can. */
export interface RefusedParts {
  readonly refused: string;
  readonly part: string;
  /** For how many parts it stands. */
  readonly count: number;
}

/** What a file of several documents gives, one after another. */
export type Parsed = DocumentDraft | RefusedParts;

const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const PART_OF_BOOK = /^(chapter|part|book|act|scene|section)\b|^第.{1,8}[章节節回卷部幕]|^[\divxlc]+([.)]|$)/i;

/**
 * Marks the title where the text holds it: the heading near the top that the stated title begins with. Where none
 * is stated, the heading that opens the text is its title, unless it only counts chapters.
 */
export function withOwnTitle(draft: DocumentDraft): DocumentDraft {
  const stated = draft.title === undefined ? undefined : comparable(draft.title);
  const says = draft.blocks.slice(0, 4).findIndex(({ kind, text }) => {
    const heading = comparable(text);
    return kind === 'heading' && stated !== undefined && heading.length > 3 && stated.startsWith(heading);
  });
  if (says !== -1) return { ...draft, blocks: draft.blocks.with(says, { kind: 'title', text: draft.blocks[says]?.text ?? '' }) };
  const [first, ...rest] = draft.blocks;
  const opens = first?.kind === 'title' || (first?.kind === 'heading' && !PART_OF_BOOK.test(first.text.trim()));
  if (draft.title !== undefined || first === undefined || !opens) return draft;
  return { ...draft, title: first.text, blocks: [{ kind: 'title', text: first.text }, ...rest] };
}

/** Makes the stated title the document's title block: the heading that already says it, or a new first block. */
export function withTitle(blocks: readonly BlockDraft[], title: string | undefined): readonly BlockDraft[] {
  if (title === undefined) return blocks;
  const wanted = comparable(title);
  const index = blocks.slice(0, 4).findIndex((block) => comparable(block.text) === wanted);
  if (index === -1) return [{ kind: 'title', text: title }, ...blocks];
  return blocks.map((block, at) => (at === index ? { kind: 'title', text: block.text } : block));
}
