// The trace put together: where finished calls go (log, usage, metrics, spans, bodies), and what can be asked of them.
import { DAY_MS, MINUTE_MS } from '#foundation';
import type { Call, TraceContext } from '../chain.ts';
import type { CostRow, RequestRecord, Traces } from '../contract.ts';
import type { Redact } from '../policy/secrets.ts';
import { createBodies } from './bodies.ts';
import type { Bodies } from './bodies.ts';
import { recordOf } from './entry.ts';
import type { Entry } from './entry.ts';
import { csvOf, flatRequests, flatUsage, jsonOf, REQUEST_COLUMNS, usageColumns } from './export.ts';
import { createFindRequests } from './find-requests.ts';
import { createMetrics } from './metrics.ts';
import type { Readings } from './metrics.ts';
import type { OtlpTrace } from './otlp.ts';
import { createOtlpExporter, otlpTarget } from './otlp-exporter.ts';
import type { OtlpExporter } from './otlp-exporter.ts';
import { createProcessReadings } from './process-readings.ts';
import { createRequestLog } from './request-log.ts';
import type { RequestLog } from './request-log.ts';
import { readSteps, readTries, toRecord } from './request-rows.ts';
import { createRetention, inSteps } from './retention.ts';
import type { TraceSettings } from './settings.ts';
import { spansOf } from './spans.ts';
import { openTraceTables } from './tables.ts';
import { createTraceContexts } from './trace-context.ts';
import type { TraceContexts } from './trace-context.ts';
import { costs, usage } from './usage.ts';

export interface TracesOptions {
  readonly databasePath: string;
  readonly settings: TraceSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly redact: Redact;
  readonly now: () => number;
  readonly version: string;
  /** Whether this is a model of the catalogue or a tool of ours, whose name may become a label of a metric. */
  readonly isKnown: (target: string) => boolean;
  /** Host of a provider, by its id. */
  readonly addressOf: (provider: string) => string | undefined;
  readonly readings: Readings;
}

/** The gateway's own handle; `traces` is what others see of it. */
export interface OwnedTraces {
  readonly traces: Traces;
  readonly log: RequestLog;
  readonly bodies: Bodies;
  readonly contexts: TraceContexts;
  /** For what is sent on behalf of a call; undefined where neither the caller nor a collector follows it. */
  traceparentOf(call: Call): string | undefined;
  requests(query: { readonly runId?: string; readonly limit?: number }): readonly RequestRecord[];
  costs(query: { readonly runId?: string }): readonly CostRow[];
  /** Writes and sends what waits; spans that a collector does not take in time are dropped. */
  close(): Promise<void>;
}

const SWEEP_MS = 10 * MINUTE_MS;
const FIRST_SWEEP_MS = 30_000;
/** How long a shutdown waits for the collector. */
const LAST_EXPORT_MS = 3000;
const STEP_BODIES = 100;

