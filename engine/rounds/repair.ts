// A damaged run, whole again: its rounds are lived once more from its own inputs into a new file, and each must come
// to the digest that the old one recorded, as far as that can be read. So nothing is guessed, and nothing is replaced
// by something else.
import { renameSync, rmSync } from 'node:fs';
import type { SQLOutputValue } from 'node:sqlite';
import { ShoalError, toShoalError } from '#foundation';
import type { Database } from '#store';
import type { RecordHealth, RepairResult, RunFile, RunOptions } from '../contract.ts';
import { encodeCheckpoint } from '../record/checkpoint.ts';
import { inspect } from '../record/inspect.ts';
import { appendRound, readSummaries } from '../record/round-log.ts';
import { createRunFile, databaseOf, openRunFile } from '../record/run-file.ts';
import { isCheckpointDue } from '../record/states.ts';
import { liveAgain } from './rehearse.ts';
import type { RoundOutcome } from './round.ts';

/** What can be read of a run's file, part by part. */
export function inspectRecord(path: string): RecordHealth {
  const file = openRunFile(path);
  try {
    return inspect(file);
  } finally {
    file.close();
  }
}

/**
 * Puts a sound file in the place of a damaged one, which stays beside it. Throws `record_corrupt` where inputs are
 * lost, `replay_diverged` where another engine made the run.
 */
export async function repairRecord(path: string, options: RunOptions): Promise<RepairResult> {
  const part = `${path}.part`;
  const clear = (): void => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${part}${suffix}`, { force: true });
  };
  clear();
  try {
    const repaired = await repairInto(path, part, options);
    const kept = `${path}.damaged`;
    for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    renameSync(path, kept);
    renameSync(part, path);
    return { ...repaired, kept };
  } finally {
    clear();
  }
}

async function repairInto(path: string, part: string, options: RunOptions): Promise<Omit<RepairResult, 'kept'>> {
  const file = openRunFile(path);
  try {
    const health = inspect(file);
    if (health.essential.length > 0) {
      throw new ShoalError('record_corrupt', `${path} cannot be repaired: lost are ${health.essential.join(', ')}.`, {
        hint: 'Restore the file from a copy, or run the scenario again: the same seed gives the same run.',
        details: { ...health },
      });
    }
    return { ...health, digest: await rebuild(file, part, health, options) };
  } finally {
    file.close();
  }
}

async function rebuild(file: RunFile, to: string, health: RecordHealth, options: RunOptions): Promise<string> {
  const damaged = databaseOf(file);
  const row = damaged.prepare('SELECT * FROM run').get() ?? {};
  const repaired = createRunFile(to, {
    runId: String(row['run_id']),
    title: String(row['title']),
    createdAt: String(row['created_at']),
    scenarioHash: String(row['scenario_hash']),
    scenario: file.json('scenario') as never,
  });
  try {
    const database = databaseOf(repaired);
    database
      .prepare('UPDATE run SET manifest = ?, manifest_sha256 = ?')
      .run(row['manifest'] ?? null, row['manifest_sha256'] ?? null);
    copyBeside(damaged, database, health.beside);
    const isDamaged = new Set(health.damaged.filter(({ what }) => what === 'summary').map(({ round }) => round));
    return await liveAgain(file, health.rounds, options, (outcome, world) => {
      const { round } = outcome.summary;
      const recorded = isDamaged.has(round) ? undefined : readSummaries(damaged, round, round)[0]?.digest;
      if (recorded !== undefined && recorded !== outcome.summary.digest) throw diverged(file.path, outcome);
      appendRound(database, {
        ...outcome,
        checkpoint: isCheckpointDue(round) ? encodeCheckpoint(world.fixed.state) : undefined,
      });
    });
  } finally {
    repaired.close();
  }
}

/** Everything but the rounds, row by row, so that one that cannot be read costs no other. */
function copyBeside(from: Database, to: Database, lost: readonly string[]): void {
  const copy = (table: string, key: string): void => {
    const keys = from.prepare(`SELECT ${key} AS key FROM ${table}`).all();
    for (const { key: value } of keys) {
      if (table === 'artifacts' && lost.includes(String(value))) continue;
      const row = rowOf(from, `SELECT * FROM ${table} WHERE ${key} = ?`, value as string);
      if (row === undefined) continue;
      const columns = Object.keys(row);
      to.prepare(`INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(
        ...Object.values(row),
      );
    }
  };
  copy('artifacts', 'name');
  copy('interventions', 'id');
  copy('changes', 'round');
  copy('cassette', 'request_hash');
}

/** Undefined where it cannot be read: what cannot be done without has been read before. */
function rowOf(database: Database, sql: string, key: string): Record<string, SQLOutputValue> | undefined {
  try {
    return database.prepare(sql).get(key);
  } catch (error) {
    if (toShoalError(error).code === 'record_corrupt') return undefined;
    throw error;
  }
}

const diverged = (path: string, { summary }: RoundOutcome): ShoalError =>
  new ShoalError('replay_diverged', `Round ${summary.round} of ${path} does not come to the digest that it recorded.`, {
    hint: 'Repair it with the version of Shoal that made it. The file was not changed.',
    details: { round: summary.round },
  });
