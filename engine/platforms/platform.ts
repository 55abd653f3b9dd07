// The kinds of platform, and what one agent sees in one session. Kinds share the effects of events; they differ in
// what can be done there and in how a feed is filled.
import type { PlatformKind } from '#scenarios/contract';
import { EVENT_KINDS, type EventKind } from '../contract.ts';
import { chat } from './chat.ts';
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

/** The recommenders of a mixture, in the order of its weights, then what else brings a post before a reader. */
export const RECOMMENDERS = ['chronological', 'hot', 'popular', 'similarity', 'random', 'following', 'outOfNetwork'] as const;
export type Recommender = (typeof RECOMMENDERS)[number];
export const FEED_SOURCES = [...RECOMMENDERS, 'news', 'trend', 'search-posts', 'search-users', 'group'] as const;

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

/** Whether posts are written and read there. */
export const hasPosts = (kind: PlatformKind): boolean => kind !== 'market';

/** What is done at a market is an order (see market/). */
const market: PlatformRules = { kind: 'market', actions: [], score: () => 0 };

const RULES: Readonly<Record<PlatformKind, PlatformRules>> = { microblog, forum, chat, market };
export const rulesOf = (kind: PlatformKind): PlatformRules => RULES[kind];
