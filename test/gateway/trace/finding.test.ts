// Reading the log: filters, pages, one request with its spans, and what older versions wrote.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '#store';
import { createRequestLog } from '../../../gateway/trace/request-log.ts';
import { openTraceTables } from '../../../gateway/trace/tables.ts';
import { temporaryFolder, until } from '../open-gateway.ts';
import { FIRST_ATTEMPT } from '../../../gateway/chain.ts';
import type { AttemptRecord } from '../../../gateway/trace/entry.ts';
import { attempt, entry, openTraces, START } from './entries.ts';

describe('pages of requests', () => {
  it('hold every request once, newest first, whatever the page size', () => {
    const opened = openTraces();
    for (let place = 0; place < 1234; place++) opened.add(entry({ id: `a-${place}`, team: place % 3 === 0 ? 'blue' : 'red' }));
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = opened.traces.requests({ team: 'blue' }, { before, limit: 100 });
      seen.push(...page.requests.map((request) => request.id));
      before = page.next;
    } while (before !== undefined);
    expect(seen).toEqual(Array.from({ length: 412 }, (_none, place) => `a-${1233 - 3 * place}`));
  });

  it('obey all conditions together', () => {
    const opened = openTraces({}, { now: () => START + 5000 });
    opened.add(
      entry({ id: 'one', runId: 'r', agent: 3, atMs: START + 1 }),
      entry({ id: 'two', runId: 'r', agent: 4, atMs: START + 2, outcome: 'failed', errorCode: 'model_timeout' }),
      entry({ id: 'three', key: undefined, door: 'anthropic-messages', atMs: START + 3 }),
      entry({ id: 'four', target: 'anthropic/claude', provider: 'anthropic', stage: 'chat', atMs: START + 4 }),
    );
    const ids = (filter: Parameters<typeof opened.traces.requests>[0]): string[] =>
      opened.traces.requests(filter, { limit: 10 }).requests.map(({ id }) => id);
    expect(ids({})).toEqual(['four', 'three', 'two', 'one']);
    expect(ids({ runId: 'r' })).toEqual(['two', 'one']);
    expect(ids({ runId: 'r', agent: 4 })).toEqual(['two']);
    expect(ids({ errorCode: 'model_timeout', outcome: 'failed' })).toEqual(['two']);
    expect(ids({ door: 'anthropic-messages' })).toEqual(['three']);
    expect(ids({ key: '' })).toEqual(['three']);
    expect(ids({ model: 'anthropic/claude', provider: 'anthropic', stage: 'chat', user: 'ann' })).toEqual(['four']);
    expect(ids({ sinceMs: START + 2, untilMs: START + 4 })).toEqual(['three', 'two']);
    expect(ids({ team: 'nobody' })).toEqual([]);
  });

  it('refuse a place that is none', () => {
    const opened = openTraces();
    expect(() => opened.traces.requests({}, { before: '1 OR 1', limit: 1 })).toThrow(/no place in the request log/);
  });
});

