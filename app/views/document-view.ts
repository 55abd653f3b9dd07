// A document as the page lists it, and its text around a place.
import type { DocumentTextView, GraphView } from '#api/contract';
import { ShoalError } from '#foundation';
import type { Document, GraphSnapshot } from '#knowledge-graph/contract';
import { optional } from './optional.ts';

/** Characters shown before and after the place that is asked for: long enough to read on, short enough to draw at once. */
const AROUND = 12_000;

export const documentView = (document: Document): GraphView['documents'][number] => ({
  id: document.id,
  name: document.name,
  ...optional('title', document.title),
  mediaType: document.mediaType,
  language: document.language,
  characters: document.text.length,
  ...optional('publishedAt', document.publishedAt),
  ...optional('url', document.url),
});

/** The text around a place, cut at the borders of blocks where it is cut. Throws `not_found`. */
export function documentTextView(graph: GraphSnapshot, id: string, place: number): DocumentTextView {
  const document = graph.documents.find((candidate) => candidate.id === id);
  if (document === undefined) {
    throw new ShoalError('not_found', `The graph has no document ${id.slice(0, 100)}.`, {
      hint: 'Its documents are listed with the graph.',
    });
  }
  const { text } = document;
  const [least, most] = [place - AROUND, place + AROUND];
  const blocks = document.blocks.filter(({ start, end }) => end > least && start < most);
  const start = least <= 0 ? 0 : Math.max(0, Math.min(blocks[0]?.start ?? least, least + AROUND / 2));
  const end = most >= text.length ? text.length : Math.max(blocks.at(-1)?.end ?? most, most - AROUND / 2);
  return {
    document: documentView(document),
    start,
    end,
    text: text.slice(start, end),
    blocks: blocks.map(({ kind, start, end }) => ({ kind, start, end })),
  };
}
