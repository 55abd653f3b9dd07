// What the catalogue knows of budgets: their definitions, extensions, what is booked, what is leased, alerts. Every
// change of a definition takes the next number, by which other processes see that there is something to read again.
import { z } from 'zod';
import { HOUR_MS, ShoalError } from '#foundation';
import type { Database } from '#store';
import type { BudgetAlert, BudgetEdit, BudgetExtension, BudgetNode } from '../../contract.ts';
import { alertPeriodAt, bucketAt, countedFrom, formatWindow, NO_WINDOW, parseWindow, periodAt } from './window.ts';

/** A budget as it is defined, all defaults filled in. */
export interface Definition extends Required<BudgetNode> {
  /** When its window took effect, in ms; later for each change of it, so it tells windows apart. */
  readonly windowSince: number;
  readonly closed: boolean;
  /** Undefined = it is open. */
  readonly closedAtMs: number | undefined;
  /** Not yet over when read. */
  readonly extensions: readonly BudgetExtension[];
}

export interface Amounts {
  readonly nanoUsd: number;
  readonly tokens: number;
}

export interface Booked extends Amounts {
  /** Of the buckets that count, the oldest with spending in it. */
  readonly oldestBucket: number | undefined;
}

export interface BudgetCatalogue {
  /** Grows with every change of a definition, by any process. */
  changes(): number;
  read(id: string, now: number): Definition | undefined;
  all(now: number): readonly Definition[];
  open(now: number): readonly Definition[];
  changedSince(change: number, now: number): readonly Definition[];
  save(node: BudgetNode, now: number): void;
  edit(id: string, edit: BudgetEdit, now: number): void;
  /** Adds to the limits that it has; a closed one is open then. Throws `conflict` where there is none to add to. */
  raise(id: string, more: Amounts, now: number): void;
  close(id: string, now: number): void;
  /** Forgets those closed before then that have no children and no leases; returns how many went. */
  purge(closedBeforeMs: number): number;
  extend(id: string, extension: BudgetExtension): void;
  /** What counts now. */
  booked(node: Definition, now: number): Booked;
  /** Adds to one bucket. */
  spend(node: Definition, bucket: number, amounts: Amounts, now: number): void;
  /** What is leased from the present period, by all owners or by all but one. */
  leased(node: Definition, now: number, but?: string): Amounts;
  alerts(query: { readonly node?: string; readonly limit?: number }): readonly BudgetAlert[];
  alertsOfWindow(node: Definition, now: number): readonly BudgetAlert[];
  /** False where it had been written before. */
  alert(node: Definition, alert: BudgetAlert): boolean;
}

const Row = z.object({
  id: z.string(),
  parent: z.string().nullable(),
  limit_nano: z.number().nullable(),
  limit_tokens: z.number().nullable(),
  window: z.string(),
  window_since: z.number(),
  edge: z.enum(['hard', 'soft']),
  alert_percents: z.string(),
  closed_ms: z.number().nullable(),
});
const Sum = z.object({ nano: z.number(), tokens: z.number(), oldest: z.number().nullable().optional() });
const ExtensionRow = z.object({ nanoUsd: z.number(), tokens: z.number(), fromMs: z.number(), untilMs: z.number() });
const AlertRow = z.object({
  node: z.string(),
  measure: z.enum(['usd', 'tokens']),
  percent: z.number(),
  atMs: z.number(),
  spent: z.number(),
  limit: z.number(),
});
const Percents = z.array(z.int().min(1).max(1000)).max(20);

const DEFAULT_ALERT_PERCENTS: readonly number[] = [50, 80, 100];

