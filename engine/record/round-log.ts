// Committed rounds in a run's file: appended one transaction per round, read back by round.
// Invariant: a round is in the file whole or not at all.
import type { Intervention } from '#scenarios/contract';
import type { Database } from '#store';
import { ShoalError, sha256 } from '#foundation';
import type { EventBatch, ModelDecision, RoundSummary } from '../contract.ts';
import { packBlob, unpackBlob } from './blobs.ts';
import { decodeCheckpoint, type StateColumns } from './checkpoint.ts';
import { decodeBatch } from './codec.ts';
import { storedJson } from './stored-json.ts';

export interface CommittedRound {
  readonly summary: RoundSummary;
  readonly firstSeq: number;
  readonly batch: Uint8Array;
  readonly rows: ArrayBuffer;
  readonly texts: readonly { readonly seq: number; readonly text: string }[];
  readonly decisions: readonly { readonly agent: number; readonly decision: ModelDecision }[];
  /** All that agents are, on checkpoint rounds. */
  readonly checkpoint: Uint8Array | undefined;
}

export function appendRound(database: Database, round: CommittedRound): void {
  const { summary } = round;
  const batch = packBlob(round.batch);
  const rows = packBlob(new Uint8Array(round.rows));
  const told = JSON.stringify(summary);
  database.exec('BEGIN IMMEDIATE');
  try {
    database
      .prepare('INSERT INTO rounds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(summary.round, told, round.firstSeq, summary.events, batch.bytes, batch.sha256, rows.bytes, rows.sha256, sha256(told));
    for (const { seq, text } of round.texts) database.prepare('INSERT INTO texts VALUES (?, ?)').run(seq, text);
    for (const { agent, decision } of round.decisions) {
      const made = JSON.stringify(decision);
      database.prepare('INSERT INTO decisions VALUES (?, ?, ?, ?)').run(summary.round, agent, made, sha256(made));
    }
    if (round.checkpoint !== undefined) {
      const state = packBlob(round.checkpoint);
      database.prepare('INSERT INTO checkpoints VALUES (?, ?, ?)').run(summary.round, state.bytes, state.sha256);
    }
    database.exec('COMMIT');
  } catch (cause) {
    // A full disk has ended the transaction already.
    if (database.isTransaction) database.exec('ROLLBACK');
    if (roundsIn(database) > summary.round) {
      throw new ShoalError('conflict', `Round ${summary.round} has been written by another process meanwhile.`, {
        cause,
        hint: 'Let that process go on, or end it and resume.',
      });
    }
    throw new ShoalError('storage_failed', `Round ${summary.round} could not be written.`, {
      cause,
      hint: 'Free some disk space and resume the run; all earlier rounds are safe.',
    });
  }
}

export function roundsIn(database: Database): number {
  return Number(database.prepare('SELECT count(*) AS n FROM rounds').get()?.['n'] ?? 0);
}

export function readSummaries(database: Database, from = 0, to = Number.MAX_SAFE_INTEGER): readonly RoundSummary[] {
  return database
    .prepare('SELECT round, summary, summary_sha256 FROM rounds WHERE round BETWEEN ? AND ? ORDER BY round')
    .all(from, to)
    .map(({ round, summary, summary_sha256 }) => {
      return storedJson(summary, `The summary of round ${Number(round)}`, summary_sha256) as RoundSummary;
    });
}

export function readBatch(database: Database, path: string, round: number): EventBatch | undefined {
  const row = database.prepare('SELECT batch, batch_sha256 FROM rounds WHERE round = ?').get(round);
  if (row === undefined) return undefined;
  return decodeBatch(unpackBlob(row['batch'], row['batch_sha256'], { what: 'events', round, path }));
}

export function readRows(database: Database, path: string, round: number): ArrayBufferLike {
  const row = database.prepare('SELECT rows, rows_sha256 FROM rounds WHERE round = ?').get(round);
  const bytes = unpackBlob(row?.['rows'], row?.['rows_sha256'], { what: 'changed agents', round, path });
  return bytes.buffer;
}

/** The newest sound checkpoint after round `after` and at or before `round`; a damaged one is passed over for an earlier. */
export function readCheckpoint(
  database: Database,
  path: string,
  round: number,
  after: number,
): { readonly round: number; readonly state: StateColumns } | undefined {
  // A file that an older Shoal wrote has others, which hold less.
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'changes'").get() === undefined) return undefined;
  const newest = database.prepare('SELECT * FROM checkpoints WHERE round > ? AND round <= ? ORDER BY round DESC LIMIT 1');
  for (let upTo = round; ;) {
    const row = newest.get(after, upTo);
    if (row === undefined) return undefined;
    const at = Number(row['round']);
    try {
      const bytes = unpackBlob(row['state'], row['state_sha256'], { what: 'checkpointed states', round: at, path });
      return { round: at, state: decodeCheckpoint(bytes) };
    } catch (error) {
      if (!(error instanceof ShoalError)) throw error;
      upTo = at - 1;
    }
  }
}

export function readDecisions(database: Database, round: number): ReadonlyMap<number, ModelDecision> {
  const rows = database.prepare('SELECT agent, decision, sha256 FROM decisions WHERE round = ? ORDER BY agent').all(round);
  const what = `A decision of round ${round}`;
  return new Map(rows.map((row) => [Number(row['agent']), storedJson(row['decision'], what, row['sha256']) as ModelDecision]));
}

/** All interventions of a run, scheduled and live, in the order in which they take effect. Throws `record_corrupt`. */
export function readInterventions(database: Database): readonly Intervention[] {
  const rows = database.prepare('SELECT * FROM interventions ORDER BY round, id').all();
  return rows.map((row) => {
    const what = `The news of round ${Number(row['round'])}`;
    return storedJson(row['intervention'], what, row['sha256']) as Intervention;
  });
}

/** Returns its row. */
export function storeIntervention(database: Database, intervention: Intervention): number {
  const text = JSON.stringify(intervention);
  const added = database
    .prepare('INSERT INTO interventions (round, intervention, sha256) VALUES (?, ?, ?)')
    .run(intervention.round, text, sha256(text));
  return Number(added.lastInsertRowid);
}
