// What cannot be undone is asked for twice. The way back has the focus.
import { Button, Modal } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemFrom } from '../api/problem.ts';
import styles from './confirm.module.css';
import { ProblemCard } from './problem-card.tsx';

interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  readonly yes: string;
  readonly no: string;
  /** What is done on the second yes; its fault is shown here. */
  readonly act: UseMutationResult<unknown, Error, void>;
  readonly onClose: () => void;
  readonly harmless?: boolean;
}

export function Confirm({ opened, title, children, yes, no, act, onClose, harmless = false }: ConfirmProps) {
  const close = (): void => {
    act.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={title} centered zIndex={300} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={styles.confirm}>
        <div>{children}</div>
        {act.error !== null && <ProblemCard problem={problemFrom(act.error)} />}
        <div className={styles.actions}>
          <Button variant="default" onClick={close} data-autofocus>
            {no}
          </Button>
          <Button {...(harmless ? {} : { color: 'red' })} loading={act.isPending} onClick={() => act.mutate()}>
            {yes}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
