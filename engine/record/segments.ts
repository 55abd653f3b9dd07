// A run's life in segments: what held from which round on. A run that was never forked has one.
import { ShoalError } from '#foundation';
import { ScenarioSchema, type Framing, type Scenario } from '#scenarios/contract';
import type { Database } from '#store';
import type { AgentId, RunFile, RunManifest, WorldSpec } from '../contract.ts';
import { decodePopulation, firstAgents } from '../population/index.ts';
import { readManifest } from './artifact.ts';
import { engineHash } from './engine-hash.ts';
import { databaseOf, openRunFile } from './run-file.ts';
import { storedJson } from './stored-json.ts';

/** One row of `changes`: what held before the fork, so that what came before can be lived again. */
export interface StoredChange {
  readonly round: number;
  readonly before: {
    readonly scenario: Scenario;
    readonly seed: number;
    readonly size: number;
    readonly populationHash: string;
  };
  readonly leaving: readonly AgentId[];
  /** Rows of `interventions` that came with it. */
  readonly news: readonly number[];
}

export interface Segment {
  /** First round that it holds for. */
  readonly from: number;
  readonly spec: WorldSpec;
  /** Who leaves when it begins. */
  readonly leaving: readonly AgentId[];
}

export interface Life {
  readonly manifest: RunManifest;
  readonly segments: readonly Segment[];
  readonly changes: readonly StoredChange[];
}

/** Ascending by round. Throws `record_corrupt`. A file that an older Shoal wrote, open for reading only, has no such table. */
export function readChanges(database: Database): readonly StoredChange[] {
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'changes'").get() === undefined) return [];
  const rows = database.prepare('SELECT round, change FROM changes ORDER BY round').all();
  return rows.map((row) => {
    const round = Number(row['round']);
    return { ...(storedJson(row['change'], `What a fork changed at round ${round}`) as StoredChange), round };
  });
}

/**
 * A scenario of a run's file. One that an older Shoal wrote gets what has become a key since at its default; throws
 * `conflict` where it says what this version cannot live.
 */
function scenarioOf(stored: unknown, path: string): Scenario {
  const { data, error } = ScenarioSchema.safeParse(stored);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw new ShoalError(
    'conflict',
    `${path} was written by another version of Shoal: ${issue?.path.join('.') ?? 'its scenario'}: ${issue?.message ?? 'unknown'}.`,
    { hint: 'Use the version that its manifest names, or run the scenario again. What it holds can still be read.' },
  );
}

/** Throws `conflict` where no world has begun, or another version of Shoal wrote what this one cannot live. */
export function lifeOf(file: RunFile): Life {
  const database = databaseOf(file);
  const json = readManifest(database, file.path);
  if (json === undefined) {
    throw new ShoalError('conflict', `${file.path} holds no world yet.`, { hint: 'Start the run first.' });
  }
  const manifest = JSON.parse(json) as RunManifest;
  const population = decodePopulation(file.blob('population') as Uint8Array);
  const framing = file.json('framing') as Framing;
  const changes = readChanges(database);
  const last = {
    scenario: file.json('scenario'),
    seed: manifest.seed,
    size: population.size,
    populationHash: population.hash,
  };
  const segments = [undefined, ...changes].map((change, index): Segment => {
    const { scenario, seed, size, populationHash } = changes[index]?.before ?? last;
    return {
      from: change?.round ?? 0,
      leaving: change?.leaving ?? [],
      spec: {
        scenario: scenarioOf(scenario, file.path),
        graphHash: manifest.graphHash,
        framing,
        population: firstAgents(population, size, populationHash),
        seed,
      },
    };
  });
  return { manifest, segments, changes };
}

/** The scenario that holds for a round. */
export function scenarioAt(path: string, round: number): Scenario {
  const file = openRunFile(path);
  try {
    const later = readChanges(databaseOf(file)).find((change) => change.round > round);
    return scenarioOf(later?.before.scenario ?? file.json('scenario'), path);
  } finally {
    file.close();
  }
}

/**
 * Throws `conflict` where another engine began the run: the rest would not be what that engine would have made of it.
 */
export function checkEngine({ path }: RunFile, manifest: RunManifest): void {
  const now = engineHash();
  if (manifest.engineHash === now) return;
  throw new ShoalError(
    'conflict',
    `${path} was begun by another engine (Shoal ${manifest.shoalVersion}, ${manifest.engineHash.slice(0, 12)}; this is ${now.slice(0, 12)}).`,
    { hint: 'Go on with the version that began it, or start a new run. What it holds can still be read.' },
  );
}

/** The segment that holds for a round. */
export const segmentAt = (segments: readonly Segment[], round: number): Segment =>
  segments.findLast(({ from }) => from <= round) as Segment;