export function createTraces(options: TracesOptions): OwnedTraces {
  const { databasePath, settings, redact, now, readings, addressOf } = options;
  const store = createRequestLog(openTraceTables(databasePath), now);
  const { database, names } = store;
  const bodies = createBodies({ databasePath, settings: settings.bodies, redact, random: Math.random });
  const exporter = exporterOf(options);
  // Without a collector no trace is begun here, but one that a caller began is passed on.
  const contexts = createTraceContexts(exporter === undefined ? 0 : settings.otlp.sample, Math.random);
  const process = createProcessReadings();
  const metrics = createMetrics({
    isKnown: options.isKnown,
    process,
    readings: {
      ...readings,
      dropped: () => ({
        ...readings.dropped?.(),
        request_rows: store.dropped,
        bodies: bodies.dropped,
        spans: exporter?.dropped ?? 0,
      }),
    },
  });
  const find = createFindRequests(database, names);
  const retention = createRetention(store, settings, now);
  const stop = new AbortController();
  const forgetBodies = (beforeMs: number, signal: AbortSignal): Promise<number> =>
    inSteps(() => bodies.forget(beforeMs, STEP_BODIES), signal);
  const sweeping = sweepRegularly(async () => {
    await retention.sweep(stop.signal);
    await forgetBodies(now() - settings.bodies.days * DAY_MS, stop.signal);
  });

  const log: RequestLog = {
    begin: () => metrics.begin(),
    add: (entry, countOnly) => {
      store.add(entry, countOnly);
      metrics.end(entry);
      if (exporter === undefined || countOnly) return;
      const trace = entry.trace ?? contexts.fresh();
      if (trace.sampled) exporter.add(() => otlpTraceOf(entry, trace, contexts, addressOf));
    },
  };

  const traces: Traces = {
    requests: (filter, page) => {
      store.flush();
      return find.page(filter, page);
    },
    request: (id) => {
      store.flush();
      const row = find.row(id);
      if (row === undefined) return undefined;
      const request = toRecord(row, names);
      const steps = readSteps(row.steps, names);
      const spans = spansOf({ request, steps, tries: readTries(row.tries, request, names), addressOf });
      return { request, spans, steps, bodies: bodies.read(id) };
    },
    usage: (query) => {
      store.flush();
      return usage(database, names, query);
    },
    exportRequests: (filter, form) => {
      store.flush();
      const rows = find.walk(filter);
      return form === 'json' ? jsonOf(rows) : csvOf(REQUEST_COLUMNS, flatRequests(rows));
    },
    exportUsage: (query, form) => {
      store.flush();
      const rows = usage(database, names, query);
      return form === 'json' ? jsonOf(rows) : csvOf(usageColumns(query.by, query.quantiles ?? false), flatUsage(rows));
    },
    purge: async (what, beforeMs, signal = stop.signal) => {
      store.flush();
      await bodies.flush();
      const gone = await forgetBodies(beforeMs, signal);
      return what === 'bodies' ? gone : retention.purge(beforeMs, signal);
    },
    metrics: () => metrics.text(),
  };

  return {
    traces,
    log,
    bodies,
    contexts,
    traceparentOf: (call) =>
      exporter === undefined && call.tally.trace === undefined ? undefined : contexts.traceparentOf(call),
    requests: ({ runId, limit = 100 }) => traces.requests({ runId }, { limit }).requests,
    costs: ({ runId }) => {
      store.flush();
      return costs(database, names, runId);
    },
    close: async () => {
      stop.abort();
      await sweeping.stop();
      process.close();
      try {
        await exporter?.close(AbortSignal.timeout(LAST_EXPORT_MS));
        await bodies.close();
      } finally {
        store.close();
      }
    },
  };
}

function exporterOf({ settings, environment, version }: TracesOptions): OtlpExporter | undefined {
  const { endpoint, queue, batch, timeoutMs, serviceName } = settings.otlp;
  const target = otlpTarget(endpoint, environment);
  if (target === undefined) return undefined;
  const resource = { 'service.name': environment['OTEL_SERVICE_NAME'] || serviceName, 'service.version': version };
  return createOtlpExporter({ ...target, resource, version, queue, batch, timeoutMs });
}

function otlpTraceOf(
  entry: Entry,
  trace: TraceContext,
  contexts: TraceContexts,
  addressOf: TracesOptions['addressOf'],
): OtlpTrace {
  const { started, atMs } = entry;
  const tries = (entry.tries ?? []).map((attempt) => ({
    ...attempt,
    startedAt: attempt.startedAt - started,
    endedAt: attempt.endedAt - started,
  }));
  const spans = spansOf({ request: recordOf(entry), steps: entry.steps, tries, addressOf });
  const { traceId, spanId, parentSpanId } = trace;
  return { traceId, spanIds: [spanId, ...tries.map(() => contexts.newSpanId())], parentSpanId, atMs, spans };
}

function sweepRegularly(sweep: () => Promise<void>): { stop(): Promise<void> } {
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const run = (): void => {
    running = sweep()
      // What could not be swept now is swept next time; whoever reads the log is told what is wrong with the file.
      .catch(() => undefined)
      .finally(() => {
        running = undefined;
        if (timer !== undefined) timer = setTimeout(run, SWEEP_MS).unref();
      });
  };
  timer = setTimeout(run, FIRST_SWEEP_MS).unref();
  return {
    stop: async () => {
      clearTimeout(timer);
      timer = undefined;
      await running;
    },
  };
}
