// Has the server walk the chain of acts, and says what it found.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { AuditVerdictView } from '#api/contract';
import { verifyAudit } from '../api/gateway.ts';
import { problemFrom } from '../api/problem.ts';
import styles from '../gateway/gateway.module.css';
import { plural } from '../shared/format.ts';
import { CheckIcon } from '../shared/icons.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import own from './audit.module.css';

function Verdict({ verdict }: { readonly verdict: AuditVerdictView }) {
  if (verdict.kind === 'broken') {
    return (
      <ProblemCard
        problem={{
          type: 'about:blank',
          status: 500,
          code: 'audit_broken',
          title: `The chain is broken at entry ${verdict.seq}`,
          detail: verdict.problem,
          hint: 'Keep a copy of SHOAL_HOME as it is, and compare the chain with an earlier export.',
        }}
      />
    );
  }
  return (
    <div className={own.whole} role="status">
      <CheckIcon size={20} />
      <p>
        <strong>{plural(verdict.entries, 'entry', 'entries')}, whole.</strong> The head is{' '}
        <span className={styles.mono}>
          {verdict.head.seq}:{verdict.head.hash}
        </span>
        . Note it somewhere else, and nobody can make another chain later without being found out.
      </p>
    </div>
  );
}

interface VerifyChainProps {
  /** What stands beside the button. */
  readonly children: ReactNode;
}

export function VerifyChain({ children }: VerifyChainProps) {
  const walk = useMutation({ mutationFn: verifyAudit });
  return (
    <>
      <div className={styles.bar}>
        {children}
        <Button leftSection={<CheckIcon size={16} />} loading={walk.isPending} onClick={() => walk.mutate()}>
          Verify the chain
        </Button>
      </div>
      {walk.error !== null && <ProblemCard problem={problemFrom(walk.error)} />}
      {walk.data !== undefined && <Verdict verdict={walk.data} />}
    </>
  );
}
