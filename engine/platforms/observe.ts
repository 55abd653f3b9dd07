// A session's feed: each slot draws a recommender by the scenario's weights, and that recommender offers a post.
// Invariants: nothing of this round or later (but news shown directly), nothing twice, nothing of one's own or of a
// muted author, nothing that the agent has reacted to already.
import { NONE, type AgentId } from '../contract.ts';
import { randomKey, threefry2x32, type RandomKey } from '#foundation';
import { halved } from '../rounds/fast-math.ts';
import { POOL, SIDES, type PlatformView, type WorldView } from '../rounds/world.ts';
import { CARD, CARD_WORDS } from './cards.ts';
import { collectMuted, tieStrength } from './bonds.ts';
import { cutPoints, placeAt } from './cut-points.ts';
import { createMarks } from './marks.ts';
import { FEED_SOURCES, type Feed } from './platform.ts';
import { postWindow, sideOf } from './pools.ts';

const RECENCY = 0;
const POPULARITY = 1;
const FOLLOWING = 3;
const OUT_OF_NETWORK = 4;
const NEWS = FEED_SOURCES.indexOf('news');
/** The largest of the 32-bit uniform numbers. */
const LAST = 1 - 1 / 0x1_0000_0000;
/** How often a slot asks again when an offer may not be shown; then it stays empty. */
const TRIES = 3;
/** Most accounts whose newest post is looked at in one session. */
const MOST_FOLLOWED = 512;

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
  /** Fills `feed`. `reached` says which news items of the round the agent is shown directly. */
  observe(agent: AgentId, feed: Feed, reached: (news: number) => boolean): void;
}

