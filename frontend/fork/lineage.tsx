// Where a run comes from and what has come of it: its parent, what it changed, and its own forks.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RunView } from '#api/contract';
import { runsQuery } from '../api/queries.ts';
import { BranchIcon } from '../shared/icons.tsx';
import styles from './fork.module.css';

/** Runs that were forked from this one, by the round where they part. */
export function useForks(id: string): readonly RunView[] {
  const { data } = useQuery(runsQuery);
  return (data ?? [])
    .filter((run) => run.forkOf?.id === id)
    .toSorted((left, right) => (left.forkOf?.round ?? 0) - (right.forkOf?.round ?? 0));
}

function Origin({ origin }: { readonly origin: NonNullable<RunView['forkOf']> }) {
  const { data } = useQuery(runsQuery);
  const isThere = data?.some((run) => run.id === origin.id) ?? true;
  return (
    <p className={styles.lineage}>
      <BranchIcon size={16} />
      <span>
        Forked from{' '}
        {isThere ? (
          <Link to="/runs/$id" params={{ id: origin.id }} search={{ tab: 'theatre', round: Math.max(0, origin.round) }}>
            {origin.title}
          </Link>
        ) : (
          <>{origin.title} (deleted)</>
        )}{' '}
        {origin.round < 0 ? 'at the beginning' : `after round ${origin.round}`}
      </span>
      {origin.changes.map((change) => (
        <span key={change} className={styles.change}>
          {change}
        </span>
      ))}
    </p>
  );
}

export function Lineage({ run }: { readonly run: RunView }) {
  const forks = useForks(run.id);
  return (
    <>
      {run.forkOf !== undefined && <Origin origin={run.forkOf} />}
      {forks.length > 0 && (
        <nav aria-label="Forks of this run" className={styles.lineage}>
          <BranchIcon size={16} />
          <span>{forks.length === 1 ? 'One fork:' : `${forks.length} forks:`}</span>
          {forks.map((fork) => (
            <Link key={fork.id} to="/runs/$id" params={{ id: fork.id }} search={{ tab: 'theatre' }}>
              {fork.forkOf?.changes[0] ?? 'no change'} (round {fork.forkOf?.round})
            </Link>
          ))}
        </nav>
      )}
    </>
  );
}
