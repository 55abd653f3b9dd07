// The list of runs: one row each, holding the view that pages and commands show. The run's own file is the truth
// about its world; this table says what state its life cycle is in.
import { openDatabase } from '#store';
import { RunView, type Problem } from '#api/contract';
import type { Intervention } from '#scenarios/contract';

const MIGRATIONS = [
  `CREATE TABLE runs (
     id TEXT PRIMARY KEY,
     created_at TEXT NOT NULL,
     view TEXT NOT NULL,
     idempotency_key TEXT UNIQUE
   ) STRICT;
   CREATE TABLE run_requests (id TEXT NOT NULL, wanted TEXT NOT NULL) STRICT`,
  `CREATE TABLE run_news (number INTEGER PRIMARY KEY, id TEXT NOT NULL, news TEXT NOT NULL, answer TEXT) STRICT`,
];

/** What another process may ask of the one that lives a run. */
export type RunWish = 'paused' | 'stopped';

export type News = Omit<Intervention, 'round'>;
/** The round at which news takes effect, or why it does not. */
export type NewsAnswer = { readonly round: number } | { readonly problem: Problem };

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
  /** Leaves news for the process that owns the run; returns the number under which it answers. */
  tell(id: string, news: News): number;
  /** Hands each piece of news that nobody has answered yet to `answer`, and keeps what comes back. */
  answerNews(id: string, answer: (news: News) => Promise<NewsAnswer>): Promise<void>;
  /** The answer, which is forgotten with this; undefined while there is none. */
  takeAnswer(number: number): NewsAnswer | undefined;
  /** Takes back what nobody has answered. */
  untell(number: number): void;
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
  const tell = database.prepare('INSERT INTO run_news (id, news) VALUES (?, ?)');
  const told = database.prepare('SELECT number, news FROM run_news WHERE id = ? AND answer IS NULL ORDER BY number');
  const answered = database.prepare('UPDATE run_news SET answer = ? WHERE number = ?');
  const takeAnswer = database.prepare('DELETE FROM run_news WHERE number = ? AND answer IS NOT NULL RETURNING answer');
  const untell = database.prepare('DELETE FROM run_news WHERE number = ?');
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
    tell: (id, news) => Number(tell.run(id, JSON.stringify(news)).lastInsertRowid),
    answerNews: async (id, answer) => {
      for (const row of told.all(id)) {
        const given = await answer(JSON.parse(String(row['news'])) as News);
        answered.run(JSON.stringify(given), Number(row['number']));
      }
    },
    takeAnswer: (number) => {
      const answer = takeAnswer.get(number)?.['answer'];
      return typeof answer === 'string' ? (JSON.parse(answer) as NewsAnswer) : undefined;
    },
    untell: (number) => void untell.run(number),
    close: () => database.close(),
  };
}
