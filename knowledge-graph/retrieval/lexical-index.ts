// BM25 over short texts: postings in typed arrays, so that a query touches only the texts that share a word with it.
import { termsOf } from './terms.ts';

const K1 = 0.9;
const B = 0.4;

export interface LexicalIndex {
  /** Score per text, zero where it shares no word with the query. */
  scores(query: string): Float64Array;
}

interface Postings {
  readonly texts: Uint32Array;
  /** BM25 weight of the term in that text, complete but for how often the query repeats it. */
  readonly weights: Float32Array;
}

export function createLexicalIndex(texts: readonly string[]): LexicalIndex {
  const counts = new Map<string, Map<number, number>>();
  const lengths = new Uint32Array(texts.length);
  texts.forEach((text, index) => {
    const terms = termsOf(text);
    lengths[index] = terms.length;
    for (const term of terms) {
      const row = counts.get(term) ?? new Map<number, number>();
      row.set(index, (row.get(index) ?? 0) + 1);
      counts.set(term, row);
    }
  });
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length) || 1;
  const postings = new Map([...counts].map(([term, row]) => [term, weigh(row, lengths, average)] as const));
  return {
    scores: (query) => {
      const scores = new Float64Array(texts.length);
      for (const term of new Set(termsOf(query))) {
        const found = postings.get(term);
        if (found === undefined) continue;
        found.texts.forEach((text, at) => {
          scores[text] = (scores[text] ?? 0) + (found.weights[at] ?? 0);
        });
      }
      return scores;
    },
  };
}

function weigh(row: ReadonlyMap<number, number>, lengths: Uint32Array, average: number): Postings {
  const rarity = Math.log(1 + (lengths.length - row.size + 0.5) / (row.size + 0.5));
  const texts = Uint32Array.from(row.keys());
  const weights = Float32Array.from(row, ([text, count]) => {
    const norm = 1 - B + (B * (lengths[text] ?? 0)) / average;
    return (rarity * count * (K1 + 1)) / (count + K1 * norm);
  });
  return { texts, weights };
}
