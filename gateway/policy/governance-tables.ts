// Tables of keys and of the audit chain. They share one connection with the budgets, so that an administrative act and
// its entry in the chain are one transaction: both or neither.
import type { Migration } from '#store';

const LIMITS = 'requests_per_minute INTEGER, tokens_per_minute INTEGER, concurrency INTEGER';

export const GOVERNANCE_TABLES: readonly Migration[] = [
  `CREATE TABLE key_holders (
     kind TEXT NOT NULL CHECK (kind IN ('team', 'user')), name TEXT NOT NULL, models TEXT, ${LIMITS},
     PRIMARY KEY (kind, name)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE keys (
     id TEXT PRIMARY KEY, name TEXT NOT NULL, scopes TEXT NOT NULL, team TEXT, user TEXT, models TEXT, budget TEXT NOT NULL,
     ${LIMITS}, allow_unpriced INTEGER NOT NULL, disabled INTEGER NOT NULL DEFAULT 0, created_ms INTEGER NOT NULL,
     expires_ms INTEGER, used_ms INTEGER
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE key_secrets (
     digest TEXT PRIMARY KEY, key TEXT NOT NULL REFERENCES keys (id) ON DELETE CASCADE, until_ms INTEGER
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX key_secrets_by_key ON key_secrets (key);
   CREATE TABLE key_version (version INTEGER NOT NULL) STRICT;
   INSERT INTO key_version VALUES (1);
   CREATE TABLE audit (
     seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
     before TEXT NOT NULL, after TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
   ) STRICT`,
];
