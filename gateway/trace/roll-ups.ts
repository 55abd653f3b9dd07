// Usage added up as it happens: by the hour, team, user, key, model, provider, run, stage and outcome. An agent is no
// dimension (there are too many). Hours that are over for some days are added into days in small steps, so every call
// is counted in exactly one row and a sum over both tables is exact at any moment.
import { DAY_MS, HOUR_MS } from '#foundation';
import type { Database } from '#store';
import type { Entry } from './entry.ts';
import { isCacheHit, isSuccess } from './entry.ts';
import { bucketOf, FIRST_TOKEN, packHistogram } from './histogram.ts';
import type { Histogram } from './histogram.ts';
import type { Names } from './names.ts';

/** What a group has come to since it was last written. */
interface Delta {
  readonly entry: Entry;
  readonly hour: number;
  readonly user: string | undefined;
  calls: number;
  failures: number;
  cacheHits: number;
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  cacheWriteTokens: number;
  reasoningTokens: number;
  costNano: number;
  latencyUs: number;
  readonly histogram: Histogram;
}
export interface Deltas {
  readonly groups: Map<string, Delta>;
  /** The group that a caller's last call fell into. */
  readonly latest: Map<string, Delta>;
}

export const noDeltas = (): Deltas => ({ groups: new Map(), latest: new Map() });

/** What users beyond the bound are called in the usage. */
const OTHER_USERS = '(other)';

/**
 * Users may be whatever callers write, one for each call if they like: so many get rows of their own within an hour,
 * the others share theirs. Every other dimension is bounded by what is configured or run here.
 */
export function createUserBound(most: number): (entry: Entry) => string | undefined {
  const seen = new Set<string>();
  let hour = 0;
  return ({ user, atMs }) => {
    if (user === undefined || seen.has(user)) return user;
    const now = Math.floor(atMs / HOUR_MS);
    if (now > hour) {
      seen.clear();
      hour = now;
    }
    if (seen.size >= most) return OTHER_USERS;
    seen.add(user);
    return user;
  };
}

/** `user` as the bound has it. */
export function addToDeltas(deltas: Deltas, entry: Entry, user: string | undefined): void {
  const hour = Math.floor(entry.atMs / HOUR_MS);
  const caller = entry.key ?? entry.runId ?? '';
  let delta = deltas.latest.get(caller);
  // Most callers do the same again, and comparing is five times cheaper than making up a group's name.
  if (delta === undefined || !isSameGroup(delta, entry, hour, user)) {
    const { target, key, runId, stage, outcome, team, provider } = entry;
    const group = `${hour}\n${target}\n${key}\n${runId}\n${stage}\n${outcome}\n${team}\n${user}\n${provider}`;
    delta = deltas.groups.get(group);
    if (delta === undefined) deltas.groups.set(group, (delta = emptyDelta(entry, hour, user)));
    deltas.latest.set(caller, delta);
  }
  delta.calls += 1;
  delta.failures += isSuccess(entry.outcome) ? 0 : 1;
  delta.cacheHits += isCacheHit(entry) ? 1 : 0;
  delta.inputTokens += entry.inputTokens;
  delta.outputTokens += entry.outputTokens;
  delta.cachedTokens += entry.cachedInputTokens;
  delta.cacheWriteTokens += entry.cacheWriteTokens;
  delta.reasoningTokens += entry.reasoningTokens;
  delta.costNano += entry.costNanoUsd;
  delta.latencyUs += Math.round(entry.latencyMs * 1000);
  count(delta.histogram, bucketOf(entry.latencyMs));
  if (entry.firstOutputMs !== undefined) count(delta.histogram, FIRST_TOKEN + bucketOf(entry.firstOutputMs));
}

export interface RollUps {
  /** Inside a write transaction. */
  write(deltas: Deltas): void;
  /** Adds up to so many hourly rows that began before `beforeMs` into days; returns how many. Inside a transaction. */
  foldHours(beforeMs: number, most: number): number;
  /** Deletes up to so many daily rows that began before `beforeMs`; returns how many. */
  forgetDays(beforeMs: number, most: number): number;
}

