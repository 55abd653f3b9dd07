// Moving a resting world by hand: one round, or one intervention for its next round.
import { openWorld } from '#engine';
import type { RoundSummary, RunFile } from '#engine/contract';
import type { Intervention } from '#scenarios/contract';

export async function stepWorld(file: RunFile): Promise<RoundSummary | undefined> {
  const world = await openWorld(file, { threads: 0 });
  try {
    return await world.step();
  } finally {
    await world.close();
  }
}

/** Returns the round at which it takes effect. */
export async function injectIntoResting(file: RunFile, intervention: Omit<Intervention, 'round'>): Promise<number> {
  const world = await openWorld(file, { threads: 0 });
  try {
    return await world.inject(intervention);
  } finally {
    await world.close();
  }
}
