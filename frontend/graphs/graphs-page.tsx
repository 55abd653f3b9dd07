// All graphs that stand by themselves.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { StoredGraphView } from '#api/contract';
import { graphsQuery } from '../api/graphs.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { count, dateTime } from '../shared/format.ts';
import { PlusIcon } from '../shared/icons.tsx';
import { ButtonLink } from '../shared/links.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useTitle } from '../shared/use-title.ts';
import styles from './graphs.module.css';

const FACTS = ['documents', 'entities', 'relations', 'claims'] as const;

function GraphRow({ graph }: { readonly graph: StoredGraphView }) {
  return (
    <li className={styles.row}>
      <div>
        <Link to="/graphs/$graph" params={{ graph: graph.name }} className={styles.name}>
          {graph.name}
        </Link>
        <p className={styles.quiet}>
          <time dateTime={graph.savedAt}>{dateTime(graph.savedAt)}</time> · <code>{graph.hash.slice(0, 12)}</code>
          {graph.embeddingModel !== null && ` · vectors by ${graph.embeddingModel}`}
        </p>
      </div>
      <dl className={styles.facts}>
        {FACTS.map((fact) => (
          <div key={fact}>
            <dt>{fact}</dt>
            <dd>{count(graph[fact])}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

export function GraphsPage() {
  const query = useQuery(graphsQuery);
  useTitle('Graphs');
  return (
    <>
      <div className={styles.top}>
        <div>
          <h1>What documents say</h1>
          <p className={styles.quiet}>
            Entities, facts and claims of your documents, each with the words it was read from, in time, and open to your
            corrections.
          </p>
        </div>
        <ButtonLink to="/new-graph" size="lg" leftSection={<PlusIcon />}>
          New graph
        </ButtonLink>
      </div>
      <Loaded query={query} shape={[84, 84, 84]}>
        {(graphs) =>
          graphs.length === 0 ? (
            <EmptyState title="No graphs yet" action={<ButtonLink to="/new-graph">Build the first one</ButtonLink>}>
              Drop a few documents and see who and what they speak of. The graph of a run is in the run itself.
            </EmptyState>
          ) : (
            <ul className={styles.list} aria-label="Graphs">
              {graphs.map((graph) => (
                <GraphRow key={graph.name} graph={graph} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}
