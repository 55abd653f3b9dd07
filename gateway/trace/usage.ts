// Usage by any of its dimensions, out of the sums of roll-ups.ts: hours that are still kept apart and days before them.
import { z } from 'zod';
import { DAY_MS, HOUR_MS, STAGES } from '#foundation';
import type { Database } from '#store';
import type { CostRow, UsageDimension, UsageQuery, UsageRow } from '../contract.ts';
import { conditionsOf } from './conditions.ts';
import { addPacked, FIRST_TOKEN, quantile } from './histogram.ts';
import type { Names } from './names.ts';

const GROUP_BY: Readonly<Record<UsageDimension, string>> = {
  day: `bucket_ms / ${DAY_MS} * ${DAY_MS}`,
  hour: 'bucket_ms',
  team: 'team',
  user: 'user',
  key: 'key',
  model: 'model',
  provider: 'provider',
  run: 'run',
  stage: 'stage',
  outcome: 'outcome',
};
const SUMS = (
  'calls failures cache_hits input_tokens output_tokens cached_tokens cache_write_tokens reasoning_tokens ' +
  'cost_nano latency_us'
).split(' ');

/** Groups, sums, and a histogram where one was asked for. */
const Rows = z.array(z.array(z.union([z.number(), z.instanceof(Uint8Array)])));

export function usage(database: Database, names: Names, query: UsageQuery): readonly UsageRow[] {
  const { by, filter = {}, sinceMs, untilMs, quantiles = false } = query;
  const { runId, team, user, key, model, provider, stage, outcome } = filter;
  const rows = (['hours', 'days'] as const).flatMap((table) => {
    const step = table === 'hours' ? HOUR_MS : DAY_MS;
    const { where, values } = conditionsOf(
      names,
      { run: runId, team, user, key, model, provider, stage, outcome },
      { 'bucket_ms >= ?': sinceMs === undefined ? undefined : Math.floor(sinceMs / step) * step, 'bucket_ms < ?': untilMs },
    );
    const groups = by.map((dimension) => GROUP_BY[dimension]);
    const statement = database.prepare(
      `SELECT ${[...groups, ...SUMS.map((column) => `sum(${column})`), ...(quantiles ? ['sum_histograms(histogram)'] : [])].join(', ')}
       FROM trace_usage_${table} WHERE ${where} ${groups.length === 0 ? 'HAVING count(*) > 0' : `GROUP BY ${groups.join(', ')}`}`,
    );
    statement.setReturnArrays(true);
    return Rows.parse(statement.all(...values));
  });
  const merged = new Map<string, Group>();
  for (const row of rows) {
    const group = row.slice(0, by.length).map(Number);
    const packed = row[by.length + SUMS.length];
    const id = group.join(' ');
    const known = merged.get(id) ?? { group, sums: SUMS.map(() => 0), histogram: new Map<number, number>() };
    merged.set(id, known);
    for (const place of SUMS.keys()) known.sums[place] = (known.sums[place] ?? 0) + Number(row[by.length + place]);
    if (packed instanceof Uint8Array) addPacked(known.histogram, packed);
  }
  return [...merged.values()].map((group) => rowOf(group, by, quantiles, names)).toSorted(byGroup(by));
}

interface Group {
  readonly group: readonly number[];
  readonly sums: number[];
  readonly histogram: Map<number, number>;
}

function rowOf({ group, sums, histogram }: Group, by: readonly UsageDimension[], quantiles: boolean, names: Names): UsageRow {
  const [calls = 0, failures = 0, cacheHits = 0, inputTokens = 0, outputTokens = 0, cachedInputTokens = 0] = sums;
  const [cacheWriteTokens = 0, reasoningTokens = 0, costNanoUsd = 0, latencyUs = 0] = sums.slice(6);
  return {
    group: Object.fromEntries(by.map((dimension, place) => [dimension, label(dimension, group[place] ?? 0, names)])),
    calls,
    failures,
    cacheHits,
    inputTokens,
    outputTokens,
    cachedInputTokens,
    cacheWriteTokens,
    reasoningTokens,
    costNanoUsd,
    latencyMs: latencyUs / 1000,
    quantiles: quantiles
      ? {
          latencyP50Ms: quantile(histogram, 0.5, 0),
          latencyP95Ms: quantile(histogram, 0.95, 0),
          latencyP99Ms: quantile(histogram, 0.99, 0),
          firstOutputP50Ms: quantile(histogram, 0.5, FIRST_TOKEN),
          firstOutputP95Ms: quantile(histogram, 0.95, FIRST_TOKEN),
        }
      : undefined,
  };
}

/** Bucket 0 holds what was counted before there were hours. */
function label(dimension: UsageDimension, value: number, names: Names): string | undefined {
  if (dimension === 'day') return value === 0 ? undefined : new Date(value).toISOString().slice(0, 10);
  if (dimension === 'hour') return value === 0 ? undefined : new Date(value).toISOString().slice(0, 13) + ':00Z';
  return names.nameOf(value);
}

const byGroup =
  (by: readonly UsageDimension[]) =>
  (left: UsageRow, right: UsageRow): number => {
    for (const dimension of by) {
      const [a, b] = [left.group[dimension] ?? '', right.group[dimension] ?? ''];
      if (a !== b) return a < b ? -1 : 1;
    }
    return 0;
  };

const Stage = z.enum(STAGES);

export function costs(database: Database, names: Names, runId: string | undefined): readonly CostRow[] {
  const rows = usage(database, names, { by: ['run', 'stage', 'model'], filter: { runId } });
  return rows.map(({ group, calls, cacheHits, failures, inputTokens, outputTokens, costNanoUsd }) => ({
    model: group.model ?? '',
    runId: group.run,
    stage: Stage.parse(group.stage),
    calls,
    cassetteHits: cacheHits,
    failures,
    inputTokens,
    outputTokens,
    costNanoUsd,
  }));
}
