// Moving a resting world by hand: some rounds, or one intervention for its next round.
import { openWorld } from '#engine';
import type { RoundSummary, RunFile } from '#engine/contract';
import type { Intervention } from '#scenarios/contract';

/** Lives up to `rounds` rounds; fewer where the world ends before. */
export async function stepWorld(file: RunFile, rounds: number, onRound: (summary: RoundSummary) => void): Promise<void> {
  const world = await openWorld(file, { threads: 0, onRound });
  try {
    for (let lived = 0; lived < rounds && (await world.step()) !== undefined; lived++);
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