export function createObserver(view: WorldView, platform: PlatformView): Observer {
  const { posts, cards, latestPost, latestReaction, reactions, feed: weights } = platform;
  const { u32, f32 } = cards;
  const { first, end } = postWindow(view, platform);
  const key: RandomKey = randomKey(view.seed, `feed ${platform.index}`, view.round);
  const words = new Uint32Array(2);
  const sources = Float64Array.of(
    weights.recency,
    weights.popularity,
    weights.similarity,
    weights.following,
    weights.outOfNetwork,
  );
  const withFollowing = runningSums(sources);
  const withoutFollowing = runningSums(sources.map((weight, source) => (source === FOLLOWING ? 0 : weight)));
  const muted: number[] = [];
  const reacted: number[] = [];
  /** Authors that the agent has a tie to, and posts that it has reacted to or has in this feed. */
  const tied = createMarks();
  const met = createMarks();
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
  const popularCount = platform.popularCount[0] as number;
  const byPlace = cutPoints(placeSums, Math.max(1, popularCount));

  const recent = (u: number, v: number): number => {
    const round = firstRound + placeAt(byRecency, u);
    const start = Math.max(first, platform.roundStart[round] as number);
    return start + Math.floor(v * ((platform.roundStart[round + 1] as number) - start));
  };

  const popular = (u: number): number => (popularCount === 0 ? NONE : (platform.popular[placeAt(byPlace, u)] as number));

  const originOf = (post: number): number => u32[post * CARD_WORDS + CARD.origin] as number;
  const stanceOf = (post: number): number => f32[post * CARD_WORDS + CARD.stance] as number;

  /** Of two posts from the agent's own side on an issue it cares about, the nearer in stance. */
  const similar = (agent: number, u: number, v: number): number => {
    const row = agent * view.issues;
    let total = 0;
    for (let issue = 0; issue < view.issues; issue++) total += view.state.salience[row + issue] as number;
    let rest = u * total;
    let issue = 0;
    while (issue < view.issues - 1 && rest >= (view.state.salience[row + issue] as number)) {
      rest -= view.state.salience[row + issue] as number;
      issue++;
    }
    const opinion = view.state.opinion[row + issue] as number;
    const pool = issue * SIDES + sideOf(opinion);
    const count = platform.similarCount[pool] as number;
    if (count === 0) return NONE;
    const scaled = v * count;
    const one = platform.similar[pool * POOL + Math.floor(scaled)] as number;
    const two = platform.similar[pool * POOL + Math.floor((scaled - Math.floor(scaled)) * count)] as number;
    const nearer = Math.abs(stanceOf(one) - opinion) <= Math.abs(stanceOf(two) - opinion);
    return nearer ? one : two;
  };

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
    for (let edge = 0; edge < looked; edge++) {
      followedPosts[edge] = latestPost[targets[place] as number] as number;
      followedSums[edge] = strength[place] as number;
      if (++place === start + degree) place = start;
    }
    let count = looked;
    const { target, previous, mute } = view.bonds;
    for (let bond = view.latestBond[agent] as number; bond !== NONE && count < MOST_FOLLOWED; bond = previous[bond] as number) {
      if (mute[bond] !== 0) continue;
      followedPosts[count] = latestPost[target[bond] as number] as number;
      followedSums[count++] = view.behaviour['new-tie-strength'];
    }
    let kept = 0;
    for (let n = 0; n < count; n++) {
      const post = followedPosts[n] as number;
      if (post === NONE || post < first) continue;
      followedPosts[kept] = post;
      followedSums[kept++] = followedSums[n] as number;
    }
    for (let n = 0; n < kept; n++) followedRounds[n] = u32[(followedPosts[n] as number) * CARD_WORDS + CARD.round] as number;
    let total = 0;
    for (let n = 0; n < kept; n++) {
      total += (followedSums[n] as number) * (decay[view.round - (followedRounds[n] as number)] as number);
      followedSums[n] = total;
    }
    return kept;
  };

  const collectReacted = (agent: number): void => {
    reacted.length = 0;
    for (let at = latestReaction[agent] as number; at !== NONE; at = reactions.previous[at] as number) {
      // A post in the window was reacted to inside the window.
      if ((reactions.round[at] as number) < firstRound) break;
      reacted.push(reactions.post[at] as number);
      met.add(reactions.post[at] as number);
    }
  };

  const markTied = (agent: number): void => {
    const { offsets, targets } = view.ties;
    const start = offsets[agent] as number;
    const end = offsets[agent + 1] as number;
    if (end - start > MOST_FOLLOWED) {
      tied.fill();
      return;
    }
    tied.clear();
    for (let edge = start; edge < end; edge++) tied.add(targets[edge] as number);
    const { target, previous } = view.bonds;
    for (let bond = view.latestBond[agent] as number; bond !== NONE; bond = previous[bond] as number) {
      tied.add(target[bond] as number);
    }
  };
  const tieTo = (agent: number, author: number): number => (tied.mayHold(author) ? tieStrength(view, agent, author) : 0);
  const isMet = (feed: Feed, post: number): boolean => {
    if (!met.mayHold(post)) return false;
    for (let slot = 0; slot < feed.count; slot++) if (feed.post[slot] === post) return true;
    return reacted.includes(post);
  };

  const push = (agent: number, feed: Feed, entry: number, origin: number, source: number): boolean => {
    const via = u32[entry * CARD_WORDS + CARD.author] as number;
    const card = origin * CARD_WORDS;
    const author = u32[card + CARD.author] as number;
    if (origin < first || author === agent || via === agent || isMet(feed, origin)) return false;
    if (muted.length > 0 && (muted.includes(author) || muted.includes(via))) return false;
    const authorTie = tieTo(agent, author);
    const viaTie = via === author ? authorTie : tieTo(agent, via);
    if (source === OUT_OF_NETWORK && (authorTie > 0 || viaTie > 0)) return false;
    const slot = feed.count++;
    feed.post[slot] = origin;
    feed.entry[slot] = entry;
    feed.tie[slot] = authorTie > viaTie ? authorTie : viaTie;
    feed.followed[slot] = authorTie > 0 ? 1 : 0;
    feed.source[slot] = source;
    feed.author[slot] = author;
    feed.point[slot] = u32[card + CARD.point] as number;
    feed.issue[slot] = u32[card + CARD.issue] as number;
    feed.round[slot] = u32[card + CARD.round] as number;
    feed.stance[slot] = f32[card + CARD.stance] as number;
    feed.shown[slot] = f32[card + CARD.shown] as number;
    feed.reach[slot] = f32[card + CARD.reach] as number;
    feed.standing[slot] = f32[card + CARD.standing] as number;
    met.add(origin);
    return true;
  };

  /** Recommender of the newest offer. */
  let source = 0;
  const offer = (agent: number, luck: number, u: number, sums: Float64Array, followed: number): number => {
    const aim = luck * (sums[OUT_OF_NETWORK] as number);
    source = 0;
    while (source < OUT_OF_NETWORK && (sums[source] as number) <= aim) source++;
    if (source === FOLLOWING) {
      return followedPosts[bisect(followedSums, followed, u * (followedSums[followed - 1] as number))] as number;
    }
    if (source === POPULARITY) return popular(u);
    if (source === OUT_OF_NETWORK) return first + Math.floor(u * (end - first));
    // Where in its recommender's share the first number fell is a second uniform number.
    const below = source === 0 ? 0 : (sums[source - 1] as number);
    const v = Math.min((aim - below) / (sources[source] as number), LAST);
    return source === RECENCY ? recent(u, v) : similar(agent, u, v);
  };

  return {
    observe: (agent, feed, reached) => {
      feed.count = 0;
      met.clear();
      markTied(agent);
      collectMuted(view, agent, muted);
      collectReacted(agent);
      for (let news = 0; news < view.news.length && feed.count < weights.size; news++) {
        if (!reached(news)) continue;
        const entry = view.news[news]?.posts[platform.index] as number;
        push(agent, feed, entry, originOf(entry), NEWS);
      }
      if (end === first) return;
      const followed = weights.following > 0 ? collectFollowed(agent) : 0;
      const followedTotal = followed === 0 ? 0 : (followedSums[followed - 1] as number);
      const sums = followedTotal === 0 ? withoutFollowing : withFollowing;
      if (sums[OUT_OF_NETWORK] === 0) return;
      const limit = weights.size * TRIES;
      for (let draw = 0; feed.count < weights.size && draw < limit;) {
        const wanted = Math.min(limit - draw, weights.size - feed.count);
        // All draws first: they do not depend on each other, so the processor makes several at once.
        for (let n = 0; n < wanted; n++) {
          threefry2x32(key.k0, key.k1, agent, draw++, words);
          draws[2 * n] = (words[0] as number) / 0x1_0000_0000;
          draws[2 * n + 1] = (words[1] as number) / 0x1_0000_0000;
        }
        let offers = 0;
        for (let n = 0; n < wanted; n++) {
          const entry = offer(agent, draws[2 * n] as number, draws[2 * n + 1] as number, sums, followed);
          if (entry === NONE) continue;
          entries[offers] = entry;
          offerers[offers++] = source;
        }
        for (let n = 0; n < offers; n++) origins[n] = originOf(entries[n] as number);
        for (let n = 0; n < offers; n++) {
          push(agent, feed, entries[n] as number, origins[n] as number, offerers[n] as number);
        }
      }
    },
  };
}
