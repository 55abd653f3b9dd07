// Candidates that everyone shares, chosen once per round at freeze: what is popular, and what is said on each
// issue by each side. So observing costs the size of a feed and not the number of posts.
// Invariant: a pool holds only posts of earlier rounds inside the window, each at most once.
import { UNDECIDED_BAND } from '../contract.ts';
import { POOL, SIDES, type PlatformView, type WorldView } from '../rounds/world.ts';
import { dealCards } from './cards.ts';
import { KIND, rulesOf } from './platform.ts';

export const sideOf = (stance: number): number => (stance < -UNDECIDED_BAND ? 0 : stance > UNDECIDED_BAND ? 2 : 1);

/** First post that may still be shown, and the first that may not yet. */
export function postWindow(view: WorldView, platform: PlatformView): { readonly first: number; readonly end: number } {
  const rounds = Math.ceil((view.behaviour['feed-window'] * 60) / view.clock.minutesPerRound);
  return {
    first: platform.roundStart[Math.max(0, view.round - rounds)] ?? 0,
    end: platform.roundStart[view.round] ?? 0,
  };
}

/** Prepares what everyone who looks in this round shares; the cards that feeds are read from among it. */
export function choosePools(view: WorldView, platform: PlatformView): void {
  const { first, end } = postWindow(view, platform);
  dealCards(view, platform, first);
  choosePopular(view, platform, first, end);
  chooseSimilar(platform, first, end);
}

/** The top of the rank by insertion; of equals the newer stands first. */
function choosePopular(view: WorldView, platform: PlatformView, first: number, end: number): void {
  const { rank } = rulesOf(platform.kind);
  const { popular, posts } = platform;
  const ranks = new Float64Array(POOL);
  let count = 0;
  for (let post = first; post < end; post++) {
    if (posts.kind[post] === KIND.repost) continue;
    const value = rank(view, platform, post);
    if (count === POOL && value < (ranks[POOL - 1] as number)) continue;
    let place = count < POOL ? count++ : POOL - 1;
    while (place > 0 && (ranks[place - 1] as number) <= value) {
      ranks[place] = ranks[place - 1] as number;
      popular[place] = popular[place - 1] as number;
      place--;
    }
    ranks[place] = value;
    popular[place] = post;
  }
  platform.popularCount[0] = count;
}

/** The newest of each issue and side. */
function chooseSimilar(platform: PlatformView, first: number, end: number): void {
  const { similar, similarCount, posts } = platform;
  similarCount.fill(0);
  let open = similarCount.length;
  for (let post = end - 1; post >= first && open > 0; post--) {
    if (posts.kind[post] === KIND.repost) continue;
    const pool = (posts.issue[post] as number) * SIDES + sideOf(posts.stance[post] as number);
    const count = similarCount[pool] as number;
    if (count === POOL) continue;
    similar[pool * POOL + count] = post;
    similarCount[pool] = count + 1;
    if (count + 1 === POOL) open--;
  }
}
