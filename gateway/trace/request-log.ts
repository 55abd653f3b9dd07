// The request log: written behind in batches, no bodies, no secrets. Every model call is counted in `request_totals` by
// run, stage and model; a tool call costs nothing and only gets a row. A row of its own goes to every call of a provider or a tool, every cassette hit and every
// failure; embedded calls that succeed are only counted, since a run makes them by the hundred thousand and each is
// reproducible from the record. Reading writes what is buffered first, so a reader always sees its own calls.
import { z } from 'zod';
import { STAGES } from '#foundation';
import type { Database } from '#store';
import type { CostRow, RequestRecord } from '../contract.ts';
import { inTransaction } from '../tables.ts';

export interface RequestLog {
  add(record: RequestRecord, countOnly: boolean): void;
  requests(query: { readonly runId?: string; readonly limit?: number }): readonly RequestRecord[];
  costs(query: { readonly runId?: string }): readonly CostRow[];
  flush(): void;
  close(): void;
}

const FLUSH_MS = 250;
const FLUSH_ROWS = 500;
/** Rows that may wait while the file cannot be written. */
const MOST_ROWS = 50_000;

const RequestRow = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum(['model', 'tool']),
  target: z.string(),
  run: z.string().nullable(),
  stage: z.enum(STAGES),
  agent: z.number().nullable(),
  round: z.number().nullable(),
  outcome: z.enum(['ok', 'cassette', 'denied', 'failed', 'cancelled']),
  error_code: z.string().nullable(),
  attempts: z.number(),
  input_tokens: z.number(),
  output_tokens: z.number(),
  cost_nano: z.number(),
  latency_ms: z.number(),
});
const TotalRow = z.object({
  run: z.string(),
  stage: z.enum(STAGES),
  target: z.string(),
  calls: z.number(),
  cassette_hits: z.number(),
  failures: z.number(),
  input_tokens: z.number(),
  output_tokens: z.number(),
  cost_nano: z.number(),
});

interface Total {
  readonly record: RequestRecord;
  calls: number;
  cassetteHits: number;
  failures: number;
  inputTokens: number;
  outputTokens: number;
  costNanoUsd: number;
}

/** Takes the connection over: it is closed with the log. */
export function createRequestLog(database: Database): RequestLog {
  // Without waiting for the disk: a row that a power cut takes away is an observation, not money.
  database.exec('PRAGMA synchronous = NORMAL');
  const insert = database.prepare(
    `INSERT INTO requests (id, at, kind, target, run, stage, agent, round, outcome, error_code, attempts,
       input_tokens, output_tokens, cost_nano, latency_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addTotal = database.prepare(
    `INSERT INTO request_totals VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run, stage, target) DO UPDATE SET
       calls = calls + excluded.calls, cassette_hits = cassette_hits + excluded.cassette_hits,
       failures = failures + excluded.failures, input_tokens = input_tokens + excluded.input_tokens,
       output_tokens = output_tokens + excluded.output_tokens, cost_nano = cost_nano + excluded.cost_nano`,
  );
  let rows: RequestRecord[] = [];
  let totals = new Map<string, Total>();
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (totals.size === 0 && rows.length === 0) return;
    inTransaction(database, () => {
      for (const row of rows) insert.run(...columnsOf(row));
      for (const { record, calls, cassetteHits, failures, inputTokens, outputTokens, costNanoUsd } of totals.values()) {
        const { runId = '', stage, target } = record;
        addTotal.run(runId, stage, target, calls, cassetteHits, failures, inputTokens, outputTokens, costNanoUsd);
      }
    });
    rows = [];
    totals = new Map();
  };

  const writeBehind = (): void => {
    try {
      flush();
    } catch {
      // The rows wait; whoever reads or closes the log, or fills it up, is told why.
      timer = setTimeout(writeBehind, FLUSH_MS).unref();
    }
  };

  return {
    add: (record, countOnly) => {
      if (record.kind === 'model') count(totals, record);
      if (!countOnly) rows.push(record);
      if (rows.length >= MOST_ROWS) flush();
      else if (rows.length > 0 && rows.length % FLUSH_ROWS === 0) writeBehind();
      else timer ??= setTimeout(writeBehind, FLUSH_MS).unref();
    },
    requests: ({ runId, limit = 100 }) => {
      flush();
      const found =
        runId === undefined
          ? database.prepare('SELECT * FROM requests ORDER BY sequence DESC LIMIT ?').all(limit)
          : database.prepare('SELECT * FROM requests WHERE run = ? ORDER BY sequence DESC LIMIT ?').all(runId, limit);
      return z.array(RequestRow).parse(found).map(toRecord);
    },
    costs: ({ runId }) => {
      flush();
      const order = 'ORDER BY run, stage, target';
      const found =
        runId === undefined
          ? database.prepare(`SELECT * FROM request_totals ${order}`).all()
          : database.prepare(`SELECT * FROM request_totals WHERE run = ? ${order}`).all(runId);
      return z.array(TotalRow).parse(found).map(toCostRow);
    },
    flush,
    close: () => {
      flush();
      database.close();
    },
  };
}

function count(totals: Map<string, Total>, record: RequestRecord): void {
  const key = `${record.runId ?? ''}\n${record.stage}\n${record.target}`;
  let total = totals.get(key);
  if (total === undefined) {
    total = { record, calls: 0, cassetteHits: 0, failures: 0, inputTokens: 0, outputTokens: 0, costNanoUsd: 0 };
    totals.set(key, total);
  }
  total.calls += 1;
  total.cassetteHits += record.outcome === 'cassette' ? 1 : 0;
  total.failures += record.outcome === 'ok' || record.outcome === 'cassette' ? 0 : 1;
  total.inputTokens += record.inputTokens;
  total.outputTokens += record.outputTokens;
  total.costNanoUsd += record.costNanoUsd;
}

function columnsOf(row: RequestRecord): (string | number | null)[] {
  return [
    row.id,
    row.at,
    row.kind,
    row.target,
    row.runId ?? null,
    row.stage,
    row.agent ?? null,
    row.round ?? null,
    row.outcome,
    row.errorCode ?? null,
    row.attempts,
    row.inputTokens,
    row.outputTokens,
    row.costNanoUsd,
    row.latencyMs,
  ];
}

function toRecord(row: z.infer<typeof RequestRow>): RequestRecord {
  return {
    id: row.id,
    at: row.at,
    kind: row.kind,
    target: row.target,
    runId: row.run ?? undefined,
    stage: row.stage,
    agent: row.agent ?? undefined,
    round: row.round ?? undefined,
    outcome: row.outcome,
    errorCode: row.error_code ?? undefined,
    attempts: row.attempts,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    costNanoUsd: row.cost_nano,
    latencyMs: row.latency_ms,
  };
}

function toCostRow(row: z.infer<typeof TotalRow>): CostRow {
  return {
    model: row.target,
    runId: row.run === '' ? undefined : row.run,
    stage: row.stage,
    calls: row.calls,
    cassetteHits: row.cassette_hits,
    failures: row.failures,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    costNanoUsd: row.cost_nano,
  };
}
