// The request log: written behind in batches, no bodies, no secrets. Every model call is added up in the usage tables;
// a tool call costs nothing and only gets a row. A row of its own goes to every call of a provider or a tool, every
// cassette hit and every failure; embedded calls that succeed are only counted, since a run makes them by the hundred
// thousand and each is reproducible from the record. A batch's rows and its sums are one transaction, so a crash loses
// both or neither. Reading writes what is buffered first, so a reader always sees its own calls.
import type { Database } from '#store';
import { inTransaction } from '../tables.ts';
import { createCheckpointing } from './checkpointing.ts';
import type { Entry } from './entry.ts';
import { defineHistogramFunctions } from './histogram.ts';
import { createNames } from './names.ts';
import type { Names } from './names.ts';
import { columnsOf, INSERT_REQUEST } from './request-rows.ts';
import { addToDeltas, createRollUps, createUserBound, noDeltas } from './roll-ups.ts';
import type { Deltas, RollUps } from './roll-ups.ts';
import { SEQUENCES_PER_MS } from './tables.ts';

/** Where finished calls go. */
export interface RequestLog {
  /** A call has begun; `add` follows exactly once. */
  begin(): void;
  /** Never throws and never waits. `countOnly`: no row of its own. */
  add(entry: Entry, countOnly: boolean): void;
}

export interface RequestStore {
  readonly database: Database;
  readonly names: Names;
  readonly rollUps: RollUps;
  /** Never throws and never waits. */
  add(entry: Entry, countOnly: boolean): void;
  /** Rows that could not be kept since the file could not be written; they are counted in the usage all the same. */
  readonly dropped: number;
  /** Writes all that waits. */
  flush(): void;
  /** A short transaction that gives way at once when another process writes; undefined = it did. */
  briefly<T>(work: () => T): T | undefined;
  close(): void;
}

const FLUSH_MS = 250;
/** Small enough that a batch holds the event loop for a few milliseconds only. */
const BATCH_ROWS = 500;
/** Rows that may wait while the file cannot be written. */
const MOST_ROWS = 50_000;
/** Users with usage of their own within an hour. */
const MOST_USERS = 2000;
const PATIENT_MS = 5000;
const BRIEF_MS = 2;

interface Batch {
  readonly rows: Entry[];
  readonly deltas: Deltas;
}

/** Takes the connection over: it is closed with the log. */
export function createRequestLog(database: Database, now: () => number): RequestStore {
  defineHistogramFunctions(database);
  const names = createNames(database);
  const rollUps = createRollUps(database, names);
  const insert = database.prepare(INSERT_REQUEST);
  const newest = database.prepare('SELECT max(sequence) AS sequence FROM trace_requests');
  const addCount = database.prepare(
    `INSERT INTO trace_counts VALUES ('requests', ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value`,
  );
  const boundUser = createUserBound(MOST_USERS);
  const checkpointing = createCheckpointing(database);
  const batches: Batch[] = [];
  let filling: Batch = { rows: [], deltas: noDeltas() };
  let waiting = 0;
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Immediate | undefined;
  let patience = PATIENT_MS;
  let failing = false;

  const patient = (milliseconds: number): void => {
    if (milliseconds !== patience) database.exec(`PRAGMA busy_timeout = ${milliseconds}`);
    patience = milliseconds;
  };
  const transact = <T>(work: () => T): T => {
    try {
      return inTransaction(database, work);
    } catch (error) {
      names.forget();
      throw error;
    }
  };
  const seal = (): void => {
    if (filling.deltas.groups.size > 0 || filling.rows.length > 0) batches.push(filling);
    filling = { rows: [], deltas: noDeltas() };
  };
  const writeOne = ({ rows, deltas }: Batch): void =>
    transact(() => {
      // Sequences follow the clock and never go back, also across processes: the lock is held.
      let sequence = Math.max(Number(newest.get()?.['sequence'] ?? 0), Math.floor(now()) * SEQUENCES_PER_MS);
      for (const row of rows) insert.run(...columnsOf(row, ++sequence, names));
      if (rows.length > 0) addCount.run(rows.length);
      rollUps.write(deltas);
    });
  const writeNext = (): void => {
    const [batch] = batches;
    if (batch === undefined) return;
    writeOne(batch);
    batches.shift();
    if (batch.rows.length >= BATCH_ROWS) checkpointing.wrote();
    waiting -= batch.rows.length;
  };
  const unschedule = (): void => {
    clearTimeout(timer);
    clearImmediate(soon);
    timer = undefined;
    soon = undefined;
  };
  const schedule = (): void => {
    if (batches.length > 0 && !failing) soon ??= setImmediate(writeBehind);
    else timer ??= setTimeout(writeBehind, FLUSH_MS).unref();
  };
  /** One batch at a time, so that what is urgent comes in between. */
  const writeBehind = (): void => {
    unschedule();
    if (batches.length === 0) seal();
    try {
      patient(BRIEF_MS);
      writeNext();
      failing = false;
      if (batches.length > 0 || filling.deltas.groups.size > 0 || filling.rows.length > 0) schedule();
    } catch {
      // The rows wait; whoever reads or closes the log is told why.
      failing = true;
      timer = setTimeout(writeBehind, FLUSH_MS).unref();
    }
  };
  const flush = (): void => {
    unschedule();
    seal();
    patient(PATIENT_MS);
    try {
      while (batches.length > 0) writeNext();
      failing = false;
    } finally {
      if (batches.length > 0) timer = setTimeout(writeBehind, FLUSH_MS).unref();
    }
  };

  return {
    database,
    names,
    rollUps,
    add: (entry, countOnly) => {
      if (entry.kind === 'model') addToDeltas(filling.deltas, entry, boundUser(entry));
      if (!countOnly) {
        if (waiting < MOST_ROWS) {
          filling.rows.push(entry);
          waiting += 1;
        } else dropped += 1;
      }
      if (filling.rows.length >= BATCH_ROWS) seal();
      if (timer === undefined || batches.length > 0) schedule();
    },
    get dropped() {
      return dropped;
    },
    flush,
    briefly: (work) => {
      patient(BRIEF_MS);
      try {
        return transact(work);
      } catch (error) {
        if (isBusy(error)) return undefined;
        throw error;
      }
    },
    close: () => {
      try {
        flush();
      } finally {
        unschedule();
        checkpointing.close();
        database.close();
      }
    },
  };
}

const SQLITE_BUSY = 5;
const isBusy = (error: unknown): boolean => (Number((error as { errcode?: unknown }).errcode) & 0xff) === SQLITE_BUSY;
