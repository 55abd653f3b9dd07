// The herding experiment (Muchnik, Aral & Taylor 2013): each new post on a forum gets, by lot, one vote up, none, or
// one vote down before anybody has seen it. What others then make of it tells how much people follow a visible score.
// Nothing is recorded; the same spec gives the same samples.
import { randomKey, uniform } from '#foundation';
import type { HerdingSample, RunOptions, WorldSpec } from '../contract.ts';
import { KIND } from '../platforms/platform.ts';
import { GENESIS } from '../record/digest.ts';
import { rehearse } from '../rounds/rehearse.ts';
import { createWorldState } from '../rounds/world-state.ts';
import type { World } from '../rounds/world.ts';

const ARMS = ['down', 'control', 'up'] as const;

/** One sample per post and reply that was open to votes for at least `leastRounds` rounds. */
export async function runHerding(spec: WorldSpec, options: RunOptions, leastRounds: number): Promise<readonly HerdingSample[]> {
  const key = randomKey(spec.seed, 'herding');
  const forums = spec.scenario.platforms.flatMap(({ kind }, index) => (kind === 'forum' ? [index] : []));
  const armOf = (seq: number): number => Math.floor(uniform(key, seq, 0) * ARMS.length);
  const treated = new Map(forums.map((platform) => [platform, 0]));
  let samples: readonly HerdingSample[] = [];

  /** The lot's vote for everything written in the round just over. */
  const treat = (world: World): void => {
    for (const platform of forums) {
      const table = world.posts[platform] as World['posts'][number];
      const { kind, seq, likes, dislikes } = table.columns;
      for (let post = treated.get(platform) as number; post < table.length; post++) {
        if (kind[post] === KIND.inject) continue;
        const vote = armOf(seq[post] as number) - 1;
        if (vote > 0) likes[post] = (likes[post] as number) + 1;
        if (vote < 0) dislikes[post] = (dislikes[post] as number) + 1;
      }
      treated.set(platform, table.length);
    }
  };

  const sample = (world: World): readonly HerdingSample[] =>
    forums.flatMap((platform) => {
      const { columns, length } = world.posts[platform] as World['posts'][number];
      return Array.from({ length }, (_, post) => post)
        .filter((post) => columns.kind[post] !== KIND.inject && world.round - (columns.round[post] as number) > leastRounds)
        .map((post) => {
          const arm = armOf(columns.seq[post] as number);
          return {
            arm: ARMS[arm] as HerdingSample['arm'],
            up: (columns.likes[post] as number) - +(arm === 2),
            down: (columns.dislikes[post] as number) - +(arm === 0),
          };
        });
    });

  const world = rehearse(spec, {
    world: createWorldState(spec),
    digest: GENESIS,
    interventions: [],
    thinker: undefined,
    options,
    commit: (_, living) => {
      treat(living);
      if (living.round === living.fixed.clock.rounds) samples = sample(living);
    },
  });
  try {
    await world.run();
    options.signal?.throwIfAborted();
  } finally {
    await world.close();
  }
  return samples;
}
