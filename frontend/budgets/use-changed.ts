// Puts a node that came back from the server in place of the old one; its ancestors are asked for again.
import { useQueryClient } from '@tanstack/react-query';
import type { BudgetView } from '#api/contract';
import { budgetQuery, budgetsKey } from '../api/gateway.ts';

export function useChanged(): (view: BudgetView) => void {
  const client = useQueryClient();
  return (next) => {
    client.setQueryData(budgetQuery(next.id).queryKey, next);
    client.setQueriesData<BudgetView[]>({ queryKey: [...budgetsKey, 'list'] }, (views) =>
      views?.some((view) => view.id === next.id)
        ? views.map((view) => (view.id === next.id ? next : view))
        : [...(views ?? []), next],
    );
    void client.invalidateQueries({ queryKey: budgetsKey });
  };
}