describe('one request', () => {
  it('comes back as it was, with a span of its own and one for each attempt', () => {
    const opened = openTraces();
    const steps = { cache: 0.012, budget: 0.34 };
    opened.add(
      entry({
        id: 'x',
        stream: true,
        firstOutputMs: 80.5,
        attempts: 2,
        guardrailsRedacted: 2,
        steps,
        started: 1000,
        tries: [
          attempt({ model: 'anthropic/claude', startedAt: 1001, endedAt: 1011, errorCode: 'model_rate_limited' }),
          attempt({ model: 'openai/gpt-5', startedAt: 1020, endedAt: 1249.5 }),
        ],
      }),
    );
    const detail = opened.traces.request('x');
    expect(detail?.request).toMatchObject({
      at: new Date(START).toISOString(),
      asked: 'openai/gpt-5',
      firstOutputMs: 80.5,
      guardrails: { observed: 0, redacted: 2, blocked: 0 },
      stream: true,
      cache: 'miss',
      finishReason: 'stop',
      key: 'key_1',
    });
    expect(detail?.steps).toEqual(steps);
    expect(
      detail?.spans.map(({ name, kind, startMs, durationMs, errorType }) => [name, kind, startMs, durationMs, errorType]),
    ).toEqual([
      ['chat gpt-5', 'server', 0, 250, undefined],
      ['chat claude', 'client', 1, 10, 'provider_model_rate_limited'],
      ['chat gpt-5', 'client', 20, 229.5, undefined],
    ]);
    expect(detail?.spans[2]?.attributes['server.address']).toBe('api.openai.example');
    expect(opened.traces.request('y')).toBeUndefined();
  });

  it('says why each attempt was made, what came of it, and by which key', () => {
    const opened = openTraces();
    const course = {
      cause: FIRST_ATTEMPT,
      forced: false,
      breaker: 'closed',
      outcome: 'failed',
      failure: 'rate-limit',
      retryAfterMs: 2000,
      opened: false,
    } as const;
    const answered = { ...course, outcome: 'ok', failure: undefined, retryAfterMs: undefined } as const;
    const causes: readonly AttemptRecord[] = [
      attempt({ keyName: 'KEY_ONE', errorCode: 'model_rate_limited', course }),
      attempt({
        keyName: 'KEY_TWO',
        errorCode: 'model_unavailable',
        course: {
          ...course,
          cause: { why: 'retry', failure: 'rate-limit', waitedMs: 2000, told: true, rule: undefined },
          breaker: 'half-open',
          failure: 'outage',
          retryAfterMs: undefined,
          opened: true,
        },
      }),
      attempt({
        model: 'anthropic/claude',
        course: {
          ...answered,
          cause: { why: 'fallback', failure: 'outage', waitedMs: 0, told: false, rule: 'fast: outage' },
          forced: true,
          outcome: 'lost',
        },
      }),
      attempt({
        model: 'gemini/flash',
        course: { ...answered, cause: { why: 'hedge', failure: undefined, waitedMs: 150, told: false, rule: undefined } },
      }),
    ];
    opened.add(entry({ id: 'x', tries: causes }), entry({ id: 'y', tries: [attempt({ keyName: 'KEY_ONE' })] }));
    const attributes =
      opened.traces
        .request('x')
        ?.spans.slice(1)
        .map((span) => span.attributes) ?? [];
    expect(attributes.map((one) => [one['shoal.attempt.key'], one['shoal.attempt.course']])).toEqual([
      ['KEY_ONE', 'first; it failed: rate-limit, come back in 2.0 s'],
      [
        'KEY_TWO',
        'retry of rate-limit after 2.0 s, as it was asked to wait (a probe of a half-open breaker); it failed: outage, its breaker opened',
      ],
      [undefined, 'fallback by the rule fast: outage after outage (nothing better was ready); another attempt was faster'],
      [undefined, 'hedge: the other attempt had said nothing for 150 ms; it answered'],
    ]);
    expect(attributes[1]).toMatchObject({
      'shoal.attempt.why': 'retry',
      'shoal.attempt.after': 'rate-limit',
      'shoal.attempt.waited_ms': 2000,
      'shoal.attempt.breaker': 'half-open',
      'shoal.attempt.failure': 'outage',
    });
    // The usual call has only its key to tell.
    expect(opened.traces.request('y')?.spans[1]?.attributes).toMatchObject({ 'shoal.attempt.key': 'KEY_ONE' });
    expect(opened.traces.request('y')?.spans[1]?.attributes).not.toHaveProperty('shoal.attempt.why');
  });

  it('tells a single good attempt from none', () => {
    const opened = openTraces();
    const tries = [attempt({ model: 'openai/gpt-5', startedAt: 5.25, endedAt: 9 })];
    opened.add(entry({ id: 'one', tries, started: 5 }), entry({ id: 'none', cache: 'hit-exact', tries: undefined }));
    expect(opened.traces.request('one')?.spans[1]).toMatchObject({ startMs: 0.25, durationMs: 3.75 });
    expect(opened.traces.request('none')?.spans).toHaveLength(1);
  });
});

describe('usage', () => {
  it('does not grow with users that callers make up, and loses no call', () => {
    const opened = openTraces();
    for (let place = 0; place < 5000; place++) opened.add(entry({ id: `a-${place}`, user: `user-${place}` }));
    const rows = opened.traces.usage({ by: ['user'] });
    expect(rows).toHaveLength(2001);
    expect(rows.find(({ group }) => group.user === '(other)')?.calls).toBe(3000);
    // The log itself still knows.
    expect(opened.traces.requests({ user: 'user-4999' }, { limit: 5 }).requests).toHaveLength(1);
  });
});

