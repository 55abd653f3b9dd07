// Microblog: short posts to followers, shared on by repost and quote.
import type { PlatformRules } from './rules.ts';

export const microblog: PlatformRules = {
  kind: 'microblog',
  actions: [
    'post',
    'reply',
    'repost',
    'quote',
    'like',
    'unlike',
    'report',
    'follow',
    'unfollow',
    'mute',
    'unmute',
    'refresh',
    'trend',
    'search-posts',
    'search-users',
  ],
  score: ({ posts }, post) => (posts.likes[post] ?? 0) + (posts.reposts[post] ?? 0),
};
