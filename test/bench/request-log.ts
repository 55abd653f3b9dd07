// What the request log costs and how fast it answers:
// `node test/bench/request-log.ts [--rows 10000000] [--usage-only]`.
// Synthetic traffic of 30 days goes through the log as calls do; then every kind of query is timed, and the metrics.
// `--usage-only` counts calls without a row of their own. Prints one table; CPU time is of the whole process, making
// the calls up subtracted.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DAY_MS } from '#foundation';
import { chain, FIRST_ATTEMPT, newTally } from '../../gateway/chain.ts';
import type { Call } from '../../gateway/chain.ts';
import { LOCAL_PRINCIPAL } from '../../gateway/policy/principal.ts';
import type { RequestFilter, RequestPage, UsageDimension } from '../../gateway/contract.ts';
import type { AttemptCourse, Entry } from '../../gateway/trace/entry.ts';
import { createFindRequests } from '../../gateway/trace/find-requests.ts';
import { createMetrics } from '../../gateway/trace/metrics.ts';
import { createProcessReadings } from '../../gateway/trace/process-readings.ts';
import { createRequestLog } from '../../gateway/trace/request-log.ts';
import { createRetention } from '../../gateway/trace/retention.ts';
import { TraceSettingsSchema } from '../../gateway/trace/settings.ts';
import { openTraceTables } from '../../gateway/trace/tables.ts';
import { timed, timedHandler } from '../../gateway/trace/timed.ts';
import { costs, usage } from '../../gateway/trace/usage.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, 'usage-only': { type: 'boolean', default: false } },
});
const USAGE_ONLY = values['usage-only'];
const ROWS = Number(values.rows);
const DAYS = 30;
const START = Date.UTC(2026, 0, 1);
const KEYS = 100;
const MODELS = ['openai/gpt-5', 'openai/gpt-5-mini', 'anthropic/claude-sonnet', 'gemini/flash', 'mistral/large', 'groq/llama'];
const FAILED: AttemptCourse = {
  cause: FIRST_ATTEMPT,
  forced: false,
  breaker: 'closed',
  outcome: 'failed',
  failure: 'outage',
  retryAfterMs: undefined,
  opened: false,
};
const STEPS = { authenticate: 0.004, limits: 0.006, guard: 0.02, cache: 0.01, budget: 0.011, route: 0.005, provider: 480.5 };

const passOn = (next: (call: Call) => Promise<number>) => (call: Call) => next(call);
const answerOne = async (): Promise<number> => 1;

/** A key belongs to a team and a user, is used in bursts, and talks to few models: as in life. */
function entryOf(place: number): Entry {
  const hash = Math.imul(place, 0x9e3779b1) >>> 0;
  const burst = Math.floor(place / 400);
  const key = (burst * 7 + (hash % 8)) % KEYS;
  const run = key % 3 === 0 ? `run-${key}-${Math.floor((place / ROWS) * DAYS)}` : undefined;
  const model = MODELS[(key + (hash % 16 === 0 ? 1 : 0)) % MODELS.length] ?? '';
  const failed = hash % 97 === 0;
  const latencyMs = 200 + (hash % 1800);
  return {
    id: `k3f9a2-${place.toString(36)}`,
    atMs: START + Math.floor((place / ROWS) * DAYS * DAY_MS),
    kind: 'model',
    operation: 'generate',
    door: run === undefined ? 'openai-chat' : 'in-process',
    asked: model,
    target: model,
    provider: model.slice(0, model.indexOf('/')),
    // One key was given up after the first hour.
    key: place < ROWS / (24 * DAYS) && key === 11 ? 'key_old' : `key_${key}`,
    team: `team-${key % 10}`,
    user: `user-${key % 50}`,
    runId: run,
    stage: run === undefined ? 'outside' : 'agents',
    agent: run === undefined ? undefined : hash % 5000,
    round: run === undefined ? undefined : hash % 24,
    stream: key % 2 === 0,
    outcome: failed ? 'failed' : 'ok',
    errorCode: failed ? 'model_unavailable' : undefined,
    attempts: failed ? 2 : 1,
    inputTokens: 200 + (hash % 4000),
    outputTokens: 10 + (hash % 700),
    cachedInputTokens: hash % 200,
    cacheWriteTokens: 0,
    reasoningTokens: hash % 50,
    costNanoUsd: 100_000 + (hash % 1_000_000),
    latencyMs,
    firstOutputMs: key % 2 === 0 ? latencyMs / 3 : undefined,
    upstreamMs: latencyMs - 0.1,
    finishReason: failed ? undefined : 'stop',
    cache: 'miss',
    guardrailsObserved: 0,
    guardrailsRedacted: 0,
    guardrailsBlocked: 0,
    tries: [
      {
        model,
        provider: model.slice(0, model.indexOf('/')),
        startedAt: 1000.05,
        endedAt: 1000 + latencyMs,
        errorCode: failed ? 'model_unavailable' : undefined,
        keyName: 'PROVIDER_API_KEY',
        course: failed ? FAILED : undefined,
      },
    ],
    started: 1000,
    steps: STEPS,
    trace: undefined,
  };
}

