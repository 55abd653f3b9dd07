// Microblog: short posts to followers, shared on by repost and quote.
import { PUBLIC_ACTIONS, type PlatformRules } from './rules.ts';

export const microblog: PlatformRules = {
  kind: 'microblog',
  actions: ['post', 'reply', 'repost', 'quote', 'like', 'unlike', ...PUBLIC_ACTIONS],
  score: ({ posts }, post) => (posts.likes[post] ?? 0) + (posts.reposts[post] ?? 0),
};
