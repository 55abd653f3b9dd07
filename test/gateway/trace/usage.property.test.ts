// Usage is exactly what a fold over all calls would say, however they are batched, by however many processes, and
// however much of it has been added up into days.
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UsageDimension, UsageRow } from '#gateway/contract';
import type { Entry } from '../../../gateway/trace/entry.ts';
import { createRequestLog } from '../../../gateway/trace/request-log.ts';
import { createRetention } from '../../../gateway/trace/retention.ts';
import { TraceSettingsSchema } from '../../../gateway/trace/settings.ts';
import { openTraceTables } from '../../../gateway/trace/tables.ts';
import { usage } from '../../../gateway/trace/usage.ts';
import { temporaryFolder } from '../open-gateway.ts';
import { anyEntry, START } from './entries.ts';

const DIMENSIONS = ['day', 'team', 'user', 'key', 'model', 'provider', 'run', 'stage', 'outcome'] as const;
const DAY = 86_400_000;

const groupOf = (one: Entry, dimension: UsageDimension): string | undefined =>
  ({
    day: new Date(one.atMs).toISOString().slice(0, 10),
    hour: '',
    team: one.team,
    user: one.user,
    key: one.key,
    model: one.target,
    provider: one.provider,
    run: one.runId,
    stage: one.stage,
    outcome: one.outcome,
  })[dimension];

function fold(entries: readonly Entry[], by: readonly UsageDimension[]): unknown[] {
  const groups = Map.groupBy(entries, (one) => JSON.stringify(by.map((dimension) => groupOf(one, dimension) ?? '')));
  return [...groups.values()].map((calls) => {
    const sum = (of: (one: Entry) => number): number => calls.reduce((total, one) => total + of(one), 0);
    const [first] = calls;
    return {
      group: Object.fromEntries(by.map((dimension) => [dimension, first && groupOf(first, dimension)])),
      calls: calls.length,
      failures: sum((one) => (one.outcome === 'ok' || one.outcome === 'cassette' ? 0 : 1)),
      cacheHits: sum((one) => (one.outcome === 'cassette' || one.cache === 'hit-exact' || one.cache === 'hit-semantic' ? 1 : 0)),
      inputTokens: sum((one) => one.inputTokens),
      outputTokens: sum((one) => one.outputTokens),
      cachedInputTokens: sum((one) => one.cachedInputTokens),
      cacheWriteTokens: sum((one) => one.cacheWriteTokens),
      reasoningTokens: sum((one) => one.reasoningTokens),
      costNanoUsd: sum((one) => one.costNanoUsd),
      latencyMs: sum((one) => Math.round(one.latencyMs * 1000)) / 1000,
    };
  });
}

const sorted = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();
const plain = ({ quantiles: _quantiles, ...row }: UsageRow): unknown => row;

describe('usage', () => {
  it('equals a fold over the calls', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyEntry, { maxLength: 120 }),
        fc.uniqueArray(fc.constantFrom(...DIMENSIONS), { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(120), { maxLength: 4 }),
        fc.nat(6),
        async (entries, by, flushes, foldedDays) => {
          const path = join(temporaryFolder(), 'catalog.sqlite');
          const now = (): number => START + (foldedDays + 1) * DAY;
          // Two processes on one file take turns.
          const logs = [createRequestLog(openTraceTables(path), now), createRequestLog(openTraceTables(path), now)] as const;
          try {
            for (const [place, one] of entries.entries()) {
              const log = logs[place % 2] ?? logs[0];
              log.add(one, place % 3 === 0);
              if (flushes.includes(place)) log.flush();
            }
            for (const log of logs) log.flush();
            const retention = createRetention(logs[0], TraceSettingsSchema.parse({ usage: { hourlyDays: 1 } }), now);
            await retention.sweep(new AbortController().signal);
            const { database, names } = logs[1];
            const all = usage(database, names, { by });
            expect(sorted(all.map(plain))).toEqual(sorted(fold(entries, by)));
            const since = START + DAY;
            const recent = usage(database, names, { by, sinceMs: since, untilMs: START + 3 * DAY, filter: { team: 'red' } });
            const inside = entries.filter((one) => one.atMs >= since && one.atMs < START + 3 * DAY && one.team === 'red');
            expect(sorted(recent.map(plain))).toEqual(sorted(fold(inside, by)));
          } finally {
            for (const log of logs) log.close();
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('tells quantiles to within a bucket', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEntry, { minLength: 1, maxLength: 200 }), async (entries) => {
        const log = createRequestLog(openTraceTables(':memory:'), () => START);
        try {
          for (const one of entries) log.add(one, false);
          log.flush();
          const [row] = usage(log.database, log.names, { by: [], quantiles: true });
          const latencies = entries.map((one) => one.latencyMs).toSorted((a, b) => a - b);
          for (const [share, told] of [
            [0.5, row?.quantiles?.latencyP50Ms],
            [0.95, row?.quantiles?.latencyP95Ms],
          ] as const) {
            const exact = latencies[Math.ceil(share * latencies.length) - 1] ?? 0;
            // Below a tenth of a millisecond there is one bucket only.
            expect(told).toBeGreaterThan(Math.max(exact, 0.08) / 1.2);
            expect(told).toBeLessThan(Math.max(exact, 0.1) * 1.2);
          }
        } finally {
          log.close();
        }
      }),
      { numRuns: 40 },
    );
  });
});
