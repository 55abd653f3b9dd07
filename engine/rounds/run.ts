// Making and reopening recorded worlds: the round loop with a run's file behind it.
import { ShoalError, toShoalError, type LanguageModel } from '#foundation';
import type { Scenario } from '#scenarios/contract';
import type { RunControl, RunFile, RunManifest, RunOptions, WorldSpec } from '../contract.ts';
import { createExecutor, usesThreads } from '../execution/executor.ts';
import { nameOf, storePopulation } from '../population/index.ts';
import { hasPosts } from '../platforms/platform.ts';
import { memoryOf } from '../policies/memory/index.ts';
import { decideByModel } from '../policies/model/index.ts';
import { writeManifest } from '../record/artifact.ts';
import { GENESIS } from '../record/digest.ts';
import { engineHash, shoalVersion } from '../record/engine-hash.ts';
import { openRecord } from '../record/record.ts';
import { checkEngine, lifeOf, segmentAt } from '../record/segments.ts';
import { restore, type Restored } from '../record/restore.ts';
import { encodeCheckpoint } from '../record/checkpoint.ts';
import { roundsIn, storeIntervention } from '../record/round-log.ts';
import { isCheckpointDue } from '../record/states.ts';
import { createInlineRecorder, createThreadRecorder } from '../record/recorder.ts';
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
    storePopulation(file, population);
    for (const intervention of interventions) storeIntervention(database, intervention);
    // A mark that the caller's stages can see, in the same transaction as the world itself.
    file.putJson('world', { created: true });
    writeManifest(database, JSON.stringify(manifest));
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
  return control(file, { world, digest: GENESIS, interventions }, spec, options);
}

/**
 * Reopens a world at its last committed round. Throws `conflict` where another engine began it: the rest would not
 * be what that engine would have made of it.
 */
export async function openWorld(pathOrFile: string | RunFile, options: RunOptions): Promise<RunControl> {
  const file = typeof pathOrFile === 'string' ? openRunFile(pathOrFile) : pathOrFile;
  try {
    const { segments, manifest } = lifeOf(file);
    checkEngine(file, manifest);
    const restored = restore(file, { segments, check: 'checksums' });
    const { spec } = segmentAt(segments, restored.world.round);
    return control(file, restored, spec, options, typeof pathOrFile === 'string');
  } catch (error) {
    if (typeof pathOrFile === 'string') file.close();
    throw toShoalError(error);
  }
}

const usesModel = (scenario: Scenario, model: LanguageModel | undefined): model is LanguageModel =>
  model?.kind === 'provider' && scenario.models.agentShare > 0 && scenario.dynamics.name === 'crowd';

async function control(
  file: RunFile,
  { world, digest, interventions }: Restored,
  spec: WorldSpec,
  options: RunOptions,
  ownsFile = false,
): Promise<RunControl> {
  const database = databaseOf(file);
  const thinking = usesModel(spec.scenario, options.model) ? think(file, world, spec, options.model) : undefined;
  if (roundsIn(database) !== world.round) throw new ShoalError('conflict', `${file.path} is being run by someone else.`);
  const shards = shardsOf(world.fixed.size).length;
  const recorder = usesThreads(options.threads, shards) ? createThreadRecorder(file.path) : createInlineRecorder(database);
  const journal: Journal = {
    commit: (outcome) =>
      recorder.append({
        ...outcome,
        checkpoint: isCheckpointDue(outcome.summary.round) ? encodeCheckpoint(world.fixed.state) : undefined,
      }),
    storeIntervention: (intervention) => void storeIntervention(database, intervention),
    close: async () => {
      await recorder.close();
      thinking?.close();
      if (ownsFile) file.close();
    },
  };
  return createControl({
    world,
    executor: createExecutor(world.fixed, options.threads, shards),
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
