// Chat: groups that agents make, join and leave; a message is read by the group’s members and by nobody else.
import type { PlatformRules } from './rules.ts';

export const chat: PlatformRules = {
  kind: 'chat',
  actions: ['message', 'group', 'join', 'leave', 'like', 'unlike', 'mute', 'unmute'],
  score: ({ posts }, post) => posts.likes[post] ?? 0,
};