export function createBudgetCatalogue(database: Database): BudgetCatalogue {
  const readOne = database.prepare('SELECT * FROM budgets WHERE id = ?');
  const readAll = database.prepare('SELECT * FROM budgets ORDER BY id');
  const readOpen = database.prepare('SELECT * FROM budgets WHERE closed_ms IS NULL ORDER BY id');
  const readChanged = database.prepare('SELECT * FROM budgets WHERE changed > ?');
  const readExtensions = database.prepare(
    `SELECT nano AS nanoUsd, tokens, from_ms AS fromMs, until_ms AS untilMs FROM budget_extensions
     WHERE node = ? AND until_ms > ? ORDER BY sequence`,
  );
  const readChanges = database.prepare('SELECT last FROM budget_changes');
  const nextChange = database.prepare('UPDATE budget_changes SET last = last + 1 RETURNING last');
  const write = database.prepare(
    `INSERT INTO budgets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)
     ON CONFLICT (id) DO UPDATE SET limit_nano = excluded.limit_nano, limit_tokens = excluded.limit_tokens,
       window = excluded.window, window_since = excluded.window_since, edge = excluded.edge,
       alert_percents = excluded.alert_percents, closed_ms = NULL, changed = excluded.changed`,
  );
  const sumBooked = database.prepare(
    `SELECT COALESCE(SUM(nano), 0) AS nano, COALESCE(SUM(tokens), 0) AS tokens, MIN(bucket) AS oldest
     FROM budget_spending WHERE node = ? AND bucket >= ?`,
  );
  const addSpent = database.prepare(
    `INSERT INTO budget_spending VALUES (?, ?, ?, ?)
     ON CONFLICT (node, bucket) DO UPDATE SET nano = nano + excluded.nano, tokens = tokens + excluded.tokens`,
  );
  const forget = database.prepare('DELETE FROM budget_spending WHERE node = ? AND bucket < ?');
  // Leases from a window that has been replaced count until they are gone: what they paid for is not known yet.
  const sumLeased = database.prepare(
    `SELECT COALESCE(SUM(nano), 0) AS nano, COALESCE(SUM(tokens), 0) AS tokens FROM budget_shares
     WHERE node = ? AND owner <> ? AND (period = ? OR window_since <> ?)`,
  );
  const readEnded = database.prepare(
    `SELECT id FROM budgets WHERE closed_ms < ? AND NOT EXISTS (SELECT 1 FROM budgets AS child WHERE child.parent = budgets.id)
       AND NOT EXISTS (SELECT 1 FROM budget_shares WHERE node = budgets.id)`,
  );
  const forgetAll = [
    'DELETE FROM budget_extensions WHERE node = ?',
    'DELETE FROM budget_alerts WHERE node = ?',
    'DELETE FROM budget_wants WHERE node = ?',
    'DELETE FROM budgets WHERE id = ?',
  ].map((sql) => database.prepare(sql));
  const alertColumns = 'node, measure, percent, at_ms AS atMs, spent, budget AS "limit"';
  const addAlert = database.prepare(
    `INSERT OR IGNORE INTO budget_alerts (node, window_since, period, measure, percent, at_ms, spent, budget)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const windowAlerts = database.prepare(
    `SELECT ${alertColumns} FROM budget_alerts WHERE node = ? AND window_since = ? AND period = ? ORDER BY sequence`,
  );
  const someAlerts = database.prepare(
    `SELECT ${alertColumns} FROM budget_alerts WHERE ?1 IS NULL OR node = ?1 ORDER BY sequence DESC LIMIT ?2`,
  );

  const definitionOf = (row: unknown, now: number): Definition => {
    const parsed = Row.parse(row);
    return {
      id: parsed.id,
      parent: parsed.parent ?? undefined,
      limitNanoUsd: parsed.limit_nano ?? undefined,
      limitTokens: parsed.limit_tokens ?? undefined,
      window: parsed.window === 'none' ? NO_WINDOW : parseWindow(parsed.window),
      windowSince: parsed.window_since,
      edge: parsed.edge,
      alertPercents: Percents.parse(JSON.parse(parsed.alert_percents)),
      closed: parsed.closed_ms !== null,
      closedAtMs: parsed.closed_ms ?? undefined,
      extensions: z.array(ExtensionRow).parse(readExtensions.all(parsed.id, now)),
    };
  };
  const read = (id: string, now: number): Definition | undefined => {
    const row = readOne.get(id);
    return row === undefined ? undefined : definitionOf(row, now);
  };
  const known = (id: string, now: number): Definition => {
    const node = read(id, now);
    if (node === undefined) throw unknownBudget(id);
    return node;
  };
  const touch = (): number => Number(nextChange.get()?.['last']);
  const booked = (node: Definition, now: number): Booked => {
    const { nano, tokens, oldest } = Sum.parse(sumBooked.get(node.id, countedFrom(node.window, now)));
    return { nanoUsd: nano, tokens, oldestBucket: oldest ?? undefined };
  };
  const put = (node: Required<BudgetNode>, before: Definition | undefined, now: number): void => {
    const window = formatWindow(node.window);
    const same = before === undefined || formatWindow(before.window) === window;
    let since = before?.windowSince ?? now;
    if (!same) {
      since = Math.max(now, since + 1);
      // What the old window counts, the new one counts as of now: never less than what it should.
      const carried = booked(before, now);
      forget.run(node.id, Number.MAX_SAFE_INTEGER);
      if (carried.nanoUsd + carried.tokens > 0) {
        addSpent.run(node.id, bucketAt(node.window, now).start, carried.nanoUsd, carried.tokens);
      }
    }
    const percents = JSON.stringify(node.alertPercents);
    const [nano, tokens] = [node.limitNanoUsd ?? null, node.limitTokens ?? null];
    write.run(node.id, node.parent ?? null, nano, tokens, window, since, node.edge, percents, touch());
  };

  return {
    changes: () => Number(readChanges.get()?.['last']),
    read,
    all: (now) => readAll.all().map((row) => definitionOf(row, now)),
    open: (now) => readOpen.all().map((row) => definitionOf(row, now)),
    changedSince: (change, now) => readChanged.all(change).map((row) => definitionOf(row, now)),
    save: (node, now) => {
      checkNode(node);
      if (node.parent !== undefined && read(node.parent, now) === undefined) {
        throw new ShoalError('not_found', `Budget ${node.id} needs ${node.parent}, which is not open.`);
      }
      const before = read(node.id, now);
      if (before !== undefined && before.parent !== node.parent) {
        throw new ShoalError('conflict', `Budget ${node.id} already stands under ${before.parent ?? 'nothing'}.`);
      }
      const { limitTokens, window = NO_WINDOW, edge = 'hard', alertPercents = DEFAULT_ALERT_PERCENTS } = { ...before, ...node };
      put({ ...node, limitTokens, window, edge, alertPercents }, before, now);
    },
    edit: (id, edit, now) => {
      const before = known(id, now);
      const after = { ...before, ...edit };
      checkNode(after);
      put(after, before, now);
    },
    raise: (id, { nanoUsd, tokens }, now) => {
      const before = known(id, now);
      const after = {
        ...before,
        limitNanoUsd: raised(before, 'limitNanoUsd', nanoUsd),
        limitTokens: raised(before, 'limitTokens', tokens),
      };
      checkNode(after);
      put(after, before, now);
    },
    close: (id, now) => {
      const at = Math.floor(now);
      database.prepare('UPDATE budgets SET closed_ms = COALESCE(closed_ms, ?), changed = ? WHERE id = ?').run(at, touch(), id);
    },
    purge: (closedBeforeMs) => {
      let gone = 0;
      // Children first: each turn takes the leaves of what is left.
      for (;;) {
        const ids = readEnded.all(closedBeforeMs).map((row) => String(row['id']));
        if (ids.length === 0) return gone;
        for (const id of ids) {
          forget.run(id, Number.MAX_SAFE_INTEGER);
          for (const remove of forgetAll) remove.run(id);
        }
        gone += ids.length;
      }
    },
    extend: (id, { nanoUsd, tokens, fromMs, untilMs }) => {
      database
        .prepare('INSERT INTO budget_extensions (node, nano, tokens, from_ms, until_ms) VALUES (?, ?, ?, ?, ?)')
        .run(id, nanoUsd, tokens, fromMs, untilMs);
      database.prepare('UPDATE budgets SET changed = ? WHERE id = ?').run(touch(), id);
    },
    booked,
    spend: (node, bucket, { nanoUsd, tokens }, now) => {
      addSpent.run(node.id, bucket, nanoUsd, tokens);
      // One length more than counts, should the clock be set back.
      if (node.window.kind === 'rolling') forget.run(node.id, countedFrom(node.window, now) - node.window.hours * HOUR_MS);
    },
    leased: (node, now, but = '') => {
      const { nano, tokens } = Sum.parse(sumLeased.get(node.id, but, periodAt(node.window, now), node.windowSince));
      return { nanoUsd: nano, tokens };
    },
    alerts: ({ node, limit = 100 }) => z.array(AlertRow).parse(someAlerts.all(node ?? null, limit)),
    alertsOfWindow: (node, now) =>
      z.array(AlertRow).parse(windowAlerts.all(node.id, node.windowSince, alertPeriodAt(node.window, now))),
    alert: (node, { measure, percent, atMs, spent, limit }) =>
      addAlert.run(node.id, node.windowSince, alertPeriodAt(node.window, atMs), measure, percent, atMs, spent, limit).changes ===
      1,
  };
}

/** Limit and extensions; undefined = none. */
export function limitsAt(node: Definition, now: number): { nanoUsd: number | undefined; tokens: number | undefined } {
  const more = { nanoUsd: 0, tokens: 0 };
  for (const extension of node.extensions) {
    if (extension.untilMs <= now) continue;
    more.nanoUsd += extension.nanoUsd;
    more.tokens += extension.tokens;
  }
  return {
    nanoUsd: node.limitNanoUsd === undefined ? undefined : node.limitNanoUsd + more.nanoUsd,
    tokens: node.limitTokens === undefined ? undefined : node.limitTokens + more.tokens,
  };
}

/** Infinity where nothing is refused: no limit, or a soft one. */
export function hardLimitsAt(node: Definition, now: number): Amounts {
  const { nanoUsd = Infinity, tokens = Infinity } = node.edge === 'hard' ? limitsAt(node, now) : {};
  return { nanoUsd, tokens };
}

function raised(node: Definition, limit: 'limitNanoUsd' | 'limitTokens', more: number): number | undefined {
  const present = node[limit];
  checkAmount(more);
  if (more === 0) return present;
  if (present !== undefined) return present + more;
  throw new ShoalError(
    'conflict',
    `The budget ${node.id} has no limit${limit === 'limitNanoUsd' ? '' : ' in tokens'} to add to.`,
    {
      hint: 'Set one first, or leave it as it is: nothing but its ancestors limits it.',
    },
  );
}

export function unknownBudget(id: string): ShoalError {
  return new ShoalError('not_found', `There is no budget called ${id}.`, { hint: 'Open the node before charging it.' });
}

/** Amounts come from arithmetic on prices: one that is not a whole number is a fault of ours, not of the caller. */
export function checkAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount < 0) {
    throw new ShoalError('internal', `An amount must be a whole number of nano-USD or tokens, not ${amount}.`);
  }
}

function checkNode({ id, limitNanoUsd = 0, limitTokens = 0, window, alertPercents }: BudgetNode): void {
  checkAmount(limitNanoUsd);
  checkAmount(limitTokens);
  if (window !== undefined) parseWindow(formatWindow(window));
  if (id === '' || id.length > 300 || (alertPercents !== undefined && !Percents.safeParse(alertPercents).success)) {
    throw new ShoalError('invalid_input', `The budget “${id.slice(0, 60)}” is not valid.`, {
      hint: 'Give it a name of up to 300 characters, and up to 20 alert thresholds from 1 to 1000 percent.',
    });
  }
}
