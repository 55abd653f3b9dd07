// A run's file, open for writing: artifacts of the stages and stored model answers. It exists from the first stage
// on, before there is a world. The rounds are written by recorder.ts.
import { existsSync } from 'node:fs';
import { ShoalError, type Cassette, type CassetteEntry } from '#foundation';
import type { Scenario } from '#scenarios/contract';
import { openDatabase, type Database } from '#store';
import type { RunFile } from '../contract.ts';
import { artifactsIn } from './artifact.ts';
import { MIGRATIONS, ROOM } from './schema.ts';

export interface RunIdentity {
  readonly runId: string;
  readonly title: string;
  /** ISO 8601, from the caller: the engine has no wall clock. */
  readonly createdAt: string;
  readonly scenario: Scenario;
  readonly scenarioHash: string;
}

const databases = new WeakMap<RunFile, Database>();

/** The connection behind a run file; for this room only. */
export function databaseOf(file: RunFile): Database {
  const database = databases.get(file);
  if (database === undefined) throw new ShoalError('internal', `${file.path} is not an open run file.`);
  return database;
}

/** Throws `conflict` where the file exists. */
export function createRunFile(path: string, identity: RunIdentity): RunFile {
  if (existsSync(path)) {
    throw new ShoalError('conflict', `${path} exists already.`, { hint: 'Open it, or choose another name.' });
  }
  const file = wrap(path, openDatabase(path, { room: ROOM, migrations: MIGRATIONS }));
  const { runId, title, createdAt, scenario, scenarioHash } = identity;
  databaseOf(file)
    .prepare('INSERT INTO run (id, run_id, title, created_at, scenario_hash) VALUES (1, ?, ?, ?, ?)')
    .run(runId, title, createdAt, scenarioHash);
  file.putJson('scenario', scenario);
  return file;
}

/** Throws `not_found` where there is no such file. */
export function openRunFile(path: string): RunFile {
  if (!existsSync(path)) throw new ShoalError('not_found', `There is no run file ${path}.`, { hint: 'Check the path.' });
  return wrap(path, openDatabase(path, { room: ROOM, migrations: MIGRATIONS }));
}

function wrap(path: string, database: Database): RunFile {
  const artifacts = artifactsIn(database, path);
  const file: RunFile = {
    path,
    putJson: (name, value) => artifacts.put(name, { json: JSON.stringify(value) }),
    json: (name) => {
      const json = artifacts.json(name);
      return json === undefined ? undefined : JSON.parse(json);
    },
    putBlob: (name, bytes) => artifacts.put(name, { bytes }),
    blob: (name) => artifacts.bytes(name),
    cassette: cassetteOf(database),
    close: () => database.close(),
  };
  databases.set(file, database);
  return file;
}

function cassetteOf(database: Database): Cassette {
  const get = database.prepare('SELECT entry FROM cassette WHERE request_hash = ?');
  const put = database.prepare('INSERT OR REPLACE INTO cassette (request_hash, entry) VALUES (?, ?)');
  return {
    get: (requestHash) => {
      const entry = get.get(requestHash)?.['entry'];
      return typeof entry === 'string' ? (JSON.parse(entry) as CassetteEntry) : undefined;
    },
    put: (requestHash, entry) => void put.run(requestHash, JSON.stringify(entry)),
  };
}
