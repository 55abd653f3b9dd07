// What a platform is: a rank, a set of actions, and the three pure questions of the design. Both kinds share the
// feed mixture and the effects of events; they differ in what can be done and in what counts as popular.
import { EVENT_KINDS, type EventKind } from '../contract.ts';
import { forum } from './forum.ts';
import { microblog } from './microblog.ts';
import type { PlatformRules } from './rules.ts';

/** Codes of the kinds of event, as they stand in a batch. */
export const KIND = Object.fromEntries(EVENT_KINDS.map((kind, code) => [kind, code])) as Readonly<Record<EventKind, number>>;

/** What one agent sees in one session; reused from agent to agent. */
export interface Feed {
  count: number;
  /** What is read: index of the original post. */
  readonly post: Uint32Array;
  /** How it came: index of the entry seen, a repost or the post itself. */
  readonly entry: Uint32Array;
  /** Strength of the tie to its author or to whoever shared it, 0 for strangers. */
  readonly tie: Float32Array;
  /** 1 where the author is followed already. */
  readonly followed: Uint8Array;
  /** Index into FEED_SOURCES. */
  readonly source: Uint8Array;
  /** 1 where its talking point is new to the reader. */
  readonly novel: Uint8Array;
  /** What the card of the post says: see cards.ts. */
  readonly author: Uint32Array;
  readonly point: Uint32Array;
  readonly issue: Uint8Array;
  readonly round: Uint32Array;
  readonly stance: Float32Array;
  readonly shown: Float32Array;
  readonly reach: Float32Array;
  readonly standing: Float32Array;
}

export const FEED_SOURCES = ['recency', 'popularity', 'similarity', 'following', 'outOfNetwork', 'news'] as const;

export const createFeed = (capacity: number): Feed => ({
  count: 0,
  post: new Uint32Array(capacity),
  entry: new Uint32Array(capacity),
  tie: new Float32Array(capacity),
  followed: new Uint8Array(capacity),
  source: new Uint8Array(capacity),
  novel: new Uint8Array(capacity),
  author: new Uint32Array(capacity),
  point: new Uint32Array(capacity),
  issue: new Uint8Array(capacity),
  round: new Uint32Array(capacity),
  stance: new Float32Array(capacity),
  shown: new Float32Array(capacity),
  reach: new Float32Array(capacity),
  standing: new Float32Array(capacity),
});

const RULES: Readonly<Record<'microblog' | 'forum', PlatformRules>> = { microblog, forum };
export const rulesOf = (kind: 'microblog' | 'forum'): PlatformRules => RULES[kind];