const cpuMicroseconds = (from?: NodeJS.CpuUsage): number => {
  const used = process.cpuUsage(from);
  return used.user + used.system;
};
const said = ([median, worst]: readonly [number | undefined, number | undefined]): string =>
  `${(median ?? 0).toFixed(1)} ms median, ${(worst ?? 0).toFixed(1)} ms worst of 9`;
const rows: [what: string, value: string][] = [];
const folder = mkdtempSync(join(tmpdir(), 'shoal-bench-'));
try {
  const path = join(folder, 'catalog.sqlite');
  let clock = START;
  const log = createRequestLog(openTraceTables(path), () => clock);

  const sample = Math.min(ROWS, 200_000);
  let before = process.cpuUsage();
  let kept = 0;
  for (let place = 0; place < sample; place++) kept += entryOf(place).inputTokens;
  const making = cpuMicroseconds(before) / sample;

  before = process.cpuUsage();
  const beforeHere = process.threadCpuUsage();
  const blocks: number[] = [];
  const began = performance.now();
  for (let place = 0; place < ROWS;) {
    for (const until = Math.min(ROWS, place + 500); place < until; place++) {
      const entry = entryOf(place);
      clock = entry.atMs + entry.latencyMs;
      log.add(entry, USAGE_ONLY);
    }
    const at = performance.now();
    await turn();
    await turn();
    blocks.push(performance.now() - at);
  }
  log.flush();
  const writing = cpuMicroseconds(before) / ROWS - making;
  rows.push(['rows', `${ROWS} in ${((performance.now() - began) / 1000).toFixed(1)} s (${kept > 0 ? 'synthetic' : ''})`]);
  const here = process.threadCpuUsage(beforeHere);
  const main = (here.user + here.system) / ROWS - making;
  rows.push(['CPU per request, log and usage', `${writing.toFixed(2)} µs, of which the main thread ${main.toFixed(2)} µs`]);
  blocks.sort((left, right) => left - right);
  const share = (part: number): string => (blocks[Math.floor((blocks.length - 1) * part)] ?? 0).toFixed(1);
  rows.push(['event loop held per batch of 500', `p50 ${share(0.5)} ms, p99 ${share(0.99)} ms, worst ${share(1)} ms`]);

  const hours = Number(log.database.prepare('SELECT count(*) AS n FROM trace_usage_hours').get()?.['n']);
  const folding = performance.now();
  await createRetention(log, TraceSettingsSchema.parse({ requests: { days: 36_500 } }), () => clock).sweep(
    new AbortController().signal,
  );
  const days = Number(log.database.prepare('SELECT count(*) AS n FROM trace_usage_days').get()?.['n']);
  rows.push([
    'usage rows',
    `${hours} hourly, of which older than 3 days folded into ${days} daily in ${((performance.now() - folding) / 1000).toFixed(1)} s`,
  ]);
  log.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  rows.push([
    'file',
    `${(statSync(path).size / 2 ** 20).toFixed(0)} MiB, ${(statSync(path).size / ROWS).toFixed(0)} bytes per request`,
  ]);

  const time = (what: string, query: () => unknown): void => {
    const times: number[] = [];
    const spent: number[] = [];
    for (let turn = 0; turn < 9; turn++) {
      const [at, used] = [performance.now(), process.cpuUsage()];
      query();
      times.push(performance.now() - at);
      spent.push(cpuMicroseconds(used) / 1000);
    }
    for (const list of [times, spent]) list.sort((left, right) => left - right);
    rows.push([what, `${said([times[4], times[8]])}; CPU ${said([spent[4], spent[8]])}`]);
  };
  const { database, names } = log;
  const week = { sinceMs: clock - 7 * DAY_MS, untilMs: clock };
  for (const by of [['team'], ['model'], ['key'], ['run'], ['day'], ['day', 'team', 'model']] satisfies UsageDimension[][]) {
    time(`usage by ${by.join(', ')}: 30 days`, () => usage(database, names, { by }));
    time(`usage by ${by.join(', ')}: last 7 days`, () => usage(database, names, { by, ...week }));
  }
  time('usage by model with quantiles, 30 days', () => usage(database, names, { by: ['model'], quantiles: true }));
  time('usage of one run by stage', () => usage(database, names, { by: ['stage'], filter: { runId: 'run-3-7' } }));
  time('costs of one run', () => costs(database, names, 'run-3-7'));
  const find = createFindRequests(database, names);
  if (!USAGE_ONLY) {
    time('requests: newest 100', () => find.page({}, { limit: 100 }));
    /** The same, as somebody reads who wants to see something: on from an empty page to the next. */
    const look = (what: string, filter: RequestFilter, before?: string): void => {
      let pages = 0;
      time(`requests ${what}`, () => {
        pages = 0;
        let page: RequestPage | undefined;
        do {
          page = find.page(filter, { limit: 100, before: page?.next ?? before });
          pages++;
        } while (page.requests.length === 0 && page.next !== undefined);
      });
      if (pages > 1) rows.push(['', `${pages} looks until something was found`]);
    };
    const middle = find.page({ untilMs: clock - 15 * DAY_MS }, { limit: 1 }).next ?? '';
    const aDay = { sinceMs: START + 10 * DAY_MS, untilMs: START + 11 * DAY_MS };
    look('of one run', { runId: 'run-3-7' });
    look('of one team', { team: 'team-3' });
    look('of one model', { model: MODELS[2] ?? '' });
    look('of one key', { key: 'key_7' });
    look('of one key, failed', { key: 'key_7', outcome: 'failed' });
    look('of one key in one day', { key: 'key_7', ...aDay });
    look('of one day', aDay);
    look('of one team, from the middle', { team: 'team-3' }, middle);
    look('of a key that was used on the first day only', { key: 'key_old' });
    look('of a team that nobody is in', { team: 'nobody' });
    time('one request by its id', () => find.row(`k3f9a2-${Math.floor(ROWS / 2).toString(36)}`));
  }

  const readings = createProcessReadings();
  const metrics = createMetrics({ isKnown: () => true, readings: {}, process: readings });
  const entries = Array.from({ length: 2000 }, (_none, place) => entryOf(place));
  before = process.cpuUsage();
  for (let round = 0; round < 100; round++) for (const entry of entries) metrics.end(entry);
  rows.push(['CPU per request, metrics', `${(cpuMicroseconds(before) / 200_000).toFixed(2)} µs`]);
  time('/metrics', () => metrics.text());
  readings.close();

  const perStep = await stepCost();
  rows.push(['CPU per timed step', `${perStep.toFixed(2)} µs`]);
  log.close();
  console.log(`${cpus()[0]?.model ?? 'unknown CPU'} × ${cpus().length}, Node ${process.version}`);
  const width = Math.max(...rows.map(([what]) => what.length));
  for (const [what, value] of rows) console.log(`${what.padEnd(width)}  ${value}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A chain of ten timed steps against the same ten bare. */
async function stepCost(): Promise<number> {
  const names = Array.from({ length: 10 }, (_none, place) => `step${place}`);
  const bare = chain<Call, number>(
    names.map(() => passOn),
    answerOne,
  );
  const measured = chain<Call, number>(
    names.map((name) => timed(name, passOn)),
    timedHandler('end', answerOne),
  );
  const call = {
    id: 'x',
    kind: 'model',
    principal: LOCAL_PRINCIPAL,
    target: 'a/b',
    runId: undefined,
    budget: 'shoal',
    stage: 'outside',
    agent: undefined,
    round: undefined,
    signal: new AbortController().signal,
  } as const;
  const run = async (handler: (call: Call) => Promise<number>): Promise<number> => {
    const before = process.cpuUsage();
    for (let place = 0; place < 50_000; place++) await handler({ ...call, tally: newTally() });
    return cpuMicroseconds(before) / 50_000;
  };
  await run(bare);
  await run(measured);
  return ((await run(measured)) - (await run(bare))) / 11;
}
