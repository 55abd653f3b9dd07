// Counter-based random numbers: Threefry-2x32 with 20 rounds (Salmon et al., "Parallel random numbers:
// as easy as 1, 2, 3", SC'11). A draw is a pure function of (seed, purpose, round, agent, draw), so it does
// not matter which thread asks, when, or how often: the same question has the same answer.

const PARITY = 0x1bd11bda;

const rotl = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits));

/** One Threefry block: writes two 32-bit unsigned words for key (k0, k1) and counter (c0, c1) into `out`. */
export function threefry2x32(k0: number, k1: number, c0: number, c1: number, out: Uint32Array): void {
  const k2 = PARITY ^ k0 ^ k1;
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 13) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 15) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 26) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 6) ^ x0;
  x0 = (x0 + k1) | 0;
  x1 = (x1 + k2 + 1) | 0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 17) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 29) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 16) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 24) ^ x0;
  x0 = (x0 + k2) | 0;
  x1 = (x1 + k0 + 2) | 0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 13) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 15) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 26) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 6) ^ x0;
  x0 = (x0 + k0) | 0;
  x1 = (x1 + k1 + 3) | 0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 17) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 29) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 16) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 24) ^ x0;
  x0 = (x0 + k1) | 0;
  x1 = (x1 + k2 + 4) | 0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 13) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 15) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 26) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = rotl(x1, 6) ^ x0;
  x0 = (x0 + k2) | 0;
  x1 = (x1 + k0 + 5) | 0;
  out[0] = x0;
  out[1] = x1;
}

/** FNV-1a over UTF-16 code units: names a purpose by a 32-bit word. */
function purposeWord(purpose: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < purpose.length; i++) hash = Math.imul(hash ^ purpose.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The key of all draws of one purpose in one round. */
export interface RandomKey {
  readonly k0: number;
  readonly k1: number;
}

const scratch = new Uint32Array(2);

/** Derives the key for (seed, purpose, round). `seed` is an integer, `round` ≥ 0. */
export function randomKey(seed: number, purpose: string, round = 0): RandomKey {
  threefry2x32(seed >>> 0, Math.floor(seed / 0x1_0000_0000) >>> 0, purposeWord(purpose), round, scratch);
  return { k0: scratch[0] ?? 0, k1: scratch[1] ?? 0 };
}

/** A uniform number in the open interval (0, 1): never 0, so that its logarithm exists. 32 bits of resolution. */
export function uniform(key: RandomKey, agent: number, draw: number): number {
  threefry2x32(key.k0, key.k1, agent, draw, scratch);
  return ((scratch[0] ?? 0) + 0.5) / 0x1_0000_0000;
}

/** A sequence of draws for serial work (synthesising one agent, shuffling one list). */
export interface RandomStream {
  /** Uniform in (0, 1). */
  next(): number;
  /** Integer in [0, bound). */
  below(bound: number): number;
  /** Standard normal by the sum of twelve uniforms less six: bounded by ±6 and exact on every machine. */
  normal(): number;
  /** One element; `undefined` of an empty list. */
  pick<T>(items: readonly T[]): T | undefined;
}

/** A stream of draws for one `index` (an agent, a document) under a key. */
export function randomStream(key: RandomKey, index = 0): RandomStream {
  let draw = 0;
  const next = (): number => uniform(key, index, draw++);
  return {
    next,
    below: (bound) => Math.floor(next() * bound),
    normal: () => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += next();
      return sum;
    },
    pick: (items) => items[Math.floor(next() * items.length)],
  };
}
