// Forum: posts voted up and down, answered in threads.
import type { PlatformRules } from './rules.ts';

export const forum: PlatformRules = {
  kind: 'forum',
  actions: [
    'post',
    'reply',
    'like',
    'unlike',
    'dislike',
    'undislike',
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
  score: ({ posts }, post) => (posts.likes[post] ?? 0) - (posts.dislikes[post] ?? 0),
};
