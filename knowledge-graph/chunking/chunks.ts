// Cuts documents into passages of one or a few blocks: the unit of retrieval, co-occurrence and model extraction.
// Invariant: chunks of a document follow each other without overlap and cover every block.
import type { Block, Chunk, Document } from '../contract.ts';

/** Retrieval passages: about 80–150 tokens. */
const PASSAGE_CHARACTERS = 700;

/** Passages of all documents, numbered `p1`, `p2` … in reading order. */
export function chunkDocuments(documents: readonly Document[]): readonly Chunk[] {
  let number = 0;
  return documents.flatMap((document) =>
    cut(document, PASSAGE_CHARACTERS).map(({ start, end }) => ({ id: `p${++number}`, document: document.id, start, end })),
  );
}

/** Stretches of about `size` characters that end where a block (or, in a very long block, a sentence) ends. */
export function cut(document: Document, size: number): readonly { readonly start: number; readonly end: number }[] {
  const pieces: { start: number; end: number }[] = [];
  let open: { start: number; end: number } | undefined;
  const close = (): void => {
    if (open !== undefined) pieces.push(open);
    open = undefined;
  };
  for (const block of document.blocks) {
    const opensSection = block.kind === 'heading' || block.kind === 'title';
    if (open !== undefined && (opensSection || block.end - open.start > size)) close();
    for (const part of split(document.text, block, size)) {
      if (open !== undefined && part.end - open.start > size) close();
      open = open === undefined ? { start: part.start, end: part.end } : { start: open.start, end: part.end };
    }
  }
  close();
  return joinHeadings(pieces, size);
}

/** A block as it is, or, when it is longer than the size, cut after sentences. */
function split(text: string, block: Block, size: number): readonly { readonly start: number; readonly end: number }[] {
  if (block.end - block.start <= size) return [block];
  const parts: { start: number; end: number }[] = [];
  let start = block.start;
  while (block.end - start > size) {
    const window = text.slice(start, start + size);
    const stop = Math.max(
      window.lastIndexOf('. '),
      window.lastIndexOf('。'),
      window.lastIndexOf('! '),
      window.lastIndexOf('? '),
      window.lastIndexOf('\n'),
    );
    const space = stop > size / 3 ? stop + 1 : window.lastIndexOf(' ');
    const end = start + (space > 0 ? space : size);
    parts.push({ start, end });
    start = end;
  }
  parts.push({ start, end: block.end });
  return parts;
}

/** A heading alone says little: it goes with what follows where that is short enough. */
function joinHeadings(
  pieces: readonly { start: number; end: number }[],
  size: number,
): readonly { start: number; end: number }[] {
  const joined: { start: number; end: number }[] = [];
  for (const piece of pieces) {
    const previous = joined.at(-1);
    if (previous !== undefined && previous.end - previous.start < 120 && piece.end - previous.start <= size * 1.2)
      previous.end = piece.end;
    else joined.push({ ...piece });
  }
  return joined;
}
