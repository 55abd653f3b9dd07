// What fills a feed by default, per kind of platform. A slot's recommender is drawn with these weights.
import type { FeedOverrides, PlatformKind } from '#scenarios/contract';
import { RECOMMENDERS, type Recommender } from './platform.ts';

export type FeedWeights = Readonly<Record<Recommender, number>> & {
  /** Posts shown in one session. */
  readonly size: number;
};

const NOTHING: FeedWeights = {
  size: 0,
  chronological: 0,
  hot: 0,
  popular: 0,
  similarity: 0,
  random: 0,
  following: 0,
  outOfNetwork: 0,
};

/** A microblog's timeline is mostly whom one follows; a forum's front page is mostly its rank; a chat is one's groups. */
const DEFAULTS: Readonly<Record<PlatformKind, FeedWeights>> = {
  microblog: { ...NOTHING, size: 20, chronological: 1, popular: 1.5, similarity: 1, following: 4, outOfNetwork: 0.5 },
  forum: { ...NOTHING, size: 20, chronological: 1.5, hot: 4, similarity: 1, following: 0.5, outOfNetwork: 0.5 },
  chat: { ...NOTHING, size: 12 },
  market: NOTHING,
};

export function feedWeightsOf(kind: PlatformKind, overrides: FeedOverrides = {}): FeedWeights {
  const defaults = DEFAULTS[kind];
  const weights = Object.fromEntries(RECOMMENDERS.map((name) => [name, overrides[name] ?? defaults[name]]));
  return { ...(weights as Record<Recommender, number>), size: overrides.size ?? defaults.size };
}
