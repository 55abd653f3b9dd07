// Named graphs in one SQLite file, for all that is done to graphs without a run. A snapshot is stored once by its hash; a
// name points at the one saved last under it. Beside them the findings of documents, kept by content.
import { gunzipSync, gzipSync } from 'node:zlib';
import { ShoalError } from '#foundation';
import { openDatabase } from '#store';
import type { FindingsCache, GraphSnapshot, VectorCache } from '../contract.ts';
import { loadBody, saveBody } from './snapshot-store.ts';
import { createVectorCache } from './vector-cache.ts';

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
  `CREATE TABLE findings (
     key TEXT PRIMARY KEY,
     body BLOB NOT NULL
   ) STRICT, WITHOUT ROWID`,
  // Lists of a snapshot by pieces; snapshots of earlier versions have none, and are whole in their body.
  `CREATE TABLE snapshot_parts (
     hash TEXT NOT NULL REFERENCES snapshots (hash),
     part INTEGER NOT NULL,
     list TEXT NOT NULL,
     body BLOB NOT NULL,
     PRIMARY KEY (hash, part)
   ) STRICT`,
  // A graph's vectors are no part of what is hashed: another machine may be given others.
  `ALTER TABLE names ADD COLUMN embedding_model TEXT;
   CREATE TABLE vectors (
     key TEXT PRIMARY KEY,
     body BLOB NOT NULL
   ) STRICT, WITHOUT ROWID`,
];

export interface StoredGraph {
  readonly name: string;
  readonly hash: string;
  readonly savedAt: string;
  readonly documents: number;
  readonly entities: number;
  readonly relations: number;
  readonly claims: number;
  /** Which model's vectors of its passages a search uses; null = words alone. */
  readonly embeddingModel: string | null;
}

export interface GraphLibrary {
  /** Passages are searched by vectors of the model where one is given; `vectors` should hold them. */
  save(name: string, snapshot: GraphSnapshot, embeddingModel?: string): StoredGraph;
  /** By name, by hash, or by an unambiguous start of a hash (8 characters or more). Throws `not_found`. */
  load(nameOrHash: string): GraphSnapshot;
  /** The hash of what `load` would give. Throws `not_found`. */
  hashOf(nameOrHash: string): string;
  /** The name that points at it, given by that name or as `load` takes a hash. Throws `not_found`. */
  nameOf(nameOrHash: string): string;
  /** By name. */
  list(): readonly StoredGraph[];
  readonly findings: FindingsCache;
  readonly vectors: VectorCache;
  close(): void;
}

const LISTED = `SELECT names.name, names.hash, names.saved_at AS savedAt, documents, entities, relations, claims,
    names.embedding_model AS embeddingModel
  FROM names JOIN snapshots USING (hash)`;

/** Opens or creates the library file. */
export function openGraphLibrary(path: string): GraphLibrary {
  const database = openDatabase(path, { room: 'knowledge-graph', migrations: MIGRATIONS });
  const list = (): readonly StoredGraph[] => database.prepare(`${LISTED} ORDER BY name`).all() as unknown as StoredGraph[];
  const find = (nameOrHash: string): string | undefined => {
    const named = database.prepare('SELECT hash FROM names WHERE name = ?').get(nameOrHash);
    if (named !== undefined) return String(named['hash']);
    if (!/^[0-9a-f]{8,64}$/.test(nameOrHash)) return undefined;
    const hashed = database.prepare("SELECT hash FROM snapshots WHERE hash LIKE ? || '%' LIMIT 2").all(nameOrHash);
    return hashed.length === 1 ? String(hashed[0]?.['hash']) : undefined;
  };
  return {
    save: (name, snapshot, embeddingModel) => {
      database.exec('BEGIN IMMEDIATE');
      try {
        saveBody(database, snapshot);
        database
          .prepare(
            `INSERT INTO names VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE
             SET hash = excluded.hash, saved_at = excluded.saved_at, embedding_model = excluded.embedding_model`,
          )
          .run(name, snapshot.hash, new Date().toISOString(), embeddingModel ?? null);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
      return database.prepare(`${LISTED} WHERE name = ?`).get(name) as unknown as StoredGraph;
    },
    load: (nameOrHash) => {
      const hash = find(nameOrHash);
      if (hash !== undefined) return loadBody(database, hash);
      throw unknownGraph(nameOrHash, list());
    },
    hashOf: (nameOrHash) => {
      const hash = find(nameOrHash);
      if (hash !== undefined) return hash;
      throw unknownGraph(nameOrHash, list());
    },
    nameOf: (nameOrHash) => {
      const hash = find(nameOrHash);
      const entry = list().find(({ name }) => name === nameOrHash) ?? list().find((candidate) => candidate.hash === hash);
      if (entry !== undefined) return entry.name;
      throw unknownGraph(nameOrHash, list());
    },
    list,
    findings: {
      get: (key) => {
        const row = database.prepare('SELECT body FROM findings WHERE key = ?').get(key) as { body: Uint8Array } | undefined;
        return row === undefined ? undefined : gunzipSync(row.body).toString('utf8');
      },
      put: (entries) => {
        const insert = database.prepare('INSERT OR REPLACE INTO findings VALUES (?, ?)');
        database.exec('BEGIN IMMEDIATE');
        try {
          for (const [key, findings] of entries) insert.run(key, gzipSync(findings, { level: 1 }));
          database.exec('COMMIT');
        } catch (error) {
          database.exec('ROLLBACK');
          throw error;
        }
      },
    },
    vectors: createVectorCache(database),
    close: () => database.close(),
  };
}

const unknownGraph = (reference: string, known: readonly StoredGraph[]): ShoalError =>
  new ShoalError('not_found', `No graph is called ${JSON.stringify(reference)}.`, {
    hint: 'Run `shoal graph show` without a name to list the graphs.',
    details: { known: known.map(({ name }) => name) },
  });
