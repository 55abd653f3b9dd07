// A span of a document with a little of what stands around it, ready to be shown and highlighted.
import type { Excerpt } from '#api/contract';
import type { GraphSnapshot, SourceSpan } from '#knowledge-graph/contract';

const AROUND = 120;

export function excerptOf(graph: GraphSnapshot, span: SourceSpan): Excerpt | undefined {
  const document = graph.documents.find((candidate) => candidate.id === span.document);
  if (document === undefined) return undefined;
  const { text } = document;
  const from = Math.max(0, span.start - AROUND);
  const to = Math.min(text.length, span.end + AROUND);
  // Whole words only: cut at the first and last white space of the margins.
  const before = text.slice(from, span.start);
  const after = text.slice(span.end, to);
  return {
    span: { ...span },
    documentName: document.title ?? document.name,
    before: from === 0 ? before : before.replace(/^\S*\s/, '… '),
    text: text.slice(span.start, span.end),
    after: to === text.length ? after : after.replace(/\s\S*$/, ' …'),
  };
}

export const excerptsOf = (graph: GraphSnapshot, spans: readonly SourceSpan[], limit: number): Excerpt[] =>
  spans.slice(0, limit).flatMap((span) => excerptOf(graph, span) ?? []);
