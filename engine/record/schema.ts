// The tables of a run's file. One row per committed round holds its events and changed agents as compressed
// columns with a checksum; words written by a model, model decisions and interventions are inputs and stand beside.
import type { Migration } from '#store';

export const ROOM = 'engine';

export const MIGRATIONS: readonly Migration[] = [
  `CREATE TABLE run (
     id INTEGER PRIMARY KEY CHECK (id = 1), run_id TEXT NOT NULL, title TEXT NOT NULL, created_at TEXT NOT NULL,
     scenario_hash TEXT NOT NULL, manifest TEXT
   ) STRICT;
   CREATE TABLE artifacts (name TEXT PRIMARY KEY, json TEXT, bytes BLOB) STRICT;
   CREATE TABLE rounds (
     round INTEGER PRIMARY KEY, summary TEXT NOT NULL, first_seq INTEGER NOT NULL, events INTEGER NOT NULL,
     batch BLOB NOT NULL, batch_sha256 TEXT NOT NULL, rows BLOB NOT NULL, rows_sha256 TEXT NOT NULL
   ) STRICT;
   CREATE TABLE checkpoints (round INTEGER PRIMARY KEY, state BLOB NOT NULL, state_sha256 TEXT NOT NULL) STRICT;
   CREATE TABLE texts (seq INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
   CREATE TABLE decisions (round INTEGER NOT NULL, agent INTEGER NOT NULL, decision TEXT NOT NULL,
     PRIMARY KEY (round, agent)) STRICT, WITHOUT ROWID;
   CREATE TABLE interventions (id INTEGER PRIMARY KEY, round INTEGER NOT NULL, intervention TEXT NOT NULL) STRICT;
   CREATE TABLE cassette (request_hash TEXT PRIMARY KEY, entry TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  // What forks changed, by the first round that it holds for, with what held before. Checkpoints hold all that agents
  // are from here on, not their opinions only; those of before can be folded again. Checksums for what has none yet.
  `CREATE TABLE changes (round INTEGER PRIMARY KEY, change TEXT NOT NULL) STRICT;
   ALTER TABLE artifacts ADD COLUMN sha256 TEXT;
   ALTER TABLE interventions ADD COLUMN sha256 TEXT;
   ALTER TABLE run ADD COLUMN manifest_sha256 TEXT;
   ALTER TABLE rounds ADD COLUMN summary_sha256 TEXT;
   ALTER TABLE decisions ADD COLUMN sha256 TEXT;
   DELETE FROM checkpoints`,
];
