// What a kind of platform declares: what can be done there, and which score readers see.
import type { PlatformKind } from '#scenarios/contract';
import type { PlatformView } from '../rounds/world.ts';

/** What can be done to one item of a feed, or to its author. */
export const ITEM_ACTIONS = ['reply', 'repost', 'quote', 'like', 'dislike', 'report', 'follow', 'unfollow', 'mute'] as const;
/** What can be done whatever the feed shows; each at most once in a session but `message`. */
export const OWN_ACTIONS = [
  'post',
  'refresh',
  'trend',
  'search-posts',
  'search-users',
  'unlike',
  'undislike',
  'unmute',
  'message',
  'group',
  'join',
  'leave',
] as const;
export type ItemAction = (typeof ITEM_ACTIONS)[number];
export type OwnAction = (typeof OWN_ACTIONS)[number];
export type Action = ItemAction | OwnAction;

/** What any platform of public posts admits, beside its own ways to post and to react. */
export const PUBLIC_ACTIONS = [
  'report',
  'follow',
  'unfollow',
  'mute',
  'unmute',
  'refresh',
  'trend',
  'search-posts',
  'search-users',
] as const satisfies readonly Action[];

export interface PlatformRules {
  readonly kind: PlatformKind;
  readonly actions: readonly Action[];
  /** The score that readers see beside a post. */
  readonly score: (platform: PlatformView, post: number) => number;
}
