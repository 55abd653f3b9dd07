// The gateway's tables in the catalogue file, and how they are opened. The ledger and the workflows write with
// synchronous=FULL; the request log writes behind and may lose its last quarter of a second to a power cut.
import { addTables, openDatabase } from '#store';
import type { Database, Migration } from '#store';
import { BUDGET_ENDS, BUDGET_TABLES } from './policy/budgets/tables.ts';
import { GOVERNANCE_TABLES } from './policy/governance-tables.ts';
import { LIMIT_TABLES } from './policy/limits/tables.ts';
import { PIN_TABLES } from './tools/catalogue/pins.ts';

const MIGRATIONS: readonly Migration[] = [
  `CREATE TABLE gateway_owners (
     id TEXT PRIMARY KEY, pid INTEGER NOT NULL, started TEXT NOT NULL, boot TEXT NOT NULL, epoch INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE budget_nodes (
     id TEXT PRIMARY KEY, parent TEXT REFERENCES budget_nodes (id), limit_nano INTEGER, spent_nano INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE TABLE budget_leases (
     owner TEXT NOT NULL, node TEXT NOT NULL REFERENCES budget_nodes (id), amount_nano INTEGER NOT NULL,
     PRIMARY KEY (owner, node)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX budget_leases_by_node ON budget_leases (node);
   CREATE TABLE workflows (
     id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, generation INTEGER NOT NULL, owner TEXT NOT NULL,
     error TEXT, updated_at TEXT NOT NULL
   ) STRICT;
   CREATE TABLE workflow_steps (
     workflow TEXT NOT NULL REFERENCES workflows (id), position INTEGER NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL,
     started_at TEXT NOT NULL, ended_at TEXT, error TEXT,
     PRIMARY KEY (workflow, name)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE requests (
     sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, run TEXT,
     stage TEXT NOT NULL, agent INTEGER, round INTEGER, outcome TEXT NOT NULL, error_code TEXT, attempts INTEGER NOT NULL,
     input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost_nano INTEGER NOT NULL, latency_ms REAL NOT NULL
   ) STRICT;
   CREATE INDEX requests_by_run ON requests (run, sequence);
   CREATE TABLE request_totals (
     run TEXT NOT NULL, stage TEXT NOT NULL, target TEXT NOT NULL, calls INTEGER NOT NULL, cassette_hits INTEGER NOT NULL,
     failures INTEGER NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost_nano INTEGER NOT NULL,
     PRIMARY KEY (run, stage, target)
   ) STRICT, WITHOUT ROWID`,
  BUDGET_TABLES,
  BUDGET_ENDS,
  LIMIT_TABLES,
];

export function openTables(path: string): Database {
  const database = openDatabase(path, { room: 'gateway', migrations: MIGRATIONS });
  addTables(database, { room: 'gateway-governance', migrations: GOVERNANCE_TABLES });
  addTables(database, { room: 'gateway-tools', migrations: PIN_TABLES });
  return database;
}

/** Runs `work` in one write transaction; what it throws rolls everything back. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
