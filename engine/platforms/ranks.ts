// Published and house ranks of posts: highest first. Ages in hours; only differences matter.
import { halved, log10 } from '../rounds/fast-math.ts';
import type { PlatformView, WorldView } from '../rounds/world.ts';

export type Rank = (view: WorldView, platform: PlatformView, post: number) => number;

const ageHours = ({ clock, round }: WorldView, { posts }: PlatformView, post: number): number =>
  ((round - (posts.round[post] as number)) * clock.minutesPerRound) / 60;

/**
 * Reddit's `hot` (reddit/r2, `_sorts.pyx`): sign(s)·log10(max(|s|, 1)) + t/45,000 s with s = up − down. Every post of one
 * moment has the same clock, so minus the age stands in for t.
 */
export const hotRank: Rank = (view, platform, post) => {
  const score = (platform.posts.likes[post] as number) - (platform.posts.dislikes[post] as number);
  const votes = score === 0 ? 0 : Math.sign(score) * log10(Math.abs(score));
  return votes - ageHours(view, platform, post) / view.behaviour['hot-decade'];
};

/** Engagement now: 1 + likes + reposts and replies by their values, halved with age. */
export const popularRank: Rank = (view, platform, post) => {
  const { posts } = platform;
  const { behaviour } = view;
  const engagement =
    1 +
    (posts.likes[post] as number) +
    behaviour['repost-value'] * (posts.reposts[post] as number) +
    behaviour['reply-value'] * (posts.replies[post] as number);
  return engagement * halved(ageHours(view, platform, post) / behaviour['popularity-half-life']);
};

/** What a list of trends sorts by: likes, whatever the age (OASIS does the same over seven days). */
export const trendRank: Rank = (_view, { posts }, post) => posts.likes[post] as number;
