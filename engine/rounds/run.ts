// Making and reopening recorded worlds: the round loop with a run's file behind it.
import { ShoalError, type LanguageModel } from '#foundation';
import type { Intervention, Scenario } from '#scenarios/contract';
import type { RunControl, RunFile, RunManifest, RunOptions, WorldSpec } from '../contract.ts';
import { createExecutor } from '../execution/executor.ts';
import { encodePopulation, nameOf } from '../population/index.ts';
import { hasPosts } from '../platforms/platform.ts';
import { memoryOf } from '../policies/memory/index.ts';
import { decideByModel } from '../policies/model/index.ts';
import { GENESIS } from '../record/digest.ts';
import { engineHash, shoalVersion } from '../record/engine-hash.ts';
import { openRecord } from '../record/record.ts';
import { fold, specOf } from '../record/restore.ts';
import { appendRound, readInterventions, roundsIn, storeIntervention } from '../record/round-log.ts';
import { checkpointOf } from '../record/states.ts';
import { databaseOf, openRunFile } from '../record/run-file.ts';
import { timeOf } from './clock.ts';
import { createControl, type Journal } from './control.ts';
import { shardsOf } from './packed.ts';
import { createThinker, type Thinker } from './thinker.ts';
import { createWorldState } from './world-state.ts';
import type { World } from './world.ts';

const NO_MODEL = 'embedded (rule-based)';
/** Memories that a deciding agent is reminded of. */
const MEMORIES = 8;

/** Begins a world in a run's file. Throws `conflict` where it holds one. */
export async function createWorld(file: RunFile, spec: WorldSpec, options: RunOptions): Promise<RunControl> {
  const database = databaseOf(file);
  const row = database.prepare('SELECT * FROM run').get();
  if (row?.['manifest'] !== null) {
    throw new ShoalError('conflict', `${file.path} holds a world already.`, {
      hint: 'Open it to resume, or create another run.',
    });
  }
  const { scenario, population } = spec;
  const world = createWorldState(spec);
  const interventions = scenario.interventions.toSorted((left, right) => left.round - right.round);
  const manifest: RunManifest = {
    runId: String(row['run_id']),
    title: String(row['title']),
    createdAt: String(row['created_at']),
    scenarioHash: String(row['scenario_hash']),
    graphHash: spec.graphHash,
    populationHash: population.hash,
    seed: spec.seed,
    shoalVersion: shoalVersion(),
    nodeVersion: process.version,
    engineHash: engineHash(),
    model: usesModel(scenario, options.model) ? options.model.model : NO_MODEL,
  };
  database.exec('BEGIN IMMEDIATE');
  try {
    file.putJson('scenario', scenario);
    file.putJson('framing', spec.framing);
    file.putBlob('population', encodePopulation(population));
    for (const intervention of interventions) storeIntervention(database, intervention);
    // A mark that the caller's stages can see, in the same transaction as the world itself.
    file.putJson('world', { created: true });
    database.prepare('UPDATE run SET manifest = ?').run(JSON.stringify(manifest));
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
  return control(file, world, spec, interventions, GENESIS, options);
}

/**
 * Reopens a world at its last committed round. Throws `conflict` where another engine began it: the rest would not
 * be what that engine would have made of it.
 */
export async function openWorld(pathOrFile: string | RunFile, options: RunOptions): Promise<RunControl> {
  const file = typeof pathOrFile === 'string' ? openRunFile(pathOrFile) : pathOrFile;
  try {
    const { spec, manifest } = specOf(file);
    const now = engineHash();
    if (manifest.engineHash !== now) {
      throw new ShoalError(
        'conflict',
        `${file.path} was begun by another engine (Shoal ${manifest.shoalVersion}, ${manifest.engineHash.slice(0, 12)}; this is ${now.slice(0, 12)}).`,
        { hint: 'Resume it with the version that began it, or start a new run. What it holds can still be read.' },
      );
    }
    const world = createWorldState(spec);
    const interventions = readInterventions(databaseOf(file));
    const digest = fold(file, world, interventions);
    return control(file, world, spec, interventions, digest, options, typeof pathOrFile === 'string');
  } catch (error) {
    if (typeof pathOrFile === 'string') file.close();
    throw error;
  }
}

const usesModel = (scenario: Scenario, model: LanguageModel | undefined): model is LanguageModel =>
  model?.kind === 'provider' && scenario.models.agentShare > 0;

async function control(
  file: RunFile,
  world: World,
  spec: WorldSpec,
  interventions: readonly Intervention[],
  digest: string,
  options: RunOptions,
  ownsFile = false,
): Promise<RunControl> {
  const database = databaseOf(file);
  const thinking = usesModel(spec.scenario, options.model) ? think(file, world, spec, options.model) : undefined;
  const journal: Journal = {
    commit: (outcome) =>
      appendRound(database, { ...outcome, checkpoint: checkpointOf(outcome.summary.round, world.fixed.state) }),
    storeIntervention: (intervention) => storeIntervention(database, intervention),
    close: () => {
      thinking?.close();
      if (ownsFile) file.close();
    },
  };
  if (roundsIn(database) !== world.round) throw new ShoalError('conflict', `${file.path} is being run by someone else.`);
  return createControl({
    world,
    executor: createExecutor(world.fixed, options.threads, shardsOf(world.fixed.size).length),
    journal,
    questions: spec.framing.questions.map(({ issues }) => issues),
    interventions,
    digest,
    thinker: thinking?.thinker,
    options,
  });
}

/** Deciding by model, with words and memories read back from the rounds on disk. */
function think(file: RunFile, world: World, spec: WorldSpec, model: LanguageModel): { thinker: Thinker; close: () => void } {
  const record = openRecord(file.path);
  const { population } = spec;
  const boards = spec.scenario.platforms.filter(({ kind }) => hasPosts(kind)).length;
  const announcement = (seq: number): string => {
    const now = record.interventions().filter(({ round }) => round === world.round);
    return now[Math.floor((seq - world.seq) / boards) + now.length]?.text ?? '';
  };
  const thinker = createThinker(
    spec.scenario.models.agentShare,
    {
      author: (agent) => nameOf(population, agent),
      text: (seq) => record.post(seq)?.text ?? announcement(seq),
      memory: (agent, round) => (round < 0 ? [] : memoryOf(record, agent, round, MEMORIES)),
    },
    (turns, round, signal) =>
      decideByModel({
        population,
        turns,
        round,
        time: timeOf(world.fixed.clock, round),
        model,
        ...(signal === undefined ? {} : { signal }),
      }),
  );
  return { thinker, close: () => record.close() };
}
