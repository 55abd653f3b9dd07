// Named graphs in one SQLite file, for `graph build`, `show` and `search` without a run. A snapshot is stored once
// by its hash, compressed; a name points at the one saved last under it.
import { gunzipSync, gzipSync } from 'node:zlib';
import { hashOf, ShoalError } from '#foundation';
import { openDatabase } from '#store';
import type { GraphSnapshot } from '../contract.ts';

const MIGRATIONS = [
  `CREATE TABLE snapshots (
     hash TEXT PRIMARY KEY,
     body BLOB NOT NULL,
     documents INTEGER NOT NULL,
     entities INTEGER NOT NULL,
     relations INTEGER NOT NULL,
     claims INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE names (
     name TEXT PRIMARY KEY,
     hash TEXT NOT NULL REFERENCES snapshots (hash),
     saved_at TEXT NOT NULL
   ) STRICT`,
];

export interface StoredGraph {
  readonly name: string;
  readonly hash: string;
  readonly savedAt: string;
  readonly documents: number;
  readonly entities: number;
  readonly relations: number;
  readonly claims: number;
}

export interface GraphLibrary {
  save(name: string, snapshot: GraphSnapshot): StoredGraph;
  /** By name, by hash, or by an unambiguous start of a hash (8 characters or more). Throws `not_found`. */
  load(nameOrHash: string): GraphSnapshot;
  /** By name. */
  list(): readonly StoredGraph[];
  close(): void;
}

const LISTED = `SELECT names.name, names.hash, names.saved_at AS savedAt, documents, entities, relations, claims
  FROM names JOIN snapshots USING (hash)`;

/** Opens or creates the library file. */
export function openGraphLibrary(path: string): GraphLibrary {
  const database = openDatabase(path, { room: 'knowledge-graph', migrations: MIGRATIONS });
  const list = (): readonly StoredGraph[] => database.prepare(`${LISTED} ORDER BY name`).all() as unknown as StoredGraph[];
  const find = (nameOrHash: string): { readonly hash: string; readonly body: Uint8Array } | undefined => {
    const named = database.prepare('SELECT hash, body FROM names JOIN snapshots USING (hash) WHERE name = ?').get(nameOrHash);
    if (named !== undefined) return named as never;
    if (!/^[0-9a-f]{8,64}$/.test(nameOrHash)) return undefined;
    const hashed = database.prepare("SELECT hash, body FROM snapshots WHERE hash LIKE ? || '%' LIMIT 2").all(nameOrHash);
    return hashed.length === 1 ? (hashed[0] as never) : undefined;
  };
  return {
    save: (name, snapshot) => {
      const body = gzipSync(JSON.stringify(snapshot));
      database.exec('BEGIN IMMEDIATE');
      try {
        database
          .prepare('INSERT OR IGNORE INTO snapshots VALUES (?, ?, ?, ?, ?, ?)')
          .run(
            snapshot.hash,
            body,
            snapshot.documents.length,
            snapshot.entities.length,
            snapshot.relations.length,
            snapshot.claims.length,
          );
        database
          .prepare(
            'INSERT INTO names VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, saved_at = excluded.saved_at',
          )
          .run(name, snapshot.hash, new Date().toISOString());
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
      return database.prepare(`${LISTED} WHERE name = ?`).get(name) as unknown as StoredGraph;
    },
    load: (nameOrHash) => {
      const row = find(nameOrHash);
      if (row !== undefined) return restore(row.body, row.hash);
      throw new ShoalError('not_found', `No graph is called ${JSON.stringify(nameOrHash)}.`, {
        hint: 'Run `shoal graph show` without a name to list the graphs.',
        details: { known: list().map((entry) => entry.name) },
      });
    },
    list,
    close: () => database.close(),
  };
}

/** JSON leaves out `undefined`; readers of the contract treat both alike, and the hash does too. */
function restore(body: Uint8Array, hash: string): GraphSnapshot {
  const snapshot = JSON.parse(gunzipSync(body).toString('utf8')) as GraphSnapshot;
  const { hash: _, ...content } = snapshot;
  if (hashOf(content) !== hash)
    throw new ShoalError('record_corrupt', `The stored graph ${hash.slice(0, 12)} is damaged.`, { hint: 'Build it again.' });
  return snapshot;
}
