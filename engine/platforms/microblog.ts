// Microblog: short posts to followers, shared on by repost and quote. Popular is what is engaged with now.
import { halved } from '../rounds/fast-math.ts';
import type { PlatformRules } from './rules.ts';

export const microblog: PlatformRules = {
  kind: 'microblog',
  actions: ['post', 'reply', 'repost', 'quote', 'like', 'follow', 'mute'],
  rank: ({ behaviour, clock, round }, { posts }, post) => {
    const engagement =
      1 +
      (posts.likes[post] ?? 0) +
      behaviour['repost-value'] * (posts.reposts[post] ?? 0) +
      behaviour['reply-value'] * (posts.replies[post] ?? 0);
    const ageHours = ((round - (posts.round[post] ?? 0)) * clock.minutesPerRound) / 60;
    return engagement * halved(ageHours / behaviour['popularity-half-life']);
  },
  score: ({ posts }, post) => (posts.likes[post] ?? 0) + (posts.reposts[post] ?? 0),
};
