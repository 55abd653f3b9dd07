// A failure as a person should meet it: what, where, what to do, and a way to try again.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Problem } from '#api/contract';
import { WarningIcon } from './icons.tsx';
import styles from './states.module.css';

interface ProblemCardProps {
  readonly problem: Problem;
  readonly onRetry?: (() => void) | undefined;
  readonly children?: ReactNode;
}

export function ProblemCard({ problem, onRetry, children }: ProblemCardProps) {
  return (
    <div className={styles.problem} role="alert">
      <WarningIcon size={22} />
      <div>
        <strong>{problem.title}</strong>
        <p>{problem.detail}</p>
        {problem.hint !== undefined && <p className={styles.hint}>{problem.hint}</p>}
        <div className={styles.problemActions}>
          {onRetry !== undefined && (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
          {children}
          <code>{problem.code}</code>
        </div>
      </div>
    </div>
  );
}
