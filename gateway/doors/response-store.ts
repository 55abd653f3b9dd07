// Answers of the Responses API that clients may go on from by their id (`previous_response_id`), read again, or delete,
// where the provider does not keep them itself. Kept per principal, for thirty days, as the API promises. Each is kept
// with all that was said before it, so that deleting one takes nothing from those after it.
import { openDatabase } from '#store';
import type { Json } from '../models/exchange.ts';

const MIGRATIONS = [
  `CREATE TABLE stored_responses (
     id TEXT PRIMARY KEY, owner TEXT NOT NULL, at INTEGER NOT NULL, items TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX stored_responses_by_age ON stored_responses (at)`,
  // The older form had no answers to give back. A client whose conversation is gone sends its items again.
  `DROP TABLE stored_responses;
   CREATE TABLE stored_responses (
     owner TEXT NOT NULL, id TEXT NOT NULL, at_ms INTEGER NOT NULL, input TEXT NOT NULL, response TEXT NOT NULL,
     PRIMARY KEY (owner, id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX stored_responses_by_age ON stored_responses (at_ms)`,
];
export const KEPT_DAYS = 30;
const KEPT_MS = KEPT_DAYS * 24 * 3600 * 1000;
const SWEEP_EVERY = 256;

export interface StoredResponse {
  /** All items that the model was given, those of earlier turns included. */
  readonly input: readonly Json[];
  /** The answer as its client got it. */
  readonly response: Json;
}

export interface ResponseStore {
  /** Undefined for what is unknown, too old, or another's. */
  get(id: string, owner: string): StoredResponse | undefined;
  put(id: string, owner: string, stored: StoredResponse): void;
  /** Whether there was such a response. */
  remove(id: string, owner: string): boolean;
  /** Forgets those that were made before; returns how many. */
  purge(beforeMs: number): number;
  close(): void;
}

export function openResponseStore(path: string, now: () => number): ResponseStore {
  const database = openDatabase(path, { room: 'gateway-responses', migrations: MIGRATIONS });
  database.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON');
  const select = database.prepare('SELECT input, response FROM stored_responses WHERE owner = ? AND id = ? AND at_ms > ?');
  const insert = database.prepare(
    'INSERT OR REPLACE INTO stored_responses (owner, id, at_ms, input, response) VALUES (?, ?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM stored_responses WHERE owner = ? AND id = ? AND at_ms > ?');
  const sweep = database.prepare('DELETE FROM stored_responses WHERE at_ms <= ?');
  const oldest = (): number => now() - KEPT_MS;
  let puts = 0;
  return {
    get: (id, owner) => {
      const row = select.get(owner, id, oldest());
      if (row === undefined) return undefined;
      return { input: JSON.parse(String(row['input'])) as Json[], response: JSON.parse(String(row['response'])) as Json };
    },
    put: (id, owner, { input, response }) => {
      insert.run(owner, id, now(), JSON.stringify(input), JSON.stringify(response));
      if (puts++ % SWEEP_EVERY === 0) sweep.run(oldest());
    },
    remove: (id, owner) => Number(remove.run(owner, id, oldest()).changes) > 0,
    purge: (beforeMs) => Number(sweep.run(beforeMs - 1).changes),
    close: () => database.close(),
  };
}