describe('the file', () => {
  it('takes over what an older version had logged and counted', () => {
    const path = join(temporaryFolder(), 'catalog.sqlite');
    const old = openDatabase(path, {
      room: 'gateway',
      migrations: [
        `CREATE TABLE requests (
           sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, run TEXT,
           stage TEXT NOT NULL, agent INTEGER, round INTEGER, outcome TEXT NOT NULL, error_code TEXT, attempts INTEGER NOT NULL,
           input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost_nano INTEGER NOT NULL, latency_ms REAL NOT NULL
         ) STRICT;
         CREATE TABLE request_totals (
           run TEXT NOT NULL, stage TEXT NOT NULL, target TEXT NOT NULL, calls INTEGER NOT NULL, cassette_hits INTEGER NOT NULL,
           failures INTEGER NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost_nano INTEGER NOT NULL,
           PRIMARY KEY (run, stage, target)
         ) STRICT, WITHOUT ROWID;
         INSERT INTO requests (id, at, kind, target, run, stage, agent, round, outcome, error_code, attempts, input_tokens,
           output_tokens, cost_nano, latency_ms) VALUES
           ('a', '2026-02-01T10:00:00.250Z', 'model', 'openai/gpt-5', 'r', 'agents', 3, 5, 'ok', NULL, 1, 10, 20, 30, 1.5),
           ('b', '2026-02-01T10:00:00.250Z', 'tool', 'search', NULL, 'chat', NULL, NULL, 'failed', 'tool_failed', 3, 0, 0, 0, 9);
         INSERT INTO request_totals VALUES ('r', 'agents', 'openai/gpt-5', 7, 2, 1, 70, 140, 210), ('', 'chat', 'embedded/rules-1', 4, 0, 0, 1, 2, 0)`,
      ],
    });
    old.close();
    const opened = openTraces({}, { databasePath: path });
    expect(opened.requests({})).toMatchObject([
      { id: 'b', kind: 'tool', target: 'search', outcome: 'failed', errorCode: 'tool_failed', latencyMs: 9 },
      {
        id: 'a',
        at: '2026-02-01T10:00:00.250Z',
        kind: 'model',
        provider: 'openai',
        runId: 'r',
        agent: 3,
        round: 5,
        costNanoUsd: 30,
      },
    ]);
    opened.add(entry({ runId: 'r', stage: 'agents', costNanoUsd: 5, inputTokens: 1, outputTokens: 1 }));
    expect(opened.costs({ runId: 'r' })).toMatchObject([
      { model: 'openai/gpt-5', calls: 8, cassetteHits: 2, failures: 1, inputTokens: 71, costNanoUsd: 215 },
    ]);
    expect(opened.costs({})).toHaveLength(2);
  });

  it('is waited for while another process writes, and nobody is held up', async () => {
    const path = join(temporaryFolder(), 'catalog.sqlite');
    const log = createRequestLog(openTraceTables(path), () => START);
    const other = new DatabaseSync(path);
    try {
      other.exec('BEGIN IMMEDIATE');
      const began = performance.now();
      for (let place = 0; place < 1200; place++) log.add(entry({ id: `a-${place}` }), false);
      // Several attempts to write fall into this time.
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(performance.now() - began).toBeLessThan(2000);
      other.exec('COMMIT');
      const count = (): unknown => other.prepare('SELECT count(*) AS n FROM trace_requests').get()?.['n'];
      await until(() => count() === 1200);
      expect(log.dropped).toBe(0);
    } finally {
      other.close();
      log.close();
    }
  });

  it('keeps counting when rows can no longer wait', () => {
    const path = join(temporaryFolder(), 'catalog.sqlite');
    const log = createRequestLog(openTraceTables(path), () => START);
    const other = new DatabaseSync(path);
    try {
      other.exec('BEGIN IMMEDIATE');
      for (let place = 0; place < 50_010; place++) log.add(entry({ id: `a-${place}` }), false);
      other.exec('COMMIT');
      expect(log.dropped).toBe(10);
      log.flush();
      expect(other.prepare('SELECT sum(calls) AS n FROM trace_usage_hours').get()?.['n']).toBe(50_010);
      expect(other.prepare('SELECT count(*) AS n FROM trace_requests').get()?.['n']).toBe(50_000);
    } finally {
      other.close();
      log.close();
    }
  });
});
