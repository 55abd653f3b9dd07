// Worlds without documents for the science suite: ties and opinions as the textbook gives them, lived by the same
// executor, commit and digest as every run.
import type { Population, WorldSpec } from '#engine/contract';
import { ScenarioSchema, type ScenarioInput } from '#scenarios/contract';
import { createInlineExecutor } from '../../engine/execution/executor.ts';
import { networkPopulation, type NetworkPlan } from '../../engine/population/network.ts';
import { GENESIS } from '../../engine/record/digest.ts';
import { runRound } from '../../engine/rounds/round.ts';
import { createWorldState } from '../../engine/rounds/world-state.ts';
import type { World } from '../../engine/rounds/world.ts';
import { framingOf } from '../engine/fixtures-world.ts';

/** By agent: whom it follows, each with its strength (1 where left out). */
export type Network = Pick<NetworkPlan, 'size' | 'follows'>;

/** Nobody follows anybody: for models in which everyone may meet everyone. */
export const unconnected = (size: number): Network => ({ size, follows: () => [] });

export const populationOf = (network: Network, opinion: (agent: number) => number): Population =>
  networkPopulation({ ...network, opinion });

export function specOf(
  population: Population,
  dynamics: NonNullable<ScenarioInput['dynamics']>,
  seed = 1,
  changes: Partial<ScenarioInput> = {},
): WorldSpec {
  const scenario = ScenarioSchema.parse({
    name: 'textbook',
    title: 'A textbook world',
    description: '',
    documents: ['none.txt'],
    questions: [{ text: 'Will the toll go ahead?' }],
    platforms: [{ kind: 'microblog' }],
    dynamics,
    ...changes,
    clock: { rounds: 2000, ...changes.clock },
  });
  return { scenario, graphHash: '0'.repeat(64), framing: framingOf(population.issues), population, seed };
}

/** Lives until nothing changes in a round (or `until` holds), at most so many rounds. */
export async function live(
  spec: WorldSpec,
  rounds: number,
  until: (world: World, changed: boolean) => boolean = (_, changed) => !changed,
): Promise<World> {
  const world = createWorldState(spec);
  const executor = createInlineExecutor(world.fixed);
  let digest = GENESIS;
  let changed = true;
  while (world.round < rounds && !until(world, changed)) {
    const outcome = await runRound(world, [], digest, { executor, questions: [[0]] });
    digest = outcome.summary.digest;
    changed = outcome.rows.byteLength > 0;
  }
  return world;
}

/** Opinions of everybody, as they are now. */
export const opinionsOf = (world: World): Float32Array => world.fixed.state.opinion;
