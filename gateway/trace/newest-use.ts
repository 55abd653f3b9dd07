// Where in the request log the newest call of a kind can lie, by the usage: so a search for what is rare or long ago begins
// there, instead of going through all that came since. Usage counts every call of the log, by the hour or the day in which
// it began.
import { DAY_MS, HOUR_MS } from '#foundation';
import type { Database } from '#store';
import type { RequestFilter } from '../contract.ts';
import { conditionsOf } from './conditions.ts';
import type { Names } from './names.ts';

const TABLES = [
  { name: 'trace_usage_hours', lengthMs: HOUR_MS },
  { name: 'trace_usage_days', lengthMs: DAY_MS },
] as const;

/**
 * The end of the newest hour or day, begun at or before `beforeMs`, with a call that fits; milliseconds since 1970.
 * Undefined where there is none; Infinity where the usage cannot tell: the filter names nothing that it is kept by, or the
 * log goes back further (`oldestRowMs`) than it does.
 */
export function newestUse(
  database: Database,
  names: Names,
  filter: RequestFilter,
  beforeMs: number,
  oldestRowMs: number,
): number | undefined {
  const { runId, team, key, model, provider, stage, outcome } = filter;
  // Not by users: those that are too many share their rows.
  const { where, values } = conditionsOf(names, { run: runId, team, key, model, provider, stage, outcome }, {});
  if (values.length === 0) return Infinity;
  const ends = TABLES.flatMap(({ name, lengthMs }) => {
    // Bucket 0 is what an older version had counted, without saying when.
    const newest = database
      .prepare(
        `SELECT bucket_ms FROM ${name} WHERE bucket_ms > 0 AND bucket_ms <= ? AND ${where} ORDER BY bucket_ms DESC LIMIT 1`,
      )
      .get(beforeMs, ...values);
    return newest === undefined ? [] : [Number(newest['bucket_ms']) + lengthMs];
  });
  if (ends.length > 0) return Math.max(...ends);
  const oldest = TABLES.map(({ name }) =>
    Number(database.prepare(`SELECT min(bucket_ms) AS ms FROM ${name} WHERE bucket_ms > 0`).get()?.['ms'] ?? Infinity),
  );
  return Math.min(...oldest) <= oldestRowMs ? undefined : Infinity;
}
