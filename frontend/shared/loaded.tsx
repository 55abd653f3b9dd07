// The three faces of a query: waiting, failed, there. Every list and sheet of the page goes through it.
import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemFrom } from '../api/problem.ts';
import { ProblemCard } from './problem-card.tsx';
import styles from './states.module.css';

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  /** Heights of the grey shapes shown while waiting, in pixels. */
  readonly shape?: readonly number[];
  readonly children: (data: T) => ReactNode;
}

const DEFAULT_SHAPE = [48, 48, 48, 48];

export function Loaded<T>({ query, shape = DEFAULT_SHAPE, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <ProblemCard problem={problemFrom(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <div className={styles.skeletons} role="status" aria-label="Loading">
      {shape.map((height, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- shapes have no identity
        <Skeleton key={index} height={height} radius="md" />
      ))}
    </div>
  );
}
