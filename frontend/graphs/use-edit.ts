// One decision sent to the server. What is shown of the graph is asked anew before the decision counts as done.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { EditsView } from '#api/contract';
import { editGraph, editsQuery, graphsKey, undoEdit, type Edit } from '../api/graphs.ts';

export type Decision = { readonly kind: 'do'; readonly edit: Edit } | { readonly kind: 'undo'; readonly place: number };

/** `onDone` is called when the changed graph is there. */
export function useEdit(name: string, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision): Promise<EditsView> =>
      decision.kind === 'do' ? editGraph(name, decision.edit) : undoEdit(name, decision.place),
    onSuccess: async (edits) => {
      client.setQueryData(editsQuery(name).queryKey, edits);
      await client.invalidateQueries({ queryKey: [...graphsKey, name] });
      onDone?.();
    },
  });
}
