// One graph that stands by itself: the explorer, and what a person decides about the graph.
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { graphAlone, graphQuery } from '../api/graphs.ts';
import type { GraphState } from '../app/search.ts';
import { Explorer } from '../graph/explorer.tsx';
import { useTitle } from '../shared/use-title.ts';
import { AddDocuments } from './add-documents.tsx';
import { EditList } from './edit-list.tsx';
import { EntityEdits } from './entity-edits.tsx';
import styles from './graphs.module.css';
import { OntologyPanel } from './ontology-panel.tsx';

const route = getRouteApi('/graphs/$graph');

export function GraphPage() {
  const { graph: name } = route.useParams();
  const state = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const source = useMemo(() => graphAlone(name), [name]);
  useTitle(name);
  const change = useCallback(
    (part: Partial<GraphState>, step = false) =>
      void navigate({ search: (before) => ({ ...before, ...part }), replace: !step, resetScroll: false }),
    [navigate],
  );
  const follow = (entityName: string): void => {
    const node = client.getQueryData(graphQuery(source).queryKey)?.nodes.find((one) => one.name === entityName);
    change({ entity: node?.id });
  };
  return (
    <div className={styles.page}>
      <header>
        <Link to="/graphs" className={styles.back}>
          Graphs
        </Link>
        <h1>{name}</h1>
      </header>
      <Explorer
        source={source}
        state={state}
        change={change}
        renderTools={(entity) => <EntityEdits name={name} entity={entity} onChanged={follow} />}
      />
      <OntologyPanel name={name} />
      <div className={styles.pair}>
        <EditList name={name} />
        <AddDocuments name={name} />
      </div>
    </div>
  );
}