const GROUP = 'bucket_ms, run, model, key, stage, outcome, team, user, provider';
const SUMS = `calls, failures, cache_hits, input_tokens, output_tokens, cached_tokens, cache_write_tokens, reasoning_tokens,
  cost_nano, latency_us`;
const ADD = `ON CONFLICT (${GROUP}) DO UPDATE SET ${SUMS.split(',')
  .map((column) => column.trim())
  .map((column) => `${column} = ${column} + excluded.${column}`)
  .join(', ')}, histogram = add_histograms(histogram, excluded.histogram)`;

/** The connection must know the functions of histogram.ts. */
export function createRollUps(database: Database, names: Names): RollUps {
  const add = database.prepare(
    `INSERT INTO trace_usage_hours (${GROUP}, ${SUMS}, histogram) VALUES (${Array(20).fill('?').join(', ')}) ${ADD}`,
  );
  const oldHours = '(SELECT id FROM trace_usage_hours WHERE bucket_ms < ? ORDER BY id LIMIT ?)';
  const fold = database.prepare(
    `INSERT INTO trace_usage_days (${GROUP}, ${SUMS}, histogram)
       SELECT bucket_ms / ${DAY_MS} * ${DAY_MS}, run, model, key, stage, outcome, team, user, provider, ${SUMS}, histogram
       FROM trace_usage_hours WHERE id IN ${oldHours} ${ADD}`,
  );
  const dropHours = database.prepare(`DELETE FROM trace_usage_hours WHERE id IN ${oldHours}`);
  // What was counted before there were hours stands at 0 and stays: the costs of old runs are read from it.
  const dropDays = database.prepare(
    'DELETE FROM trace_usage_days WHERE id IN (SELECT id FROM trace_usage_days WHERE bucket_ms > 0 AND bucket_ms < ? LIMIT ?)',
  );
  return {
    write: (deltas) => {
      for (const delta of deltas.groups.values()) {
        const { entry } = delta;
        add.run(
          delta.hour * HOUR_MS,
          names.numberOf(entry.runId),
          names.numberOf(entry.target),
          names.numberOf(entry.key),
          names.numberOf(entry.stage),
          names.numberOf(entry.outcome),
          names.numberOf(entry.team),
          names.numberOf(delta.user),
          names.numberOf(entry.provider),
          delta.calls,
          delta.failures,
          delta.cacheHits,
          delta.inputTokens,
          delta.outputTokens,
          delta.cachedTokens,
          delta.cacheWriteTokens,
          delta.reasoningTokens,
          delta.costNano,
          delta.latencyUs,
          packHistogram(delta.histogram),
        );
      }
    },
    foldHours: (beforeMs, most) => {
      fold.run(beforeMs, most);
      return Number(dropHours.run(beforeMs, most).changes);
    },
    forgetDays: (beforeMs, most) => Number(dropDays.run(beforeMs, most).changes),
  };
}

function count(histogram: Histogram, bucket: number): void {
  histogram.set(bucket, (histogram.get(bucket) ?? 0) + 1);
}

function isSameGroup(delta: Delta, entry: Entry, hour: number, user: string | undefined): boolean {
  const first = delta.entry;
  return (
    delta.hour === hour &&
    delta.user === user &&
    first.target === entry.target &&
    first.key === entry.key &&
    first.runId === entry.runId &&
    first.stage === entry.stage &&
    first.outcome === entry.outcome &&
    first.team === entry.team &&
    first.provider === entry.provider
  );
}

function emptyDelta(entry: Entry, hour: number, user: string | undefined): Delta {
  return {
    entry,
    hour,
    user,
    calls: 0,
    failures: 0,
    cacheHits: 0,
    inputTokens: 0,
    outputTokens: 0,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
    costNano: 0,
    latencyUs: 0,
    histogram: new Map(),
  };
}
