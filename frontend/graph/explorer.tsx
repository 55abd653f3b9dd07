// The knowledge graph: a map to look at, a table that holds the same, a legend that filters both, a slider over time, a
// search, a shortest path, and a sheet about one entity with its sources. It knows where its graph is asked, not whose
// it is; what it shows lives in the address of the page around it.
import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useCallback, useMemo } from 'react';
import type { EntityView, GraphView } from '#api/contract';
import { graphQuery, pathQuery, type GraphSource } from '../api/graphs.ts';
import type { GraphState } from '../app/search.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { count, plural } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { AsOfSlider } from './as-of-slider.tsx';
import { EntitySheet } from './entity-sheet.tsx';
import { EntityTable } from './entity-table.tsx';
import { ExportLinks } from './export-links.tsx';
import { GraphSearch } from './graph-search.tsx';
import styles from './graph.module.css';
import { byCommunity, byType } from './groups.ts';
import { heldAt } from './held-at.ts';
import { Legend } from './legend.tsx';
import { PathPanel } from './path-panel.tsx';
import type { OpenSource } from './source-excerpt.tsx';
import { SourceDrawer, sourceText } from './source-drawer.tsx';

const SigmaMap = lazy(() => import('./sigma-map.tsx').then((module) => ({ default: module.SigmaMap })));
const NOTHING: readonly string[] = [];

export interface ExplorerProps {
  readonly source: GraphSource;
  readonly state: GraphState;
  /** `step`: the back button undoes it. */
  readonly change: (part: Partial<GraphState>, step?: boolean) => void;
  readonly renderTools?: ((entity: EntityView) => ReactNode) | undefined;
}

function Totals({ graph }: { readonly graph: GraphView }) {
  const { totals, nodes } = graph;
  return (
    <p className={styles.totals}>
      {plural(graph.documents.length, 'document')}, {plural(totals.entities, 'entity', 'entities')},{' '}
      {plural(totals.relations, 'relation')}, {plural(totals.claims, 'claim')}
      {nodes.length < totals.entities &&
        `; ${count(nodes.length)} entities are shown: no dates and amounts, and of many the most central`}
    </p>
  );
}

function LoadedExplorer({ graph, source, state, change, renderTools }: ExplorerProps & { readonly graph: GraphView }) {
  const { view = 'map', hide = NOTHING, entity, asOf, level, start, goal } = state;
  const hidden = useMemo(() => new Set(hide), [hide]);
  const grouping = useMemo(() => (level === undefined ? byType(graph) : byCommunity(graph, level)), [graph, level]);
  const held = useMemo(() => (asOf === undefined ? graph.edges : heldAt(graph.edges, asOf)), [graph, asOf]);
  const shown = useMemo(() => graph.nodes.filter((node) => !hidden.has(grouping.groupOf(node))), [graph, hidden, grouping]);
  const names = useMemo(() => new Map(graph.nodes.map(({ id, name }) => [id, name])), [graph]);
  const levels = useMemo(() => graph.communities.reduce((most, one) => Math.max(most, one.level + 1), 0), [graph]);
  const path = useQuery(pathQuery(source, start ?? '', goal ?? '', asOf));
  const chain = path.data?.facts;

  const select = useCallback(
    (id: string | undefined) => {
      const isGoal = start !== undefined && goal === undefined && id !== undefined && id !== start;
      change(isGoal ? { goal: id, entity: undefined } : { entity: id }, true);
    },
    [change, start, goal],
  );
  const openSource: OpenSource = useCallback((span) => change({ source: sourceText(span) }, true), [change]);
  const toggle = (key: string): void => {
    const next = hidden.has(key) ? hide.filter((other) => other !== key) : [...hide, key];
    change({ hide: next.length === 0 ? undefined : next });
  };

  return (
    <div className={styles.page}>
      <div className={styles.side}>
        <SegmentedControl
          fullWidth
          aria-label="How to show the graph"
          value={view}
          onChange={(next) => change({ view: next === 'table' ? 'table' : undefined })}
          data={[
            { value: 'map', label: 'Map' },
            { value: 'table', label: 'Table' },
          ]}
        />
        <GraphSearch
          source={source}
          state={state}
          change={change}
          nameOf={(id) => names.get(id)}
          onEntity={select}
          onSource={openSource}
        />
        <Legend
          groups={grouping.groups}
          hidden={hidden}
          onToggle={toggle}
          level={level}
          levels={levels}
          onLevel={(next) => change({ level: next, hide: undefined })}
        />
        <Totals graph={graph} />
        <ExportLinks source={source} />
      </div>
      <div className={styles.stage}>
        <AsOfSlider dates={graph.dates} asOf={asOf} onChange={(next) => change({ asOf: next })} />
        {start !== undefined && (
          <PathPanel
            start={start}
            goal={goal}
            query={path}
            nameOf={(id) => names.get(id) ?? id}
            onSelect={select}
            onSource={openSource}
            onClose={() => change({ start: undefined, goal: undefined }, true)}
          />
        )}
        {view === 'map' ? (
          <Suspense fallback={<Skeleton height={560} radius="md" />}>
            <SigmaMap
              graph={graph}
              grouping={grouping}
              held={held}
              chain={chain}
              hidden={hidden}
              selected={entity}
              onSelect={select}
            />
          </Suspense>
        ) : (
          <EntityTable graph={graph} nodes={shown} edges={held} level={level ?? 0} selected={entity} onSelect={select} />
        )}
      </div>
      {entity !== undefined && (
        <EntitySheet
          key={entity}
          source={source}
          entity={entity}
          asOf={asOf}
          onSelect={select}
          onClose={() => change({ entity: undefined }, true)}
          onPathFrom={() => change({ start: entity, goal: undefined }, true)}
          onSource={openSource}
          renderTools={renderTools}
        />
      )}
      <SourceDrawer source={source} place={state.source} onClose={() => change({ source: undefined }, true)} />
    </div>
  );
}

export function Explorer(props: ExplorerProps) {
  const query = useQuery(graphQuery(props.source));
  return (
    <Loaded query={query} shape={[560]}>
      {(graph) =>
        graph.nodes.length === 0 ? (
          <EmptyState title="No entities were found">
            The documents name no people, organisations or places that could be recognised.
          </EmptyState>
        ) : (
          <LoadedExplorer graph={graph} {...props} />
        )
      }
    </Loaded>
  );
}
