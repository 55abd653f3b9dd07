// One run in the list: its question first, then where it stands and how big it is.
import { ActionIcon, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RunView } from '#api/contract';
import { ago, compact, count, duration, usd } from '../shared/format.ts';
import { TrashIcon } from '../shared/icons.tsx';
import { ProgressLine } from '../shared/progress-line.tsx';
import { StatusBadge } from '../shared/status-badge.tsx';
import styles from './runs.module.css';

/** What is happening, as a share: rounds weigh most because they last longest. */
function overallProgress(run: RunView): number {
  if (run.status === 'finished') return 1;
  if (run.stages.length === 0) return 0;
  const shares = run.stages.map((stage) => (stage.state === 'done' ? 1 : stage.total > 0 ? stage.done / stage.total : 0));
  return shares.reduce((sum, share) => sum + Math.min(1, share), 0) / shares.length;
}

const doing = (run: RunView): string => run.stages.find((stage) => stage.state === 'running')?.message ?? '';

interface RunRowProps {
  readonly run: RunView;
  readonly now: number;
  readonly onDelete: () => void;
}

export function RunRow({ run, now, onDelete }: RunRowProps) {
  const progress = overallProgress(run);
  return (
    <article className={styles.row}>
      <div className={styles.state}>
        <StatusBadge status={run.status} />
        <time dateTime={run.createdAt}>{ago(run.createdAt, now)}</time>
      </div>
      <div className={styles.words}>
        <Link to="/runs/$id" params={{ id: run.id }} className={styles.question}>
          {run.question === '' ? run.title : run.question}
        </Link>
        <p className={styles.title}>
          {run.title !== run.question && run.title}
          {run.problem !== undefined && <span className={styles.failure}> · {run.problem.title}</span>}
        </p>
        {run.status !== 'finished' && (
          <div className={styles.progress}>
            <ProgressLine
              label={`Progress of ${run.title}`}
              done={progress}
              total={1}
              tone={run.status === 'failed' ? 'bad' : run.status === 'running' ? 'sea' : 'quiet'}
            />
            <span>{doing(run)}</span>
          </div>
        )}
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>Agents</dt>
          <dd>{compact(run.agents)}</dd>
        </div>
        <div>
          <dt>Rounds</dt>
          <dd>{run.roundsDone < run.rounds ? `${count(run.roundsDone)} / ${count(run.rounds)}` : count(run.rounds)}</dd>
        </div>
        <div>
          <dt>Took</dt>
          <dd>{duration(run.elapsedMs / 1000)}</dd>
        </div>
        <div>
          <dt>Cost</dt>
          <dd>{usd(run.costUsd)}</dd>
        </div>
      </dl>
      <Tooltip label="Delete">
        <ActionIcon variant="subtle" color="gray" className={styles.delete} aria-label={`Delete ${run.title}`} onClick={onDelete}>
          <TrashIcon />
        </ActionIcon>
      </Tooltip>
    </article>
  );
}
