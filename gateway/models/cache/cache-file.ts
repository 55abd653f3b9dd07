// The cache's table in the catalogue file. Written behind in batches, read once at the start; a row that cannot be read
// is left out when it is asked for, and removed.
import { openDatabase } from '#store';
import type { Migration } from '#store';

const MIGRATIONS: readonly Migration[] = [
  `CREATE TABLE cached_answers (
     hash TEXT PRIMARY KEY, answer TEXT NOT NULL, stored_at INTEGER NOT NULL, used_at INTEGER NOT NULL,
     bucket TEXT, vector BLOB
   ) STRICT, WITHOUT ROWID`,
];

export interface CacheRow {
  readonly hash: string;
  /** JSON of a StoredAnswer. */
  readonly answer: string;
  readonly storedAt: number;
  readonly usedAt: number;
  readonly bucket: string | undefined;
  readonly vector: Float32Array | undefined;
}

export interface CacheFile {
  /** Oldest use first. */
  rows(): Iterable<CacheRow>;
  put(row: CacheRow): void;
  used(hash: string, at: number): void;
  remove(hash: string): void;
  /** Writes what waits; throws where the file cannot be written. */
  close(): void;
}

const FLUSH_MS = 250;
/** Changes written at once, so that nothing else waits for long. */
const BATCH = 1000;

type Change =
  | { readonly kind: 'put'; readonly row: CacheRow }
  | { readonly kind: 'used'; readonly at: number }
  | { readonly kind: 'remove' };

export function openCacheFile(path: string): CacheFile {
  const database = openDatabase(path, { room: 'gateway-cache', migrations: MIGRATIONS });
  // Without waiting for the disk: an answer that a power cut takes away is asked for again.
  database.exec('PRAGMA synchronous = NORMAL');
  const put = database.prepare('INSERT OR REPLACE INTO cached_answers VALUES (?, ?, ?, ?, ?, ?)');
  const used = database.prepare('UPDATE cached_answers SET used_at = ? WHERE hash = ?');
  const remove = database.prepare('DELETE FROM cached_answers WHERE hash = ?');
  // One change per hash waits: the latest, so what waits is never more than the cache holds and drops.
  const changes = new Map<string, Change>();
  let timer: NodeJS.Timeout | undefined;

  const write = (most: number): void => {
    const batch = [...changes].slice(0, most);
    if (batch.length === 0) return;
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const [hash, change] of batch) apply(hash, change);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
    for (const [hash] of batch) changes.delete(hash);
  };
  const apply = (hash: string, change: Change): void => {
    if (change.kind === 'remove') {
      remove.run(hash);
    } else if (change.kind === 'used') {
      used.run(change.at, hash);
    } else {
      const { answer, storedAt, usedAt, bucket, vector } = change.row;
      put.run(hash, answer, storedAt, usedAt, bucket ?? null, bytesOf(vector));
    }
  };
  const writeBehind = (): void => {
    timer = undefined;
    try {
      write(BATCH);
    } catch {
      // The changes wait; whoever closes the cache is told why.
    }
    if (changes.size > 0) timer = setTimeout(writeBehind, FLUSH_MS).unref();
  };
  const add = (hash: string, change: Change): void => {
    changes.set(hash, change);
    timer ??= setTimeout(writeBehind, FLUSH_MS).unref();
  };

  return {
    *rows() {
      for (const row of database.prepare('SELECT * FROM cached_answers ORDER BY used_at, hash').iterate()) {
        const { hash, answer, stored_at: storedAt, used_at: usedAt, bucket, vector } = row;
        yield {
          hash: String(hash),
          answer: String(answer),
          storedAt: Number(storedAt),
          usedAt: Number(usedAt),
          bucket: typeof bucket === 'string' ? bucket : undefined,
          vector: vector instanceof Uint8Array && vector.byteLength % 4 === 0 ? floatsOf(vector) : undefined,
        };
      }
    },
    put: (row) => add(row.hash, { kind: 'put', row }),
    used: (hash, at) => {
      const waiting = changes.get(hash);
      add(hash, waiting?.kind === 'put' ? { kind: 'put', row: { ...waiting.row, usedAt: at } } : { kind: 'used', at });
    },
    remove: (hash) => add(hash, { kind: 'remove' }),
    close: () => {
      clearTimeout(timer);
      try {
        write(Infinity);
      } finally {
        database.close();
      }
    },
  };
}

function bytesOf(vector: Float32Array | undefined): Uint8Array | null {
  return vector === undefined ? null : new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** Copied: a blob need not begin where floats may. */
function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
