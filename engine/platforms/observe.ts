// A session's feeds: each slot draws a recommender by the scenario's weights, and that recommender offers a post; who
// refreshes, looks at trends or searches gets another feed. What may not be shown is kept out in showing.ts.
import { NONE, type AgentId, type Look } from '../contract.ts';
import { randomKey, threefry2x32, type RandomKey } from '#foundation';
import { halved } from '../rounds/fast-math.ts';
import { POOL, RANKED, type PlatformView, type WorldView } from '../rounds/world.ts';
import { CARD, CARD_WORDS } from './cards.ts';
import { cutPoints, placeAt, type CutPoints } from './cut-points.ts';
import { FEED_SOURCES, RECOMMENDERS, type Feed } from './platform.ts';
import { postWindow } from './pools.ts';
import { createSearch } from './search.ts';
import { createShowing } from './showing.ts';
import { createSimilarity, type SimilarityScores } from './similarity.ts';

const [, HOT, POPULAR, SIMILARITY, RANDOM, FOLLOWING, OUT_OF_NETWORK] = RECOMMENDERS.map((_, source) => source) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];
const HOT_POOL = RANKED.indexOf('hot');
const POPULAR_POOL = RANKED.indexOf('popular');
const NEWS = FEED_SOURCES.indexOf('news');
/** The largest of the 32-bit uniform numbers. */
const LAST = 1 - 1 / 0x1_0000_0000;
/** How often a slot asks again when an offer may not be shown; then it stays empty. */
const TRIES = 3;
/** Most accounts whose newest post is looked at in one session. */
const MOST_FOLLOWED = 512;
/** Counters of a refreshed feed's draws begin here, far above those of the first. */
const REFRESHED = 0x10_0000;

/** Chance of each place of a pool: 1/(place + 1), as readers rarely go far down. */
const placeSums = new Float64Array(POOL);
placeSums.forEach((_, place) => {
  placeSums[place] = (placeSums[place - 1] ?? 0) + 1 / (place + 1);
});

