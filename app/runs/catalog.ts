// The list of runs: one row each, holding the view that pages and commands show. The run's own file is the truth
// about its world; this table says what state its life cycle is in.
import { openDatabase } from '#store';
import { RunView } from '#api/contract';

const MIGRATIONS = [
  `CREATE TABLE runs (
     id TEXT PRIMARY KEY,
     created_at TEXT NOT NULL,
     view TEXT NOT NULL,
     idempotency_key TEXT UNIQUE
   ) STRICT;
   CREATE TABLE run_requests (id TEXT NOT NULL, wanted TEXT NOT NULL) STRICT`,
];

/** What another process may ask of the one that lives a run. */
export type RunWish = 'paused' | 'stopped';

export interface RunCatalog {
  list(): readonly RunView[];
  get(id: string): RunView | undefined;
  byIdempotencyKey(key: string): RunView | undefined;
  put(view: RunView, idempotencyKey?: string): void;
  remove(id: string): void;
  /** Turns a resting run into a running one, without the fault and the wishes of before; false where it runs already. */
  claim(id: string): boolean;
  /** Ids of the runs whose row says that they run. */
  running(): readonly string[];
  /** Leaves a wish for the process that owns the run, which looks for it several times a second. */
  ask(id: string, wanted: RunWish): void;
  takeWish(id: string): RunWish | undefined;
  close(): void;
}

const parse = (row: Record<string, unknown> | undefined): RunView | undefined =>
  row === undefined ? undefined : RunView.parse(JSON.parse(String(row['view'])));

export function openRunCatalog(path: string): RunCatalog {
  const database = openDatabase(path, { room: 'runs', migrations: MIGRATIONS });
  const all = database.prepare('SELECT view FROM runs ORDER BY created_at DESC, id');
  const one = database.prepare('SELECT view FROM runs WHERE id = ?');
  const byKey = database.prepare('SELECT view FROM runs WHERE idempotency_key = ?');
  const upsert = database.prepare(
    'INSERT INTO runs (id, created_at, view, idempotency_key) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET view = excluded.view',
  );
  const ask = database.prepare('INSERT INTO run_requests VALUES (?, ?)');
  const take = database.prepare('DELETE FROM run_requests WHERE id = ? RETURNING wanted');
  const remove = database.prepare('DELETE FROM runs WHERE id = ?');
  const claim = database.prepare(
    "UPDATE runs SET view = json_remove(json_set(view, '$.status', 'running'), '$.problem') WHERE id = ? AND view ->> '$.status' <> 'running'",
  );
  const running = database.prepare("SELECT id FROM runs WHERE view ->> '$.status' = 'running'");
  return {
    list: () => all.all().flatMap((row) => parse(row) ?? []),
    get: (id) => parse(one.get(id)),
    byIdempotencyKey: (key) => parse(byKey.get(key)),
    put: (view, key) => void upsert.run(view.id, view.createdAt, JSON.stringify(view), key ?? null),
    remove: (id) => void remove.run(id),
    claim: (id) => {
      if (claim.run(id).changes === 0) return false;
      take.all(id);
      return true;
    },
    running: () => running.all().map((row) => String(row['id'])),
    ask: (id, wanted) => void ask.run(id, wanted),
    takeWish: (id) => take.all(id).at(-1)?.['wanted'] as RunWish | undefined,
    close: () => database.close(),
  };
}
