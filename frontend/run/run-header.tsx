// The question, the state, and what can be done now.
import type { RunView } from '#api/contract';
import type { StreamState } from '../api/follow-run.ts';
import { canChange } from '../api/use-live-run.ts';
import { Lineage } from '../fork/lineage.tsx';
import { count, duration, plural, usd } from '../shared/format.ts';
import { ProblemCard } from '../shared/problem-card.tsx';
import { StatusBadge } from '../shared/status-badge.tsx';
import { RunControls } from './run-controls.tsx';
import styles from './run.module.css';

const CONNECTION: Readonly<Record<StreamState, string>> = {
  open: 'live',
  connecting: 'connecting…',
  waiting: 'connection lost, trying again…',
  closed: '',
};

export function RunHeader({ run, stream }: { readonly run: RunView; readonly stream: StreamState }) {
  return (
    <header className={styles.header}>
      <div className={styles.headline}>
        {run.title !== run.question && <p className={styles.runTitle}>{run.title}</p>}
        <h1>{run.question === '' ? run.title : run.question}</h1>
        <p className={styles.meta}>
          <StatusBadge status={run.status} />
          {canChange(run) && (
            <span role="status" data-stream={stream}>
              {CONNECTION[stream]}
            </span>
          )}
          <span>{plural(run.agents, 'agent')}</span>
          <span>
            {run.roundsDone < run.rounds ? `round ${count(run.roundsDone)} of ${count(run.rounds)}` : plural(run.rounds, 'round')}
          </span>
          <span>{plural(run.events, 'event')}</span>
          <span>{duration(run.elapsedMs / 1000)}</span>
          <span>{usd(run.costUsd)}</span>
        </p>
        <Lineage run={run} />
      </div>
      <RunControls run={run} />
      {run.problem !== undefined && (
        <div className={styles.wide}>
          <ProblemCard problem={run.problem} />
        </div>
      )}
    </header>
  );
}
