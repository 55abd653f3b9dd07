// The knowledge graph: a map to look at, a table that holds the same, a legend that filters both, a search, and a
// sheet about one entity with its sources. Selection and filters live in the address.
import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import type { GraphView, RunView } from '#api/contract';
import { graphQuery } from '../api/queries.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { plural } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { EntitySheet } from './entity-sheet.tsx';
import { EntityTable } from './entity-table.tsx';
import { GraphSearch } from './graph-search.tsx';
import styles from './graph.module.css';
import { Legend } from './legend.tsx';

const Map = lazy(() => import('./sigma-map.tsx').then((module) => ({ default: module.SigmaMap })));
const route = getRouteApi('/runs/$id');
const NOTHING: readonly string[] = [];

function Explorer({ run, graph }: { readonly run: RunView; readonly graph: GraphView }) {
  const { view = 'map', hide = NOTHING, entity } = route.useSearch();
  const navigate = route.useNavigate();
  const hidden = useMemo(() => new Set(hide), [hide]);
  const shown = useMemo(() => graph.nodes.filter((node) => !hidden.has(node.type)), [graph, hidden]);

  const select = useCallback(
    (id: string | undefined) => void navigate({ search: (before) => ({ ...before, entity: id }), resetScroll: false }),
    [navigate],
  );
  const toggle = (type: string): void => {
    const next = hidden.has(type) ? hide.filter((other) => other !== type) : [...hide, type];
    void navigate({
      search: (before) => ({ ...before, hide: next.length === 0 ? undefined : next }),
      replace: true,
      resetScroll: false,
    });
  };

  return (
    <div className={styles.page}>
      <div className={styles.side}>
        <SegmentedControl
          fullWidth
          aria-label="How to show the graph"
          value={view}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, view: next === 'table' ? 'table' : undefined }),
              replace: true,
              resetScroll: false,
            })
          }
          data={[
            { value: 'map', label: 'Map' },
            { value: 'table', label: 'Table' },
          ]}
        />
        <GraphSearch runId={run.id} onEntity={select} />
        <Legend nodes={graph.nodes} hidden={hidden} onToggle={toggle} />
        <p className={styles.totals}>
          {plural(graph.documents.length, 'document')}, {plural(graph.totals.entities, 'entity', 'entities')},{' '}
          {plural(graph.totals.relations, 'relation')}, {plural(graph.totals.claims, 'claim')}
        </p>
      </div>
      <div className={styles.stage}>
        {view === 'map' ? (
          <Suspense fallback={<Skeleton height={560} radius="md" />}>
            <Map graph={graph} hidden={hidden} selected={entity} onSelect={select} />
          </Suspense>
        ) : (
          <EntityTable graph={graph} nodes={shown} selected={entity} onSelect={select} />
        )}
      </div>
      {entity !== undefined && (
        <EntitySheet key={entity} run={run} entity={entity} onSelect={select} onClose={() => select(undefined)} />
      )}
    </div>
  );
}

export function GraphTab({ run }: { readonly run: RunView }) {
  const query = useQuery({ ...graphQuery(run.id), enabled: run.hasGraph });
  if (!run.hasGraph)
    return <EmptyState title="The graph is not built yet">It appears here as soon as the documents have been read.</EmptyState>;
  return (
    <Loaded query={query} shape={[560]}>
      {(graph) =>
        graph.nodes.length === 0 ? (
          <EmptyState title="No entities were found">
            The documents name no people, organisations or places that could be recognised.
          </EmptyState>
        ) : (
          <Explorer run={run} graph={graph} />
        )
      }
    </Loaded>
  );
}