/** First index of an ascending row of sums that exceeds `value`. */
function bisect(sums: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sums[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

const runningSums = (weights: Float64Array): Float64Array => {
  let sum = 0;
  return weights.map((weight) => (sum += weight));
};

export interface Observer {
  /** Begins a session and fills `feed`. `reached` says which news items of the round the agent is shown directly. */
  observe(agent: AgentId, feed: Feed, reached: (news: number) => boolean): void;
  /** Fills `feed` anew in the same session; `issue` is what a search asks for. */
  look(agent: AgentId, look: Look, issue: number, feed: Feed): void;
  /** Keeps an author out for the rest of the session. */
  hide(author: AgentId): void;
}

export function createObserver(view: WorldView, platform: PlatformView): Observer {
  const { posts, cards, latestPost, feed: weights } = platform;
  const { first, end } = postWindow(view, platform);
  const key: RandomKey = randomKey(view.seed, `feed ${platform.index}`, view.round);
  const words = new Uint32Array(2);
  const sources = Float64Array.from(RECOMMENDERS, (name) => weights[name]);
  const withFollowing = runningSums(sources);
  const withoutFollowing = runningSums(sources.map((weight, source) => (source === FOLLOWING ? 0 : weight)));
  const showing = createShowing(view, platform, first);
  const { followed, unfollowed } = showing.relations;
  const search = createSearch(view, platform);
  let similarity: SimilarityScores | undefined;
  const followedPosts = new Uint32Array(MOST_FOLLOWED);
  const followedSums = new Float64Array(MOST_FOLLOWED);
  const followedRounds = new Uint32Array(MOST_FOLLOWED);
  /** What the recommenders offer for the slots still free. */
  const draws = new Float64Array(2 * weights.size);
  const entries = new Uint32Array(weights.size);
  const origins = new Uint32Array(weights.size);
  const offerers = new Uint8Array(weights.size);

  const decay = Float64Array.from({ length: view.round + 1 }, (_, age) =>
    halved((age * view.clock.minutesPerRound) / 60 / view.behaviour['recency-half-life']),
  );
  const firstRound = end > first ? (posts.round[first] as number) : view.round;
  const recencySums = new Float64Array(Math.max(1, view.round - firstRound));
  let recencyTotal = 0;
  for (let round = firstRound; round < view.round; round++) {
    const start = Math.max(first, platform.roundStart[round] as number);
    recencyTotal += ((platform.roundStart[round + 1] as number) - start) * (decay[view.round - round] as number);
    recencySums[round - firstRound] = recencyTotal;
  }

  const byRecency = cutPoints(recencySums);
  const byPlace = Array.from(platform.rankedCount, (count) => cutPoints(placeSums, Math.max(1, count)));

  const recent = (u: number, v: number): number => {
    const round = firstRound + placeAt(byRecency, u);
    const start = Math.max(first, platform.roundStart[round] as number);
    return start + Math.floor(v * ((platform.roundStart[round + 1] as number) - start));
  };

  const ranked = (pool: number, u: number): number =>
    platform.rankedCount[pool] === 0 ? NONE : (platform.ranked[pool * POOL + placeAt(byPlace[pool] as CutPoints, u)] as number);

  const originOf = (post: number): number => cards.u32[post * CARD_WORDS + CARD.origin] as number;

  /**
   * Newest post of each followed account, weighted by tie and age. In steps, so that the processor waits for many far
   * places of memory at once instead of one after the other.
   */
  const collectFollowed = (agent: number): number => {
    const { offsets, targets, strength } = view.ties;
    const start = offsets[agent] as number;
    const degree = (offsets[agent + 1] as number) - start;
    const looked = Math.min(degree, MOST_FOLLOWED);
    // Those who follow very many look at another stretch of them each round.
    let place = start + (degree > looked ? (view.round * looked) % degree : 0);
    const changed = followed.length + unfollowed.length > 0;
    let count = 0;
    for (let edge = 0; edge < looked; edge++) {
      const author = targets[place] as number;
      if (!changed || !(unfollowed.includes(author) || followed.includes(author))) {
        followedPosts[count] = latestPost[author] as number;
        followedSums[count++] = strength[place] as number;
      }
      if (++place === start + degree) place = start;
    }
    for (let n = 0; n < followed.length && count < MOST_FOLLOWED; n++) {
      followedPosts[count] = latestPost[followed[n] as number] as number;
      followedSums[count++] = view.behaviour['new-tie-strength'];
    }
    let kept = 0;
    for (let n = 0; n < count; n++) {
      const post = followedPosts[n] as number;
      if (post === NONE || post < first) continue;
      followedPosts[kept] = post;
      followedSums[kept++] = followedSums[n] as number;
    }
    for (let n = 0; n < kept; n++) {
      followedRounds[n] = cards.u32[(followedPosts[n] as number) * CARD_WORDS + CARD.round] as number;
    }
    let total = 0;
    for (let n = 0; n < kept; n++) {
      total += (followedSums[n] as number) * (decay[view.round - (followedRounds[n] as number)] as number);
      followedSums[n] = total;
    }
    return kept;
  };

  /** Recommender of the newest offer, and whether the similar have been scored for this feed. */
  let source = 0;
  let isScored = false;
  const offer = (agent: number, luck: number, u: number, sums: Float64Array, followedCount: number): number => {
    const aim = luck * (sums[OUT_OF_NETWORK] as number);
    source = 0;
    while (source < OUT_OF_NETWORK && (sums[source] as number) <= aim) source++;
    if (source === FOLLOWING) {
      const total = followedSums[followedCount - 1] as number;
      return followedPosts[bisect(followedSums, followedCount, u * total)] as number;
    }
    if (source === HOT) return ranked(HOT_POOL, u);
    if (source === POPULAR) return ranked(POPULAR_POOL, u);
    if (source === RANDOM || source === OUT_OF_NETWORK) return first + Math.floor(u * (end - first));
    if (source === SIMILARITY) {
      similarity ??= createSimilarity(view, platform);
      if (!isScored) similarity.score(agent);
      isScored = true;
      return similarity.takeBest();
    }
    // Where in its recommender's share the first number fell is a second uniform number.
    const below = source === 0 ? 0 : (sums[source - 1] as number);
    return recent(u, Math.min((aim - below) / (sources[source] as number), LAST));
  };

  /** Fills what is left of the feed by the mixture, with draws counted from `counter` on. */
  const fill = (agent: number, feed: Feed, counter: number): void => {
    if (end === first) return;
    const followedCount = weights.following > 0 ? collectFollowed(agent) : 0;
    const followedTotal = followedCount === 0 ? 0 : (followedSums[followedCount - 1] as number);
    const sums = followedTotal === 0 ? withoutFollowing : withFollowing;
    if (sums[OUT_OF_NETWORK] === 0) return;
    isScored = false;
    const limit = weights.size * TRIES;
    for (let draw = 0; feed.count < weights.size && draw < limit;) {
      const wanted = Math.min(limit - draw, weights.size - feed.count);
      // All draws first: they do not depend on each other, so the processor makes several at once.
      for (let n = 0; n < wanted; n++) {
        threefry2x32(key.k0, key.k1, agent, counter + draw++, words);
        draws[2 * n] = (words[0] as number) / 0x1_0000_0000;
        draws[2 * n + 1] = (words[1] as number) / 0x1_0000_0000;
      }
      let offers = 0;
      for (let n = 0; n < wanted; n++) {
        const entry = offer(agent, draws[2 * n] as number, draws[2 * n + 1] as number, sums, followedCount);
        if (entry === NONE) continue;
        entries[offers] = entry;
        offerers[offers++] = source;
      }
      for (let n = 0; n < offers; n++) origins[n] = originOf(entries[n] as number);
      for (let n = 0; n < offers; n++) {
        showing.push(agent, feed, entries[n] as number, origins[n] as number, offerers[n] as number);
      }
    }
  };

  const list = (agent: number, feed: Feed, found: Iterable<number>, from: number): void => {
    for (const entry of found) {
      if (feed.count === weights.size) return;
      showing.push(agent, feed, entry, originOf(entry), from);
    }
  };

  return {
    observe: (agent, feed, reached) => {
      feed.count = 0;
      showing.begin(agent);
      for (let news = 0; news < view.news.length && feed.count < weights.size; news++) {
        if (!reached(news)) continue;
        const entry = view.news[news]?.posts[platform.index] as number;
        showing.push(agent, feed, entry, originOf(entry), NEWS);
      }
      fill(agent, feed, 0);
    },
    look: (agent, look, issue, feed) => {
      showing.turnPage(feed);
      if (look === 'refresh') fill(agent, feed, REFRESHED);
      else {
        const trend = RANKED.indexOf('trend');
        const top = platform.ranked.subarray(trend * POOL, trend * POOL + (platform.rankedCount[trend] as number));
        const found = look === 'trend' ? top : look === 'search-posts' ? search.posts(issue) : search.users(issue);
        list(agent, feed, found, FEED_SOURCES.indexOf(look));
      }
    },
    hide: (author) => void showing.relations.muted.push(author),
  };
}
