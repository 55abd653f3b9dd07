// Text as a unit vector by signed feature hashing: words, pairs of neighbouring words, and the character n-grams of
// each word, so that `toll` and `tolls` lie close. No training and no tables, the same on every machine.
import { wordsOf } from './sentences.ts';

export const VECTOR_DIMENSIONS = 512;
const PAIR_WEIGHT = 0.5;
const GRAM_WEIGHT = 0.35;
const GRAM_LENGTHS = [3, 4];
/** Words this short are mostly grammar. */
const SHORT_WORD = 3;
const SHORT_WEIGHT = 0.3;

export function textVector(text: string): Float32Array {
  const vector = new Float64Array(VECTOR_DIMENSIONS);
  const words = wordsOf(text);
  let previous: string | undefined;
  for (const word of words) {
    const short = word.length <= SHORT_WORD && word.charCodeAt(0) < 0x2e80;
    add(vector, word, short ? SHORT_WEIGHT : 1);
    if (previous !== undefined) add(vector, `${previous} ${word}`, PAIR_WEIGHT);
    if (!short) addGrams(vector, `^${word}$`);
    previous = word;
  }
  return unit(vector);
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
  const result = new Float32Array(VECTOR_DIMENSIONS);
  if (squares === 0) result[0] = 1;
  else for (const [index, value] of vector.entries()) result[index] = value / Math.sqrt(squares);
  return result;
}
