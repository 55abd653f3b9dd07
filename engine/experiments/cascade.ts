// The replay of a cascade: a world in which one agent has written one post before anybody looks, lived by the crowd's
// rules. Nothing is recorded; the same spec gives the same cascade.
import { NONE, type RunOptions, type Sharing, type WorldSpec } from '../contract.ts';
import { KIND } from '../platforms/platform.ts';
import { createBatch } from '../record/codec.ts';
import { applyEvents, beginRound } from '../rounds/apply.ts';
import { GENESIS } from '../record/digest.ts';
import { rehearse } from '../rounds/rehearse.ts';
import { createWorldState } from '../rounds/world-state.ts';
import type { World } from '../rounds/world.ts';

/**
 * Every post and share in the order it happened, the root's first. The root is written in round 0; the others live
 * from round 1 to the end of the clock.
 */
export async function runCascade(spec: WorldSpec, root: number, options: RunOptions): Promise<readonly Sharing[]> {
  let sharings: readonly Sharing[] = [];
  const world = createWorldState(spec);
  writeRoot(world, root);
  const run = rehearse(spec, {
    world,
    digest: GENESIS,
    interventions: [],
    thinker: undefined,
    options,
    commit: (_, living) => {
      sharings = sharingsOf(living);
    },
  });
  try {
    await run.run();
    options.signal?.throwIfAborted();
  } finally {
    await run.close();
  }
  return sharings;
}

function writeRoot(world: World, root: number): void {
  beginRound(world);
  const batch = createBatch(world.round, world.seq, 1);
  batch.kind[0] = KIND.post;
  batch.platform[0] = 0;
  batch.agent[0] = root;
  batch.target[0] = NONE;
  batch.point[0] = NONE;
  batch.value[0] = world.fixed.state.opinion[root * world.fixed.issues] as number;
  applyEvents(world, batch);
  world.round++;
}

function sharingsOf(world: World): readonly Sharing[] {
  const { columns, length } = world.posts[0] as World['posts'][number];
  return Array.from({ length }, (_, post) => ({
    agent: columns.author[post] as number,
    round: columns.round[post] as number,
    parent: columns.parent[post] === NONE ? undefined : (columns.parent[post] as number),
  }));
}
