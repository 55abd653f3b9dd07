// Deleting is for good, so it is asked for twice.
import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RunView } from '#api/contract';
import { deleteRun } from '../api/commands.ts';
import { problemFrom } from '../api/problem.ts';
import { runKey, runsKey } from '../api/queries.ts';
import { ProblemCard } from '../shared/problem-card.tsx';
import styles from './runs.module.css';

interface DeleteRunProps {
  readonly run: RunView | undefined;
  readonly onClose: () => void;
}

export function DeleteRun({ run, onClose }: DeleteRunProps) {
  const client = useQueryClient();
  const removal = useMutation({
    mutationFn: (id: string) => deleteRun(id),
    onSuccess: (_, id) => {
      client.setQueryData<RunView[]>(runsKey, (runs) => runs?.filter((other) => other.id !== id));
      client.removeQueries({ queryKey: runKey(id) });
      onClose();
    },
  });
  const close = (): void => {
    removal.reset();
    onClose();
  };
  return (
    <Modal
      opened={run !== undefined}
      onClose={close}
      title="Delete this run?"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {run !== undefined && (
        <div className={styles.confirm}>
          <p>“{run.title}” with its world, its chats and its report is removed from this computer. This cannot be undone.</p>
          {removal.error !== null && <ProblemCard problem={problemFrom(removal.error)} />}
          <div className={styles.confirmActions}>
            <Button variant="default" onClick={close} data-autofocus>
              Keep it
            </Button>
            <Button color="red" loading={removal.isPending} onClick={() => removal.mutate(run.id)}>
              Delete
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
