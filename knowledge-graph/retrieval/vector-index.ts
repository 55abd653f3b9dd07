// The passages whose vectors point nearest to a query's: all are compared, in one typed array. That takes no longer than an
// index of SQLite's would (docs/decisions/0018-vectors-are-scanned.md), and misses none.
import { ShoalError } from '#foundation';
import type { PassageVectors } from '../contract.ts';
import type { Scored } from './word-index.ts';

export interface VectorIndex {
  /**
   * How far each passage stands out: 1 for the nearest, 0 for the mean of all; at most `limit`, best first. Cosines of one
   * model crowd between 0.1 and 0.4, those of another between 0.7 and 0.9; this way they compare with other scores.
   * Throws `conflict` where the query's vector has another length than the passages'.
   */
  find(query: Float32Array, limit: number): readonly Scored[];
}

/** Vectors of unit length, by position; a passage without one is not found. */
export function createVectorIndex(vectors: PassageVectors): VectorIndex {
  const positions = [...vectors.keys()].filter((position) => vectors[position] !== undefined);
  const dimensions = vectors[positions[0] ?? 0]?.length ?? 0;
  const data = new Float32Array(positions.length * dimensions);
  positions.forEach((position, row) => data.set(checked(vectors[position], dimensions), row * dimensions));

  return {
    find: (query, limit) => {
      if (positions.length === 0) return [];
      const wanted = checked(query, dimensions);
      const cosines = Float64Array.from(positions, (_, row) => dot(data, row * dimensions, wanted));
      const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
      const sorted = cosines.toSorted();
      const [highest, least] = [sorted.at(-1) ?? 0, sorted[Math.max(0, sorted.length - limit)] ?? 0];
      const range = highest - mean;
      return positions
        .map((position, row) => ({ position, cosine: cosines[row] ?? 0 }))
        .filter(({ cosine }) => cosine >= least && cosine >= mean)
        .map(({ position, cosine }) => ({ position, score: range > 0 ? (cosine - mean) / range : 1 }))
        .toSorted((left, right) => right.score - left.score || left.position - right.position)
        .slice(0, limit);
    },
  };
}

function checked(vector: Float32Array = new Float32Array(0), dimensions: number): Float32Array {
  if (vector.length === dimensions) return vector;
  throw new ShoalError('conflict', `A vector of ${vector.length} numbers came where the graph's have ${dimensions}.`, {
    hint: 'The embedding model has changed under its name: build the graph again with another one, or search by words alone.',
  });
}

/** Four sums at a time: the processor adds them side by side. */
function dot(data: Float32Array, offset: number, vector: Float32Array): number {
  const whole = vector.length - (vector.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  let index = 0;
  for (; index < whole; index += 4) {
    const at = offset + index;
    a += (data[at] ?? 0) * (vector[index] ?? 0);
    b += (data[at + 1] ?? 0) * (vector[index + 1] ?? 0);
    c += (data[at + 2] ?? 0) * (vector[index + 2] ?? 0);
    d += (data[at + 3] ?? 0) * (vector[index + 3] ?? 0);
  }
  for (; index < vector.length; index++) a += (data[offset + index] ?? 0) * (vector[index] ?? 0);
  return a + b + c + d;
}
