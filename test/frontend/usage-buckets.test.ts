import { describe, expect, it } from 'vitest';
import type { UsageView } from '#api/contract';
import { sinceOf } from '../../frontend/api/gateway.ts';
import { bucketsOf, msOf, totalsOf } from '../../frontend/usage/usage-buckets.ts';

const NOW = Date.parse('2026-11-25T14:20:00Z');
const row = (group: Record<string, string>, calls: number): UsageView['rows'][number] => ({
  group,
  calls,
  failures: 1,
  cacheHits: 2,
  inputTokens: 10,
  outputTokens: 5,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
  costNanoUsd: 7,
  latencyMs: 100,
});

describe('buckets of usage', () => {
  it('one per hour of a day, up to the present one, empty ones included', () => {
    const { unit, places, rows } = bucketsOf([row({ hour: '2026-11-25T13:00:00.000Z' }, 3)], '24h', NOW);
    expect(unit).toBe('hour');
    expect(places).toHaveLength(24);
    expect(new Date(msOf('hour', places.at(-1) ?? 0)).toISOString()).toBe('2026-11-25T14:00:00.000Z');
    expect(rows.map((one) => one?.calls)).toEqual([...Array.from({ length: 22 }, () => undefined), 3, undefined]);
  });

  it('one per day of UTC for anything longer, the day in which the time begins included', () => {
    const { unit, places, rows } = bucketsOf([row({ day: '2026-11-25T00:00:00.000Z' }, 4)], '7d', NOW);
    expect(unit).toBe('day');
    expect(new Date(msOf('day', places[0] ?? 0)).toISOString()).toBe('2026-11-18T00:00:00.000Z');
    expect(places).toHaveLength(8);
    expect(rows.at(-1)?.calls).toBe(4);
  });

  it('begin at a full hour, as usage is added up', () => {
    expect(sinceOf('24h', NOW) % 3_600_000).toBe(0);
    expect(NOW - sinceOf('24h', NOW)).toBeLessThan(24 * 3_600_000);
  });

  it('are added up exactly', () => {
    expect(totalsOf([row({}, 3), row({}, 4)])).toEqual({
      calls: 7,
      failures: 2,
      cacheHits: 4,
      inputTokens: 20,
      outputTokens: 10,
      costNanoUsd: 14,
    });
  });
});
