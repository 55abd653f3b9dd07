// Answers of the Responses API that clients may go on from by their id (`previous_response_id`), where the provider
// does not keep them itself. Kept per principal, for thirty days, as the API promises; written behind the answer.
import { openDatabase } from '#store';
import type { Json } from '../models/exchange.ts';

const MIGRATIONS = [
  `CREATE TABLE stored_responses (
     id TEXT PRIMARY KEY, owner TEXT NOT NULL, at INTEGER NOT NULL, items TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX stored_responses_by_age ON stored_responses (at)`,
];
const KEPT_MS = 30 * 24 * 3600 * 1000;
const SWEEP_EVERY = 256;

export interface ResponseStore {
  /** All input and output items of the conversation up to and including this answer. */
  get(id: string, owner: string): readonly Json[] | undefined;
  put(id: string, owner: string, items: readonly Json[]): void;
  close(): void;
}

export function openResponseStore(path: string, now: () => number): ResponseStore {
  const database = openDatabase(path, { room: 'gateway-responses', migrations: MIGRATIONS });
  database.exec('PRAGMA synchronous = NORMAL');
  const select = database.prepare('SELECT items FROM stored_responses WHERE id = ? AND owner = ? AND at > ?');
  const insert = database.prepare('INSERT OR REPLACE INTO stored_responses (id, owner, at, items) VALUES (?, ?, ?, ?)');
  const sweep = database.prepare('DELETE FROM stored_responses WHERE at <= ?');
  let puts = 0;
  return {
    get: (id, owner) => {
      const row = select.get(id, owner, now() - KEPT_MS);
      return row === undefined ? undefined : (JSON.parse(String(row['items'])) as readonly Json[]);
    },
    put: (id, owner, items) => {
      insert.run(id, owner, now(), JSON.stringify(items));
      if (puts++ % SWEEP_EVERY === 0) sweep.run(now() - KEPT_MS);
    },
    close: () => database.close(),
  };
}
