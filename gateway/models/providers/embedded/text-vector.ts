// Text as a unit vector by signed feature hashing: words, their beginnings, pairs of neighbouring words, and character
// n-grams, so that `toll` and `tolls` lie close. No training and no tables, the same on every machine.
import { weightOf, wordsOf } from './sentences.ts';

export const VECTOR_DIMENSIONS = 512;
const PAIR_WEIGHT = 0.5;
/** A beginning of five letters stands for a stem in most languages that inflect at the end. */
const STEM_LENGTH = 5;
const STEM_WEIGHT = 0.8;
const GRAM_WEIGHT = 0.8;
const GRAM_LENGTHS = [3, 4];

export function textVector(text: string): Float32Array {
  const vector = new Float64Array(VECTOR_DIMENSIONS);
  const words = wordsOf(text);
  let previous: string | undefined;
  for (const word of words) {
    const weight = weightOf(word);
    add(vector, word, weight);
    if (previous !== undefined) add(vector, `${previous} ${word}`, PAIR_WEIGHT);
    if (weight === 1) {
      add(vector, `~${word.slice(0, STEM_LENGTH)}`, STEM_WEIGHT);
      addGrams(vector, `^${word}$`);
    }
    previous = word;
  }
  return unit(vector);
}

/** In fewer dimensions, at length one again: folded, as if features had been hashed to so many, so that none is lost. */
export function folded(vector: Float32Array, dimensions: number): Float32Array {
  if (dimensions >= vector.length) return vector;
  const sums = new Float64Array(dimensions);
  for (const [index, value] of vector.entries()) sums[index % dimensions] = (sums[index % dimensions] ?? 0) + value;
  return unit(sums);
}

function addGrams(vector: Float64Array, word: string): void {
  for (const length of GRAM_LENGTHS) {
    const count = word.length - length + 1;
    // Together the n-grams of one length weigh the same for a long word as for a short one.
    for (let start = 0; start < count; start++)
      add(vector, `#${word.slice(start, start + length)}`, GRAM_WEIGHT / Math.sqrt(count));
  }
}

function add(vector: Float64Array, feature: string, weight: number): void {
  const hash = featureHash(feature);
  const index = hash % VECTOR_DIMENSIONS;
  // The sign comes from a bit that the index does not use; collisions then cancel instead of adding up.
  vector[index] = (vector[index] ?? 0) + (hash & 0x4000_0000 ? weight : -weight);
}

/** FNV-1a with a final mix, so that all bits depend on all characters. */
function featureHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Text without words points along the first axis: every vector has length one. */
function unit(vector: Float64Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const result = new Float32Array(vector.length);
  if (squares === 0) result[0] = 1;
  else for (const [index, value] of vector.entries()) result[index] = value / Math.sqrt(squares);
  return result;
}
