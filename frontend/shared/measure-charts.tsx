// The two charts that say most, and any other measure on request.
import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { MeasuresView, RunView } from '#api/contract';
import { count, measureValue, percent, words } from './format.ts';
import { LazyChart } from './lazy-chart.tsx';
import styles from './measure-charts.module.css';
import { chartOf, mainCharts, type PreparedChart } from './measure-lines.ts';

interface MeasureChartsProps {
  readonly view: MeasuresView;
  readonly issues: RunView['issues'];
  readonly current?: number | undefined;
  readonly onPick?: (round: number) => void;
}

const isShare = (unit: string): boolean => unit.startsWith('share');
const formatOf = (unit: string) => (isShare(unit) ? percent : unit === 'events' || unit === 'agents' ? count : measureValue);

export function MeasureCharts({ view, issues, current, onPick }: MeasureChartsProps) {
  const charts = useMemo(() => mainCharts(view, issues), [view, issues]);
  const rounds = useMemo(() => view.rounds.map((round) => round.round), [view]);
  const marks = useMemo(() => view.interventions.map((event) => event.round), [view]);
  const [other, setOther] = useState('opinion-mean');
  const third = useMemo(() => chartOf(view, issues, other), [view, issues, other]);

  const draw = (chart: PreparedChart) => (
    <>
      <p className={styles.meaning}>
        {chart.meaning} <span>({chart.unit})</span>
      </p>
      <LazyChart
        label={words(chart.title)}
        rounds={rounds}
        series={chart.series}
        marks={marks}
        current={current}
        format={(value) => formatOf(chart.unit)(value)}
        bounds={isShare(chart.unit) ? [0, 1] : undefined}
        onPick={onPick}
      />
    </>
  );

  return (
    <div className={styles.charts}>
      {charts.map((chart) => (
        <section key={chart.id} className={styles.chart}>
          <h3>{words(chart.title)}</h3>
          {draw(chart)}
        </section>
      ))}
      {third !== undefined && (
        <section className={styles.chart}>
          <NativeSelect
            size="xs"
            aria-label="Measure"
            value={other}
            onChange={(event) => setOther(event.currentTarget.value)}
            data={view.specs.map((spec) => ({ value: spec.name, label: words(spec.name) }))}
          />
          {draw(third)}
        </section>
      )}
      {view.interventions.length > 0 && (
        <section className={styles.interventions} aria-label="Injected events">
          <h3>Injected events</h3>
          <ul>
            {view.interventions.map((event) => (
              <li key={`${event.round}-${event.text}`}>
                <span className="number">Round {event.round}</span> {event.text}
                <small>
                  reaches {percent(event.reach)}, leans {event.stance > 0 ? 'for' : event.stance < 0 ? 'against' : 'neither way'}
                </small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
