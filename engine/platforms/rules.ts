// What a kind of platform declares: what can be done there and what counts as popular.
import type { PlatformView, WorldView } from '../rounds/world.ts';

export type Action = 'post' | 'reply' | 'repost' | 'quote' | 'like' | 'dislike' | 'follow' | 'mute';

export interface PlatformRules {
  readonly kind: 'microblog' | 'forum';
  readonly actions: readonly Action[];
  /** What the popularity recommender sorts by, highest first. */
  readonly rank: (view: WorldView, platform: PlatformView, post: number) => number;
  /** The score that readers see beside a post. */
  readonly score: (platform: PlatformView, post: number) => number;
}
