// Deleting is for good, so it is asked for twice.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RunView } from '#api/contract';
import { deleteRun } from '../api/commands.ts';
import { runKey, runsKey } from '../api/queries.ts';
import { Confirm } from '../shared/confirm.tsx';

interface DeleteRunProps {
  readonly run: RunView | undefined;
  readonly onClose: () => void;
}

export function DeleteRun({ run, onClose }: DeleteRunProps) {
  const client = useQueryClient();
  const removal = useMutation({
    mutationFn: async () => {
      if (run === undefined) return;
      await deleteRun(run.id);
      client.setQueryData<RunView[]>(runsKey, (runs) => runs?.filter((other) => other.id !== run.id));
      client.removeQueries({ queryKey: runKey(run.id) });
    },
    onSuccess: onClose,
  });
  return (
    <Confirm opened={run !== undefined} title="Delete this run?" yes="Delete" no="Keep it" act={removal} onClose={onClose}>
      {run !== undefined && (
        <p>“{run.title}” with its world, its chats and its report is removed from this computer. This cannot be undone.</p>
      )}
    </Confirm>
  );
}
