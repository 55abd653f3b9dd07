// Forum: posts voted up and down, answered in threads. Popular is what Reddit's published `hot` rank puts first:
// sign(s)·log10(max(|s|, 1)) + t/T with s = up − down; only differences matter, so age stands in for time.
import { log10 } from '../rounds/fast-math.ts';
import type { PlatformRules } from './rules.ts';

export const forum: PlatformRules = {
  kind: 'forum',
  actions: ['post', 'reply', 'like', 'dislike', 'follow', 'mute'],
  rank: ({ behaviour, clock, round }, { posts }, post) => {
    const score = (posts.likes[post] ?? 0) - (posts.dislikes[post] ?? 0);
    const ageHours = ((round - (posts.round[post] ?? 0)) * clock.minutesPerRound) / 60;
    const votes = score === 0 ? 0 : Math.sign(score) * log10(Math.abs(score));
    return votes - ageHours / behaviour['hot-decade'];
  },
  score: ({ posts }, post) => (posts.likes[post] ?? 0) - (posts.dislikes[post] ?? 0),
};
