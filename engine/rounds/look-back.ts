// A past round as one agent met it: the platform it opened or would have opened, and what it was shown there, further
// feeds that it asked for among it, each post with how it got in. Computed again from the world as it was, by the same
// code that decided then; nothing is changed.
import type { LookBack } from '../contract.ts';
import { FEED_SOURCES, type Feed } from '../platforms/platform.ts';
import { choosePools } from '../platforms/pools.ts';
import { restore } from '../record/restore.ts';
import { openRunFile } from '../record/run-file.ts';
import { checkEngine, lifeOf } from '../record/segments.ts';
import { applyEvents, beginRound } from './apply.ts';
import { createCrowdDecider } from './decide.ts';
import { announce } from './news.ts';
import { freeze, viewOf } from './world.ts';

/**
 * `round` was lived. Throws `conflict` where another engine lived it: this one would show other feeds. The world is
 * restored once; asking for further agents costs no more than a feed.
 */
export function lookBack(path: string, round: number): LookBack {
  const file = openRunFile(path);
  try {
    const { manifest, segments } = lifeOf(file);
    checkEngine(file, manifest);
    const { world, interventions } = restore(file, { segments, rounds: round, check: 'checksums' });
    beginRound(world);
    const announced = announce(
      world,
      interventions.filter((intervention) => intervention.round === round),
    );
    applyEvents(world, announced.batch);
    const view = viewOf(world.fixed, freeze(world, announced.news));
    for (const platform of view.platforms) choosePools(view, platform);
    const shown: Shown[] = [];
    const decider = createCrowdDecider(view, (feed) => void shown.push(...shownIn(feed)));
    return (agent) => {
      if (view.gone[agent] === 1 || agent >= view.size) return { kind: 'not-there' };
      if (view.dynamics.name !== 'crowd') return { kind: 'no-feeds', dynamics: view.dynamics.name };
      shown.length = 0;
      const { active } = decider.decide({ shard: 0, low: agent, high: agent + 1 });
      const { platform, feed } = decider.session(agent);
      const seqs = view.platforms[platform]?.posts.seq;
      const posts = shown.length > 0 ? shown : shownIn(feed);
      return {
        kind: 'feed',
        round,
        active: active.byteLength > 0,
        platform,
        posts: posts.map(({ entry, source, followed }) => ({ seq: seqs?.[entry] ?? 0, source, followed })),
      };
    };
  } finally {
    file.close();
  }
}

interface Shown {
  /** Place among the platform's posts. */
  readonly entry: number;
  readonly source: (typeof FEED_SOURCES)[number];
  readonly followed: boolean;
}

const shownIn = (feed: Feed): readonly Shown[] =>
  Array.from({ length: feed.count }, (_, slot) => ({
    entry: feed.entry[slot] as number,
    source: FEED_SOURCES[feed.source[slot] as number] as Shown['source'],
    followed: feed.followed[slot] === 1,
  }));
