// The baseline of retrieval: plain BM25 (Robertson et al. 1994) with the k1 = 0.9 and b = 0.4 that published tables use.
import { portableLog } from '#foundation';
import { termsOf } from '../retrieval/terms.ts';

const K1 = 0.9;
const B = 0.4;

/** Score per text, zero where it shares no word with the query. */
export function createBm25(texts: readonly string[]): (query: string) => Float64Array {
  const counts = new Map<string, Map<number, number>>();
  const lengths = texts.map((text, index) => {
    const terms = termsOf(text);
    for (const term of terms) {
      const row = counts.get(term) ?? new Map<number, number>();
      counts.set(term, row.set(index, (row.get(index) ?? 0) + 1));
    }
    return terms.length;
  });
  const average = lengths.reduce((sum, length) => sum + length, 0) / texts.length;
  return (query) => {
    const scores = new Float64Array(texts.length);
    for (const term of new Set(termsOf(query))) {
      const row = counts.get(term);
      if (row === undefined) continue;
      const rarity = portableLog(1 + (texts.length - row.size + 0.5) / (row.size + 0.5));
      for (const [text, count] of row) {
        const norm = 1 - B + (B * (lengths[text] ?? 0)) / average;
        scores[text] = (scores[text] ?? 0) + (rarity * count * (K1 + 1)) / (count + K1 * norm);
      }
    }
    return scores;
  };
}
