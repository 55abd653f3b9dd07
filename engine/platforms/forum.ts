// Forum: posts voted up and down, answered in threads.
import { PUBLIC_ACTIONS, type PlatformRules } from './rules.ts';

export const forum: PlatformRules = {
  kind: 'forum',
  actions: ['post', 'reply', 'like', 'unlike', 'dislike', 'undislike', ...PUBLIC_ACTIONS],
  score: ({ posts }, post) => (posts.likes[post] ?? 0) - (posts.dislikes[post] ?? 0),
};
