// The graph of a run, in a tab of it.
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { RunView } from '#api/contract';
import { graphOfRun } from '../api/graphs.ts';
import type { GraphState } from '../app/search.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { PersonIcon } from '../shared/icons.tsx';
import { ButtonLink } from '../shared/links.tsx';
import { Explorer } from './explorer.tsx';

const route = getRouteApi('/runs/$id');

export function GraphTab({ run }: { readonly run: RunView }) {
  const state = route.useSearch();
  const navigate = route.useNavigate();
  const source = useMemo(() => graphOfRun(run.id), [run.id]);
  const change = useCallback(
    (part: Partial<GraphState>, step = false) =>
      void navigate({ search: (before) => ({ ...before, ...part }), replace: !step, resetScroll: false }),
    [navigate],
  );
  if (!run.hasGraph)
    return <EmptyState title="The graph is not built yet">It appears here as soon as the documents have been read.</EmptyState>;
  return (
    <Explorer
      source={source}
      state={state}
      change={change}
      renderTools={({ agent }) =>
        agent !== undefined && (
          <ButtonLink
            from="/runs/$id"
            to="/runs/$id"
            params={{ id: run.id }}
            search={(before) => ({ ...before, agent, pane: undefined })}
            variant="light"
            leftSection={<PersonIcon size={16} />}
          >
            Meet as an agent
          </ButtonLink>
        )
      }
    />
  );
}
