// How far a fork has come apart from its parent, round by round: the same agents, compared with themselves.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DivergenceView, RunView } from '#api/contract';
import { divergenceQuery } from '../api/queries.ts';
import { percent } from '../shared/format.ts';
import { LazyChart } from '../shared/lazy-chart.tsx';
import { Loaded } from '../shared/loaded.tsx';
import styles from './theatre.module.css';

const digits = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });

interface PartingProps {
  readonly run: RunView;
  readonly current: number;
  readonly onPick: (round: number) => void;
}

function told({ sharedUntil, rounds }: DivergenceView): string {
  const last = rounds.at(-1);
  if (last === undefined || last.identical) return 'No round differs so far.';
  const since = sharedUntil < 0 ? 'from the first round on' : `since round ${sharedUntil + 1}`;
  return `Apart ${since}; by round ${last.round}, ${percent(last.switched, 1)} of the agents stand on another side.`;
}

export function Parting({ run, current, onPick }: PartingProps) {
  const query = useQuery(divergenceQuery(run.id, run.roundsDone));
  const rounds = useMemo(() => query.data?.rounds.map(({ round }) => round) ?? [], [query.data]);
  const series = useMemo(
    () => [
      { label: 'Mean distance', token: '--sea', values: query.data?.rounds.map(({ distance }) => distance) ?? [] },
      {
        label: 'On another side',
        token: '--simulated',
        values: query.data?.rounds.map(({ switched }) => switched) ?? [],
        dash: [4, 3],
      },
    ],
    [query.data],
  );
  return (
    <section className={styles.parting} aria-labelledby="parting-title">
      <h3 id="parting-title">Apart from its parent</h3>
      <Loaded query={query} shape={[190]}>
        {(view) => (
          <>
            <p>{told(view)}</p>
            <LazyChart
              label="Apart from its parent"
              rounds={rounds}
              series={series}
              marks={[view.sharedUntil + 1]}
              current={current}
              format={(value) => digits.format(value)}
              onPick={onPick}
            />
            <p>
              Distance: mean difference of opinion over agents and issues, from 0 to 2. On another side: the share of agents who
              changed between for, against and undecided on at least one issue.
            </p>
          </>
        )}
      </Loaded>
    </section>
  );
}
