// Usage rows as a chart wants them: one bucket per hour or day up to now, empty ones included; and their sum.
import type { UsageView } from '#api/contract';
import { HOUR_MS } from '../shared/time.ts';
import { RANGE_HOURS, type RangeName, sinceOf } from '../api/gateway.ts';

type Row = UsageView['rows'][number];

export interface Buckets {
  readonly unit: 'hour' | 'day';
  /** Hours or days since 1970. */
  readonly places: readonly number[];
  /** One per place; undefined = nothing was called. */
  readonly rows: readonly (Row | undefined)[];
}

const MS = { hour: HOUR_MS, day: 24 * HOUR_MS } as const;

export const unitOf = (range: RangeName): Buckets['unit'] => (RANGE_HOURS[range] <= 24 ? 'hour' : 'day');
export const msOf = (unit: Buckets['unit'], place: number): number => place * MS[unit];

export function bucketsOf(rows: readonly Row[], range: RangeName, nowMs: number): Buckets {
  const unit = unitOf(range);
  const placeOf = (ms: number): number => Math.floor(ms / MS[unit]);
  const byPlace = new Map(rows.map((row) => [placeOf(Date.parse(row.group[unit] ?? '')), row]));
  const first = placeOf(sinceOf(range, nowMs));
  const places = Array.from({ length: placeOf(nowMs) - first + 1 }, (_, index) => first + index);
  return { unit, places, rows: places.map((place) => byPlace.get(place)) };
}

export interface Totals {
  readonly calls: number;
  readonly failures: number;
  readonly cacheHits: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costNanoUsd: number;
}

export function totalsOf(rows: readonly Row[]): Totals {
  const sum = (pick: (row: Row) => number): number => rows.reduce((total, row) => total + pick(row), 0);
  return {
    calls: sum((row) => row.calls),
    failures: sum((row) => row.failures),
    cacheHits: sum((row) => row.cacheHits),
    inputTokens: sum((row) => row.inputTokens),
    outputTokens: sum((row) => row.outputTokens),
    costNanoUsd: sum((row) => row.costNanoUsd),
  };
}
