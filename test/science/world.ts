// Worlds without documents for the science suite: ties and opinions as the textbook gives them, lived by the same
// executor, commit and digest as every run.
import type { Population, WorldSpec } from '#engine/contract';
import { ScenarioSchema, type ScenarioInput } from '#scenarios/contract';
import { createInlineExecutor } from '../../engine/execution/executor.ts';
import { allocateColumns, allocateTies } from '../../engine/population/columns.ts';
import { hashPopulation } from '../../engine/population/index.ts';
import { GENESIS } from '../../engine/record/digest.ts';
import { runRound } from '../../engine/rounds/round.ts';
import { createWorldState } from '../../engine/rounds/world-state.ts';
import type { World } from '../../engine/rounds/world.ts';
import { framingOf, issueList } from '../engine/fixtures-world.ts';

export interface Network {
  readonly size: number;
  /** By agent: whom it follows, each with its strength (1 where left out). */
  readonly follows: (agent: number) => readonly (number | readonly [target: number, strength: number])[];
}

/** Nobody follows anybody: for models in which everyone may meet everyone. */
export const unconnected = (size: number): Network => ({ size, follows: () => [] });

export function populationOf({ size, follows }: Network, opinion: (agent: number) => number): Population {
  const columns = allocateColumns(size, 1);
  const rows = Array.from({ length: size }, (_, agent) => follows(agent));
  const ties = allocateTies(
    size,
    rows.reduce((sum, row) => sum + row.length, 0),
  );
  let tie = 0;
  rows.forEach((row, agent) => {
    columns.opinion[agent] = opinion(agent);
    for (const entry of row) {
      const [target, strength] = typeof entry === 'number' ? [entry, 1] : entry;
      ties.targets[tie] = target;
      ties.strength[tie++] = strength;
    }
    ties.offsets[agent + 1] = tie;
  });
  columns.reach.fill(1);
  columns.activity.fill(1);
  const parts: Omit<Population, 'hash'> = {
    size,
    seed: 1,
    issues: issueList(1),
    actors: [],
    communities: [{ label: 'All', terms: [] }],
    lexicon: {
      occupations: ['clerk'],
      regions: ['North'],
      rhythms: [{ name: 'day', hours: Array.from({ length: 24 }, () => 1) }],
    },
    columns,
    ties,
    talkingPoints: [],
  };
  return { ...parts, hash: hashPopulation(parts) };
}

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
