// The chart library is loaded when the first chart is shown, with the chart's room kept free.
import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { LineChartProps } from './line-chart.tsx';

const Chart = lazy(() => import('./line-chart.tsx').then((module) => ({ default: module.LineChart })));

export function LazyChart(props: LineChartProps) {
  return (
    <Suspense fallback={<Skeleton height={(props.height ?? 170) + 24} radius="md" />}>
      <Chart {...props} />
    </Suspense>
  );
}
