// The trace's tables in the catalogue file. Words are kept once, in `trace_names`, and rows hold their numbers: a row
// is a third as long, and inserting it costs half. What earlier versions logged is taken over.
import { openDatabase } from '#store';
import type { Database, Migration } from '#store';

/** A row's `sequence` is at least this many times the millisecond in which it was written, so age is a range of keys. */
export const SEQUENCES_PER_MS = 1024;

const usageTable = (name: string): string => `
  CREATE TABLE ${name} (
    id INTEGER PRIMARY KEY, bucket_ms INTEGER NOT NULL, team INTEGER NOT NULL, user INTEGER NOT NULL, key INTEGER NOT NULL,
    model INTEGER NOT NULL, provider INTEGER NOT NULL, run INTEGER NOT NULL, stage INTEGER NOT NULL, outcome INTEGER NOT NULL,
    calls INTEGER NOT NULL, failures INTEGER NOT NULL, cache_hits INTEGER NOT NULL, input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL, cache_write_tokens INTEGER NOT NULL,
    reasoning_tokens INTEGER NOT NULL, cost_nano INTEGER NOT NULL, latency_us INTEGER NOT NULL, histogram BLOB
  ) STRICT;
  CREATE UNIQUE INDEX ${name}_by_group ON ${name} (bucket_ms, run, model, key, stage, outcome, team, user, provider);
  CREATE INDEX ${name}_by_run ON ${name} (run) WHERE run <> 0;`;

/** The number of a name. 0 stands for "none"; `run <> 0` keeps calls of no run out of an index. */
const number = (name: string): string => `coalesce((SELECT names.id FROM trace_names AS names WHERE names.name = ${name}), 0)`;
const PROVIDER = "substr(target, 1, max(0, instr(target, '/') - 1))";

const MIGRATIONS: readonly Migration[] = [
  `CREATE TABLE trace_names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
   CREATE TABLE trace_requests (
     sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, at_ms INTEGER NOT NULL, operation INTEGER NOT NULL, door INTEGER NOT NULL, asked INTEGER NOT NULL, target INTEGER NOT NULL, provider INTEGER NOT NULL, key INTEGER NOT NULL,
     team INTEGER NOT NULL, user INTEGER NOT NULL, run INTEGER NOT NULL, stage INTEGER NOT NULL, agent INTEGER, round INTEGER,
     stream INTEGER NOT NULL, outcome INTEGER NOT NULL, error INTEGER NOT NULL, attempts INTEGER NOT NULL,
     input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL,
     cache_write_tokens INTEGER NOT NULL, reasoning_tokens INTEGER NOT NULL, cost_nano INTEGER NOT NULL,
     latency_us INTEGER NOT NULL, first_us INTEGER, upstream_us INTEGER NOT NULL, finish INTEGER NOT NULL,
     cache INTEGER NOT NULL, guardrails TEXT, steps TEXT, tries TEXT, trace TEXT
   ) STRICT;
   CREATE INDEX trace_requests_by_id ON trace_requests (id);
   CREATE INDEX trace_requests_by_run ON trace_requests (run, sequence) WHERE run <> 0;
   ${usageTable('trace_usage_hours')}
   ${usageTable('trace_usage_days')}
   CREATE TABLE trace_counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

   CREATE TABLE IF NOT EXISTS requests (
     sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, run TEXT,
     stage TEXT NOT NULL, agent INTEGER, round INTEGER, outcome TEXT NOT NULL, error_code TEXT, attempts INTEGER NOT NULL,
     input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost_nano INTEGER NOT NULL, latency_ms REAL NOT NULL
   ) STRICT;
   CREATE TABLE IF NOT EXISTS request_totals (
     run TEXT NOT NULL, stage TEXT NOT NULL, target TEXT NOT NULL, calls INTEGER NOT NULL, cassette_hits INTEGER NOT NULL,
     failures INTEGER NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost_nano INTEGER NOT NULL,
     PRIMARY KEY (run, stage, target)
   ) STRICT, WITHOUT ROWID;
   INSERT OR IGNORE INTO trace_names (name)
     SELECT target FROM requests UNION SELECT stage FROM requests UNION
     SELECT outcome FROM requests UNION SELECT 'in-process' UNION SELECT 'generate' UNION SELECT 'tool' UNION
     SELECT run FROM requests WHERE run IS NOT NULL UNION SELECT error_code FROM requests WHERE error_code IS NOT NULL UNION
     SELECT substr(target, 1, instr(target, '/') - 1) FROM requests WHERE instr(target, '/') > 1 UNION
     SELECT target FROM request_totals UNION SELECT stage FROM request_totals UNION SELECT run FROM request_totals WHERE run <> '' UNION
     SELECT substr(target, 1, instr(target, '/') - 1) FROM request_totals WHERE instr(target, '/') > 1 UNION
     SELECT 'ok' UNION SELECT 'failed' UNION SELECT 'cassette';
   INSERT INTO trace_requests
     SELECT max(cast((julianday(at) - 2440587.5) * 86400000 AS INTEGER) * ${SEQUENCES_PER_MS} - place) OVER (ORDER BY place) + place,
       id, cast((julianday(at) - 2440587.5) * 86400000 + 0.5 AS INTEGER), ${number("CASE kind WHEN 'tool' THEN 'tool' ELSE 'generate' END")},
       ${number("'in-process'")}, ${number('target')}, ${number('target')}, ${number(PROVIDER)}, 0,
       0, 0, ${number('run')}, ${number('stage')}, agent, round, 0, ${number('outcome')}, ${number('error_code')}, attempts,
       input_tokens, output_tokens, 0, 0, 0, cost_nano, cast(latency_ms * 1000 AS INTEGER), NULL, 0, 0, 0, NULL, NULL, NULL, NULL
     FROM (SELECT *, row_number() OVER (ORDER BY sequence) AS place FROM requests);
   INSERT INTO trace_counts SELECT 'requests', count(*) FROM trace_requests;
   INSERT INTO trace_usage_days (bucket_ms, team, user, key, model, provider, run, stage, outcome, calls, failures, cache_hits,
       input_tokens, output_tokens, cached_tokens, cache_write_tokens, reasoning_tokens, cost_nano, latency_us)
     SELECT 0, 0, 0, 0, ${number('target')}, ${number(PROVIDER)}, ${number('run')}, ${number('stage')},
       ${number("'ok'")}, calls, failures, cassette_hits, input_tokens, output_tokens, 0, 0, 0, cost_nano, 0
     FROM request_totals;
   DROP TABLE requests;
   DROP TABLE request_totals`,
];

export function openTraceTables(path: string): Database {
  const database = openDatabase(path, { room: 'gateway-trace', migrations: MIGRATIONS });
  // Without waiting for the disk: a row that a power cut takes away is an observation, not money.
  database.exec('PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000');
  return database;
}
