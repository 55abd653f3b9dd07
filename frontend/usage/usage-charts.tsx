// Spending, calls, tokens and latency over time.
import { useMemo } from 'react';
import { compact, milliseconds, usd } from '../shared/format.ts';
import { LazyChart } from '../shared/lazy-chart.tsx';
import type { ChartSeries } from '../shared/line-chart.tsx';
import { type Buckets, msOf } from './usage-buckets.ts';
import styles from './usage.module.css';

const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const hour = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false });
/** Days are those of UTC, as usage counts them; hours are shown in the reader's time. */
const AXES = {
  day: { name: 'Day', format: (place: number) => day.format(new Date(msOf('day', place))) },
  hour: { name: 'Hour', format: (place: number) => hour.format(new Date(msOf('hour', place))) },
} as const;

interface Chart {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly format: (value: number) => string;
}

function chartsOf({ rows }: Buckets): readonly Chart[] {
  type Row = NonNullable<(typeof rows)[number]>;
  const line = (label: string, token: string, pick: (row: Row) => number): ChartSeries => ({
    label,
    token,
    values: rows.map((row) => (row === undefined ? 0 : pick(row))),
  });
  /** A latency of nothing is not zero. */
  const gaps = (label: string, token: string, pick: (row: Row) => number | undefined): ChartSeries => ({
    label,
    token,
    values: rows.map((row) => (row === undefined ? null : (pick(row) ?? null))),
  });
  return [
    { title: 'Spending', format: usd, series: [line('Spent', '--sea', (row) => row.costNanoUsd / 1e9)] },
    {
      title: 'Calls',
      format: compact,
      series: [
        line('Calls', '--support', (row) => row.calls),
        line('Failed', '--bad', (row) => row.failures),
        line('From cache', '--kind-place', (row) => row.cacheHits),
      ],
    },
    {
      title: 'Tokens',
      format: compact,
      series: [
        line('In', '--kind-institution', (row) => row.inputTokens),
        line('Out', '--kind-event', (row) => row.outputTokens),
      ],
    },
    {
      title: 'Latency',
      format: milliseconds,
      series: [
        gaps('Median', '--kind-organisation', (row) => row.quantiles?.latencyP50Ms),
        gaps('95 of 100', '--kind-law', (row) => row.quantiles?.latencyP95Ms),
      ],
    },
  ];
}

/** Amounts are compared by their height, so the axis begins at nothing. */
function fromZero(series: readonly ChartSeries[]): readonly [number, number] {
  const highest = Math.max(0, ...series.flatMap((one) => one.values.map((value) => value ?? 0)));
  return [0, highest === 0 ? 1 : highest * 1.08];
}

export function UsageCharts({ buckets }: { readonly buckets: Buckets }) {
  const charts = useMemo(() => chartsOf(buckets), [buckets]);
  return (
    <div className={styles.charts}>
      {charts.map(({ title, series, format }) => (
        <section key={title} className={styles.chart}>
          <h3>{title}</h3>
          <LazyChart
            label={title}
            rounds={buckets.places}
            series={series}
            format={format}
            axis={AXES[buckets.unit]}
            bounds={fromZero(series)}
          />
        </section>
      ))}
    </div>
  );
}
