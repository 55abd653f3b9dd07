// The mentions that begin inside each chunk, in reading order.
import type { Chunk, Mention } from '../contract.ts';
import { addTo } from '../group.ts';

export function mentionsByChunk(chunks: readonly Chunk[], mentions: readonly Mention[]): readonly (readonly Mention[])[] {
  const byDocument = new Map<string, Mention[]>();
  for (const mention of mentions) addTo(byDocument, mention.document, mention);
  for (const row of byDocument.values()) row.sort((left, right) => left.start - right.start);
  return chunks.map(({ document, start, end }) => {
    const row = byDocument.get(document) ?? [];
    const from = firstFrom(row, start);
    return row.slice(from, firstFrom(row, end));
  });
}

/** Position of the first mention that starts at or after an offset, by binary search. */
function firstFrom(row: readonly Mention[], offset: number): number {
  let [low, high] = [0, row.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((row[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
