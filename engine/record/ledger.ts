// A record's events in memory, read once per round and indexed for questions: by number, by agent, and posts with
// their scores as of any round. Grows as rounds are committed by whoever runs the world.
import { EVENT_KINDS, NONE, POST_KINDS, type EventBatch } from '../contract.ts';
import { KIND } from '../platforms/platform.ts';

/** Scores of all posts, by place in `posts`. */
export interface Scores {
  readonly likes: Uint32Array;
  readonly dislikes: Uint32Array;
  readonly replies: Uint32Array;
  readonly reposts: Uint32Array;
  readonly reports: Uint32Array;
}

/** Where an event lies: its batch and its row there. */
export interface EventPlace {
  readonly batch: EventBatch;
  readonly row: number;
}

export interface Ledger {
  readonly rounds: number;
  /** Reads the rounds committed since. */
  refresh(rounds: number): void;
  batch(round: number): EventBatch | undefined;
  place(seq: number): EventPlace | undefined;
  /** Event numbers of one agent, ascending. */
  ofAgent(agent: number): readonly number[];
  /** Event numbers of everything that can be read, ascending. */
  readonly posts: readonly number[];
  /** The post whose words a post shows: a repost's original, else itself. */
  originOf(seq: number): number;
  /** Place of a post in `posts` and in the scores; −1 where it is none. */
  postPlace(seq: number): number;
  scoresAt(round: number): Scores;
}

const isPost = new Set<number>(POST_KINDS.map((kind) => EVENT_KINDS.indexOf(kind)));

/** Which score an event counts in; what is taken back counts down. */
const COUNTED: Readonly<Record<number, keyof Scores>> = {
  [KIND.like]: 'likes',
  [KIND.unlike]: 'likes',
  [KIND.dislike]: 'dislikes',
  [KIND.undislike]: 'dislikes',
  [KIND.reply]: 'replies',
  [KIND.repost]: 'reposts',
  [KIND.quote]: 'reposts',
  [KIND.report]: 'reports',
};

export function createLedger(read: (round: number) => EventBatch | undefined): Ledger {
  const batches: EventBatch[] = [];
  const posts: number[] = [];
  const origins = new Map<number, number>();
  const byAgent = new Map<number, number[]>();
  let indexed = 0;
  let scores: { upTo: number; values: Scores } | undefined;

  const postPlace = (seq: number): number => {
    let low = 0;
    let high = posts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((posts[middle] as number) < seq) low = middle + 1;
      else high = middle;
    }
    return posts[low] === seq ? low : -1;
  };

  const index = (batch: EventBatch): void => {
    for (let row = 0; row < batch.count; row++) {
      const kind = batch.kind[row] as number;
      if (!isPost.has(kind)) continue;
      const seq = batch.firstSeq + row;
      posts.push(seq);
      const target = batch.target[row] as number;
      if (kind === KIND.repost && target !== NONE) origins.set(seq, origins.get(target) ?? target);
    }
  };

  const count = (batch: EventBatch, values: Scores): void => {
    for (let row = 0; row < batch.count; row++) {
      const kind = batch.kind[row] as number;
      const target = batch.target[row] as number;
      const name = COUNTED[kind];
      if (name === undefined || target === NONE) continue;
      const column = values[name];
      const place = postPlace(origins.get(target) ?? target);
      column[place] = (column[place] as number) + (kind === KIND.unlike || kind === KIND.undislike ? -1 : 1);
    }
  };

  return {
    get rounds() {
      return batches.length;
    },
    refresh: (rounds) => {
      for (let round = batches.length; round < rounds; round++) {
        const batch = read(round);
        if (batch === undefined) return;
        batches.push(batch);
        index(batch);
      }
    },
    batch: (round) => batches[round],
    place: (seq) => {
      let low = 0;
      let high = batches.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        const batch = batches[middle] as EventBatch;
        if (batch.firstSeq + batch.count <= seq) low = middle + 1;
        else high = middle;
      }
      const batch = batches[low];
      return batch === undefined || seq < batch.firstSeq ? undefined : { batch, row: seq - batch.firstSeq };
    },
    ofAgent: (agent) => {
      for (; indexed < batches.length; indexed++) {
        const batch = batches[indexed] as EventBatch;
        for (let row = 0; row < batch.count; row++) {
          const by = batch.agent[row] as number;
          const known = byAgent.get(by);
          if (known === undefined) byAgent.set(by, [batch.firstSeq + row]);
          else known.push(batch.firstSeq + row);
        }
      }
      return byAgent.get(agent) ?? [];
    },
    posts,
    originOf: (seq) => origins.get(seq) ?? seq,
    postPlace,
    scoresAt: (round) => {
      const upTo = Math.min(round, batches.length - 1);
      if (scores === undefined || scores.upTo > upTo || scores.values.likes.length < posts.length) {
        const column = (): Uint32Array => new Uint32Array(posts.length);
        scores = {
          upTo: -1,
          values: { likes: column(), dislikes: column(), replies: column(), reposts: column(), reports: column() },
        };
      }
      for (let next = scores.upTo + 1; next <= upTo; next++) count(batches[next] as EventBatch, scores.values);
      scores.upTo = upTo;
      return scores.values;
    },
  };
}
