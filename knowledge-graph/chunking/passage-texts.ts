// What of a passage is looked at when it is searched for: its words under the title of its document.
import type { Chunk, Document } from '../contract.ts';

/** In the order of the chunks. */
export function passageTexts(documents: readonly Document[], chunks: readonly Chunk[]): readonly string[] {
  const byId = new Map(documents.map((document) => [document.id, document] as const));
  return chunks.map(({ document, start, end }) => {
    const { text = '', title } = byId.get(document) ?? {};
    return withTitle(text.slice(start, end), title);
  });
}

const withTitle = (text: string, title = ''): string => (text.includes(title) ? text : `${title}\n${text}`);
