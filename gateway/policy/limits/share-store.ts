// The shares of limits in the catalogue: one row per limit and process.
import { z } from 'zod';
import type { Database } from '#store';
import type { Transactions } from '../../transactions.ts';

/** What is limited, each on its own: requests and tokens in a minute, calls under way. */
export const MEASURES = ['requests', 'tokens', 'places'] as const;
export type Measures = Readonly<Record<(typeof MEASURES)[number], number>>;

export interface OthersShare extends Measures {
  /** Its process still lives. */
  readonly alive: boolean;
}

export interface ShareStore {
  /** All of `work` or nothing. A power cut may undo it: no process outlives that. */
  transact<T>(work: () => T): T;
  others(name: string): readonly OthersShare[];
  /** `used`: what counts for a minute should this process die. */
  write(name: string, share: Measures, used: Measures, wants: boolean): void;
  remove(name: string): void;
  /** Limits of which other processes want more than they could get. */
  wantedByOthers(): readonly string[];
  /** Lets shares run out whose process is gone. */
  retire(): void;
  /** This process ends: what it let in goes on counting for a minute. */
  leave(name: string, used: Measures): void;
}

/** As long as anything stays in a window of a minute, which is kept in parts of a second. */
const COUNTS_MS = 61_000;

const Row = z.object({ requests: z.number(), tokens: z.number(), places: z.number(), until: z.number().nullable() });

/** `now`: milliseconds since 1970, since it is compared across processes. */
export function createShareStore(database: Database, transactions: Transactions, owner: string, now: () => number): ShareStore {
  const readOthers = database.prepare(
    `SELECT requests, tokens, places, until_ms AS until FROM limit_shares
     WHERE name = ? AND owner <> ? AND (until_ms IS NULL OR until_ms > ?)`,
  );
  const write = database.prepare('INSERT OR REPLACE INTO limit_shares VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)');
  const remove = database.prepare('DELETE FROM limit_shares WHERE name = ? AND owner = ?');
  const readWanted = database.prepare('SELECT DISTINCT name FROM limit_shares WHERE wants = 1 AND owner <> ?');
  const isGone = 'until_ms IS NULL AND owner NOT IN (SELECT id FROM gateway_owners)';
  const anyToRetire = database.prepare(`SELECT 1 FROM limit_shares WHERE until_ms <= ? OR (${isGone}) LIMIT 1`);
  const endGone = database.prepare(
    `UPDATE limit_shares SET until_ms = ?, requests = used_requests, tokens = used_tokens, places = 0, wants = 0 WHERE ${isGone}`,
  );
  const forget = database.prepare('DELETE FROM limit_shares WHERE until_ms <= ?');
  const writeEnd = database.prepare('INSERT OR REPLACE INTO limit_shares VALUES (?, ?, ?, ?, 0, 0, 0, 0, ?)');

  return {
    transact: (work) => transactions.run(work, 'relaxed'),
    others: (name) =>
      readOthers.all(name, owner, Math.floor(now())).map((row) => {
        const { until, ...share } = Row.parse(row);
        return { ...share, alive: until === null };
      }),
    write: (name, { requests, tokens, places }, used, wants) => {
      const share = [whole(requests), whole(tokens), whole(places)];
      write.run(name, owner, ...share, whole(used.requests), whole(used.tokens), wants ? 1 : 0);
    },
    remove: (name) => void remove.run(name, owner),
    wantedByOthers: () => readWanted.all(owner).map((row) => String(row['name'])),
    retire: () => {
      const at = Math.floor(now());
      if (anyToRetire.get(at) === undefined) return;
      transactions.run(() => {
        endGone.run(at + COUNTS_MS);
        forget.run(at);
      }, 'relaxed');
    },
    leave: (name, { requests, tokens }) => {
      if (requests + tokens === 0) remove.run(name, owner);
      else writeEnd.run(name, owner, whole(requests), whole(tokens), Math.floor(now()) + COUNTS_MS);
    },
  };
}

/** What is not limited has no shares. */
function whole(amount: number): number {
  return amount === Infinity ? 0 : Math.ceil(amount);
}
