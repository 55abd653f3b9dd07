// Candidates that everyone shares, chosen once per round at freeze: the top of each rank, and a sample by lot of what is
// said on each issue by each side. So observing costs the size of a feed and not the number of posts.
// Invariant: a pool holds only posts of earlier rounds inside the window, each at most once.
import { UNDECIDED_BAND } from '../contract.ts';
import { POOL, RANKED, SAMPLE, type PlatformView, type WorldView } from '../rounds/world.ts';
import { dealCards } from './cards.ts';
import { KIND } from './platform.ts';
import { hotRank, popularRank, trendRank, type Rank } from './ranks.ts';

const SIDES = 3;
const sideOf = (stance: number): number => (stance < -UNDECIDED_BAND ? 0 : stance > UNDECIDED_BAND ? 2 : 1);

/** First post that may still be shown, and the first that may not yet. */
export function postWindow(view: WorldView, platform: PlatformView): { readonly first: number; readonly end: number } {
  const rounds = Math.ceil((view.behaviour['feed-window'] * 60) / view.clock.minutesPerRound);
  return {
    first: platform.roundStart[Math.max(0, view.round - rounds)] ?? 0,
    end: platform.roundStart[view.round] ?? 0,
  };
}

const RANKS: Readonly<Record<(typeof RANKED)[number], Rank>> = { hot: hotRank, popular: popularRank, trend: trendRank };

/** Prepares what everyone who looks in this round shares, the cards that feeds are read from among it. */
export function choosePools(view: WorldView, platform: PlatformView): void {
  if (platform.kind === 'market') return;
  const { first, end } = postWindow(view, platform);
  dealCards(view, platform, first);
  if (platform.kind === 'chat') return;
  RANKED.forEach((name, pool) => {
    if (name === 'trend' || platform.feed[name] > 0) chooseTop(view, platform, pool, first, end);
  });
  chooseSample(view, platform, first, end);
}

/** The top of a rank by insertion; of equals the newer stands first. */
function chooseTop(view: WorldView, platform: PlatformView, pool: number, first: number, end: number): void {
  const rank = RANKS[RANKED[pool] as (typeof RANKED)[number]];
  const ranked = platform.ranked.subarray(pool * POOL, (pool + 1) * POOL);
  const { posts } = platform;
  const values = new Float64Array(POOL);
  let count = 0;
  for (let post = first; post < end; post++) {
    if (posts.kind[post] === KIND.repost) continue;
    const value = rank(view, platform, post);
    if (count === POOL && value < (values[POOL - 1] as number)) continue;
    let place = count < POOL ? count++ : POOL - 1;
    while (place > 0 && (values[place - 1] as number) <= value) {
      values[place] = values[place - 1] as number;
      ranked[place] = ranked[place - 1] as number;
      place--;
    }
    values[place] = value;
    ranked[place] = post;
  }
  platform.rankedCount[pool] = count;
}

/** Equal shares for every issue and side, each drawn by lot (OASIS, too, thins by lot before it compares texts). */
function chooseSample(view: WorldView, platform: PlatformView, first: number, end: number): void {
  const { posts, sample } = platform;
  const buckets = view.issues * SIDES;
  const share = Math.floor(SAMPLE / buckets);
  const lots = new Uint32Array(buckets * share);
  const chosen = new Uint32Array(buckets * share);
  const counts = new Uint32Array(buckets);
  for (let post = first; post < end; post++) {
    if (posts.kind[post] === KIND.repost) continue;
    const bucket = (posts.issue[post] as number) * SIDES + sideOf(posts.stance[post] as number);
    const lot = lotOf(posts.seq[post] as number, view);
    const start = bucket * share;
    const count = counts[bucket] as number;
    if (count === share && lot >= (lots[start + share - 1] as number)) continue;
    let place = count < share ? count : share - 1;
    if (count < share) counts[bucket] = count + 1;
    for (; place > 0 && (lots[start + place - 1] as number) > lot; place--) {
      lots[start + place] = lots[start + place - 1] as number;
      chosen[start + place] = chosen[start + place - 1] as number;
    }
    lots[start + place] = lot;
    chosen[start + place] = post;
  }
  let size = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    for (let place = 0; place < (counts[bucket] as number); place++) sample[size++] = chosen[bucket * share + place] as number;
  }
  platform.sampleCount[0] = size;
}

/** A post’s lot in a round: its number, the seed and the round, well mixed (the finaliser of MurmurHash3). */
function lotOf(seq: number, { round, seed }: WorldView): number {
  let mixed = (seq ^ seed ^ Math.imul(round + 1, 0x9e3779b1)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
