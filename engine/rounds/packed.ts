// What a shard hands back: actions and changed agents as packed words, so that they cross threads and machines as
// bytes and are stored as they are. Floats lie in the same words, viewed as float32.
// Invariant: records ascend by agent; an agent's actions stand in the order it took them.

/** Words of an action: agent, kind | platform << 8 | issue << 16, target, point, value. */
export const ACTION_WORDS = 5;

/** Platform code of what belongs to none. */
export const NO_PLATFORM = 255;

/** Words of a changed agent: agent, fatigue, what it has heard, then opinion, certainty and salience by issue. */
export const rowWords = (heardWords: number, issues: number): number => 2 + heardWords + 3 * issues;

export interface Words {
  readonly length: number;
  /** Integer and float views of the same words; valid until the next `push`. */
  readonly u32: Uint32Array;
  readonly f32: Float32Array;
  /** Makes room for `count` words and returns the place of the first. */
  push(count: number): number;
  /** A copy of exactly what was written. */
  take(): ArrayBuffer;
}

export function createWords(): Words {
  let buffer = new ArrayBuffer(64 * 1024);
  let u32 = new Uint32Array(buffer);
  let f32 = new Float32Array(buffer);
  let length = 0;
  return {
    get length() {
      return length;
    },
    get u32() {
      return u32;
    },
    get f32() {
      return f32;
    },
    push: (count) => {
      const at = length;
      length += count;
      if (length * 4 > buffer.byteLength) {
        buffer = buffer.transfer(Math.max(buffer.byteLength * 2, length * 4));
        u32 = new Uint32Array(buffer);
        f32 = new Float32Array(buffer);
      }
      return at;
    },
    take: () => {
      const copy = buffer.slice(0, length * 4);
      length = 0;
      return copy;
    },
  };
}

/** Appends one action; `target` is a place in the platform's posts, or an agent for follow and mute. */
export function pushAction(
  words: Words,
  agent: number,
  kind: number,
  platform: number,
  issue: number,
  target: number,
  point: number,
  value: number,
): void {
  const at = words.push(ACTION_WORDS);
  const { u32 } = words;
  u32[at] = agent;
  u32[at + 1] = kind | (platform << 8) | (issue << 16);
  u32[at + 2] = target;
  u32[at + 3] = point;
  words.f32[at + 4] = value;
}

/** Result of deciding for one range of agents. */
export interface ShardResult {
  readonly shard: number;
  /** Agents that opened a platform, ascending. */
  readonly active: ArrayBuffer;
  readonly actions: ArrayBuffer;
  readonly rows: ArrayBuffer;
}

export interface ShardTask {
  readonly shard: number;
  readonly low: number;
  readonly high: number;
}

const SMALLEST_SHARD = 4096;
const MOST_SHARDS = 64;

/** Enough shards to share out evenly, each long enough to be worth a message. The outcome is the same for any shard size. */
export function shardsOf(
  size: number,
  shardSize = Math.max(SMALLEST_SHARD, Math.ceil(size / MOST_SHARDS)),
): readonly ShardTask[] {
  return Array.from({ length: Math.ceil(size / shardSize) }, (_, shard) => ({
    shard,
    low: shard * shardSize,
    high: Math.min(size, (shard + 1) * shardSize),
  }));
}
