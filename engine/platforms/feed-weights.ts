// What fills a feed by default, per kind of platform. A slot's recommender is drawn with these weights.
import type { FeedOverrides } from '#scenarios/contract';

export interface FeedWeights {
  /** Posts shown in one session. */
  readonly size: number;
  /** Newest posts of everyone: likelier the younger. */
  readonly recency: number;
  /** Most popular posts of everyone, by the platform's own rank. */
  readonly popularity: number;
  /** Posts on the issue the agent cares about, nearest to its own stance. */
  readonly similarity: number;
  /** Posts of accounts that the agent follows. */
  readonly following: number;
  /** Posts of authors that the agent does not follow, any age. */
  readonly outOfNetwork: number;
}

/** A microblog's timeline is mostly whom one follows; a forum's front page is mostly its rank. */
const DEFAULTS: Readonly<Record<'microblog' | 'forum', FeedWeights>> = {
  microblog: { size: 20, recency: 1, popularity: 1.5, similarity: 1, following: 4, outOfNetwork: 0.5 },
  forum: { size: 20, recency: 1.5, popularity: 4, similarity: 1, following: 0.5, outOfNetwork: 0.5 },
};

export function feedWeightsOf(kind: 'microblog' | 'forum', overrides: FeedOverrides = {}): FeedWeights {
  const defaults = DEFAULTS[kind];
  return {
    size: overrides.size ?? defaults.size,
    recency: overrides.recency ?? defaults.recency,
    popularity: overrides.popularity ?? defaults.popularity,
    similarity: overrides.similarity ?? defaults.similarity,
    following: overrides.following ?? defaults.following,
    outOfNetwork: overrides.outOfNetwork ?? defaults.outOfNetwork,
  };
}
