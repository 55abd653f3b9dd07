// What of a run's file can still be read: every round, checkpoint and artifact is tried, and what fails is named.
import { ShoalError, toShoalError } from '#foundation';
import type { Database } from '#store';
import type { RecordHealth, RunFile } from '../contract.ts';
import { artifactsIn, readManifest } from './artifact.ts';
import { readBatch, readCheckpoint, readDecisions, readInterventions, readRows, readSummaries } from './round-log.ts';
import { databaseOf } from './run-file.ts';
import { readChanges } from './segments.ts';

/** Without these nothing can be lived again. */
const ESSENTIAL = ['scenario', 'framing', 'population'];

export function inspect(file: RunFile): RecordHealth {
  const database = databaseOf(file);
  const damaged: { round: number; what: string }[] = [];
  const essential: string[] = [];
  const beside: string[] = [];
  const rounds = roundsThere(database);
  for (let round = 0; round < rounds; round++) {
    const parts: readonly (readonly [string, () => unknown])[] = [
      ['summary', () => readSummaries(database, round, round)[0] ?? fail(round)],
      ['events', () => readBatch(database, file.path, round)],
      ['changed agents', () => readRows(database, file.path, round)],
      ['checkpoint', () => checkpointAt(database, file.path, round)],
    ];
    for (const [what, read] of parts) if (!isSound(read)) damaged.push({ round, what });
    if (!isSound(() => readDecisions(database, round))) essential.push(`decisions of round ${round}`);
  }
  for (const name of namesOf(database)) {
    if (isSound(() => artifactsIn(database, file.path).check(name))) continue;
    (ESSENTIAL.includes(name) ? essential : beside).push(name);
  }
  const inputs: readonly (readonly [string, () => unknown])[] = [
    ['manifest', () => readManifest(database, file.path)],
    ['news', () => readInterventions(database)],
    ['changes by forks', () => readChanges(database)],
  ];
  for (const [name, read] of inputs) if (!isSound(read)) essential.push(name);
  return { rounds, damaged, essential, beside, sound: damaged.length + essential.length + beside.length === 0 };
}

function isSound(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (toShoalError(error).code !== 'internal') return false;
    throw error;
  }
}

function fail(round: number): never {
  throw new ShoalError('record_corrupt', `Round ${round} is missing.`);
}

/** Throws where there is one that cannot be read; reading on passes such a one over. */
function checkpointAt(database: Database, path: string, round: number): void {
  const there = database.prepare('SELECT 1 FROM checkpoints WHERE round = ?').get(round) !== undefined;
  if (there && readCheckpoint(database, path, round, round - 1) === undefined) fail(round);
}

/** One more than the last round of which anything is left. */
function roundsThere(database: Database): number {
  try {
    return 1 + Number(database.prepare('SELECT max(round) AS last FROM rounds').get()?.['last'] ?? -1);
  } catch {
    let rounds = 0;
    const one = database.prepare('SELECT 1 FROM rounds WHERE round = ?');
    while (isSound(() => one.get(rounds) ?? fail(rounds))) rounds++;
    return rounds;
  }
}

function namesOf(database: Database): readonly string[] {
  try {
    return database
      .prepare('SELECT name FROM artifacts ORDER BY name')
      .all()
      .map((row) => String(row['name']));
  } catch {
    return ESSENTIAL;
  }
}
