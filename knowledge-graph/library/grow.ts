// Documents added to a graph: they come after those it has, so that all earlier ids and revisions stay what they were.
import type { Document, GraphSnapshot, ReadResult } from '../contract.ts';

export interface Grown {
  /** What the graph is built of now. */
  readonly read: ReadResult;
  /** Names of documents that it had already, word for word. */
  readonly known: readonly string[];
}

const contentOf = ({ name, sha256, text }: Document): string => `${sha256}\u0000${name}\u0000${text}`;

export function withDocuments(graph: Pick<GraphSnapshot, 'documents' | 'rejected'>, more: ReadResult): Grown {
  const held = new Set(graph.documents.map(contentOf));
  const added = more.documents.filter((document) => !held.has(contentOf(document)));
  const first = graph.documents.length + 1;
  return {
    read: {
      documents: [...graph.documents, ...added.map((document, index) => ({ ...document, id: `d${first + index}` }))],
      rejected: [...graph.rejected, ...more.rejected],
    },
    known: more.documents.filter((document) => held.has(contentOf(document))).map(({ name }) => name),
  };
}
