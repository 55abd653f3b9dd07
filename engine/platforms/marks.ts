// A small set of numbers that answers "surely not" or "maybe" (a Bloom filter with one hash): what saves most
// searches in a session, since few of the posts on offer are known and few of their authors are followed.

const BITS = 2048;
const WORDS = BITS / 32;

export interface Marks {
  clear(): void;
  /** From here on `mayHold` says yes to everything: for sets too large to be worth marking. */
  fill(): void;
  add(value: number): void;
  mayHold(value: number): boolean;
}

/** The golden ratio spreads neighbours; the top eleven bits choose one of 2,048. */
const hash = (value: number): number => Math.imul(value, 0x9e3779b1) >>> 21;

export function createMarks(): Marks {
  const words = new Uint32Array(WORDS);
  return {
    clear: () => void words.fill(0),
    fill: () => void words.fill(0xffff_ffff),
    add: (value) => {
      const bit = hash(value);
      words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31));
    },
    mayHold: (value) => {
      const bit = hash(value);
      return ((words[bit >>> 5] as number) & (1 << (bit & 31))) !== 0;
    },
  };
}
