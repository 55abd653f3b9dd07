// What a text is about, as a short vector: its words hashed into a few signed places (feature hashing; Weinberger et al.
// 2009), at length 1. Made once per talking point and issue, so a post's vector costs nothing to have.

/** Places of a vector. Two unrelated words meet in one with a chance of 1 in 64, and their signs cancel on average. */
export const TEXT_DIMENSIONS = 64;
/** Shorter words say little about a text's subject. */
const SHORTEST_WORD = 4;

/** Writes the vector of `text` at `offset`; all zeros where it has no word long enough. */
export function writeTextVector(text: string, vectors: Float32Array, offset: number): void {
  const counts = new Float64Array(TEXT_DIMENSIONS);
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    if (word.length < SHORTEST_WORD) continue;
    const hash = hashOfWord(word);
    const place = hash % TEXT_DIMENSIONS;
    counts[place] = (counts[place] as number) + (hash >>> 31 === 0 ? 1 : -1);
  }
  let squares = 0;
  for (const count of counts) squares += count * count;
  const length = squares === 0 ? 1 : Math.sqrt(squares);
  for (let place = 0; place < TEXT_DIMENSIONS; place++) vectors[offset + place] = (counts[place] as number) / length;
}

/** Dot product of two vectors of one table, by their numbers. */
export function dotOf(vectors: Float32Array, left: number, right: number): number {
  let sum = 0;
  const one = left * TEXT_DIMENSIONS;
  const two = right * TEXT_DIMENSIONS;
  for (let place = 0; place < TEXT_DIMENSIONS; place++)
    sum += (vectors[one + place] as number) * (vectors[two + place] as number);
  return sum;
}

/** FNV-1a over UTF-16 code units, mixed once more so that all bits are used. */
function hashOfWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
