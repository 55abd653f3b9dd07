// Reading the request log: pages by key, newest first, and a walk from the oldest for exports. One look goes through a
// bounded number of rows, so a filter that fits almost nothing cannot hold the process up; it begins where the usage says
// that such a call has been.
import { z } from 'zod';
import { HOUR_MS, ShoalError } from '#foundation';
import type { Database } from '#store';
import type { RequestFilter, RequestPage, RequestRecord } from '../contract.ts';
import { conditionsOf } from './conditions.ts';
import type { Conditions } from './conditions.ts';
import type { Names } from './names.ts';
import { newestUse } from './newest-use.ts';
import { RequestRow, toRecord } from './request-rows.ts';
import { SEQUENCES_PER_MS } from './tables.ts';

export interface FindRequests {
  page(filter: RequestFilter, page: { readonly before?: string | undefined; readonly limit: number }): RequestPage;
  row(id: string): RequestRow | undefined;
  /** Oldest first. */
  walk(filter: RequestFilter): Iterable<RequestRecord>;
}

/** Rows that one page goes through at most, in steps: most pages are full after the first. */
const PAGE_STEPS = [2_000, 18_000, 80_000];
/** Rows that an export goes through at a time, and takes at a time. */
const SCAN_ROWS = 100_000;
const WALK_ROWS = 500;
/** A call is written after it began, but not later than this. */
const LONGEST_CALL_MS = 2 * HOUR_MS;

export function createFindRequests(database: Database, names: Names): FindRequests {
  const scanEnd = {
    down: database.prepare('SELECT sequence FROM trace_requests WHERE sequence < ? ORDER BY sequence DESC LIMIT 1 OFFSET ?'),
    up: database.prepare('SELECT sequence FROM trace_requests WHERE sequence > ? ORDER BY sequence LIMIT 1 OFFSET ?'),
  };
  const byId = database.prepare('SELECT * FROM trace_requests WHERE id = ? ORDER BY sequence DESC LIMIT 1');
  const scanEndOfRun = database.prepare(
    'SELECT sequence FROM trace_requests WHERE run = ? AND run <> 0 AND sequence < ? ORDER BY sequence DESC LIMIT 1 OFFSET ?',
  );
  const oldest = database.prepare('SELECT min(sequence) AS sequence FROM trace_requests');
  const look = (way: 'down' | 'up', { where, values }: Conditions, from: number, end: number | undefined, limit: number) => {
    const [past, bound, order] = way === 'down' ? ['<', '>=', 'DESC'] : ['>', '<=', 'ASC'];
    const found = database
      .prepare(
        `SELECT * FROM trace_requests WHERE sequence ${past} ? AND ${end === undefined ? 'TRUE' : `sequence ${bound} ?`}
           AND ${where} ORDER BY sequence ${order} LIMIT ?`,
      )
      .all(from, ...(end === undefined ? [] : [end]), ...values, limit);
    return z.array(RequestRow).parse(found);
  };

  return {
    page: (filter, { before, limit }) => {
      const conditions = conditionsIn(filter, names);
      const latest = Math.min(before === undefined ? Number.MAX_SAFE_INTEGER : sequenceOf(before), newestOf(filter));
      const oldestRow = sequenceIn(oldest.get());
      if (oldestRow === undefined) return { requests: [], next: undefined };
      const usedMs = newestUse(database, names, filter, msOf(latest), msOf(oldestRow));
      if (usedMs === undefined || usedMs <= (filter.sinceMs ?? 0)) return { requests: [], next: undefined };
      const from = Math.min(latest, (usedMs + LONGEST_CALL_MS) * SEQUENCES_PER_MS);
      // A run has an index of its own.
      const run = numberOfRun(filter, names);
      const endOf = (start: number, count: number): number | undefined =>
        sequenceIn(run === undefined ? scanEnd.down.get(start, count) : scanEndOfRun.get(run, start, count));
      const rows: RequestRow[] = [];
      let next: number | undefined = from;
      for (const step of PAGE_STEPS) {
        const end = endOf(next, step);
        rows.push(...look('down', conditions, next, end, limit - rows.length));
        next = rows.length === limit ? rows.at(-1)?.sequence : end;
        if (rows.length === limit || next === undefined) break;
      }
      return { requests: rows.map((row) => toRecord(row, names)), next: next === undefined ? undefined : next.toString(36) };
    },
    row: (id) => {
      const found = byId.get(id);
      return found === undefined ? undefined : RequestRow.parse(found);
    },
    *walk(filter) {
      const conditions = conditionsIn(filter, names);
      let from = filter.sinceMs === undefined ? -1 : Math.floor(filter.sinceMs) * SEQUENCES_PER_MS - 1;
      for (;;) {
        const end = sequenceIn(scanEnd.up.get(from, SCAN_ROWS));
        const rows = look('up', conditions, from, end, WALK_ROWS);
        for (const row of rows) yield toRecord(row, names);
        const last = rows.length === WALK_ROWS ? rows.at(-1)?.sequence : end;
        if (last === undefined) return;
        from = last;
      }
    },
  };
}

function sequenceIn(row: Record<string, unknown> | undefined): number | undefined {
  const sequence = row?.['sequence'];
  return typeof sequence === 'number' ? sequence : undefined;
}

const msOf = (sequence: number): number => Math.floor(sequence / SEQUENCES_PER_MS);

/** Undefined where no run is asked for, or calls of none. */
function numberOfRun({ runId }: RequestFilter, names: Names): number | undefined {
  return runId === undefined || runId === '' ? undefined : (names.find(runId) ?? -1);
}

function newestOf({ untilMs }: RequestFilter): number {
  return untilMs === undefined ? Number.MAX_SAFE_INTEGER : (Math.floor(untilMs) + LONGEST_CALL_MS) * SEQUENCES_PER_MS;
}

function conditionsIn(filter: RequestFilter, names: Names): Conditions {
  const { runId, team, user, key, model, provider, stage, outcome, errorCode, door, agent, sinceMs, untilMs } = filter;
  const { where, values } = conditionsOf(
    names,
    { run: runId, team, user, key, target: model, provider, stage, outcome, error: errorCode, door },
    {
      'agent = ?': agent,
      // A row is written after its call began: this ends the walk down the keys.
      'sequence >= ?': sinceMs === undefined ? undefined : Math.floor(sinceMs) * SEQUENCES_PER_MS,
      'at_ms >= ?': sinceMs,
      'at_ms < ?': untilMs,
    },
  );
  // The index of runs leaves out calls of none, and is used only where that is said.
  return { where: numberOfRun(filter, names) === undefined ? where : `${where} AND run <> 0`, values };
}

function sequenceOf(cursor: string): number {
  const sequence = Number.parseInt(cursor, 36);
  if (Number.isSafeInteger(sequence) && sequence.toString(36) === cursor) return sequence;
  throw new ShoalError('invalid_input', `“${cursor.slice(0, 40)}” is no place in the request log.`, {
    hint: 'Give `before` the `next` of the page before, unchanged.',
  });
}
