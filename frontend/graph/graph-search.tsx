// Search over passages, entities and claims. The words live in the address.
import { Loader, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { problemFrom } from '../api/problem.ts';
import { graphSearchQuery } from '../api/queries.ts';
import { words } from '../shared/format.ts';
import { SearchIcon } from '../shared/icons.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import { ExcerptBlock } from '../shared/provenance.tsx';
import { useTypedSearch } from '../shared/use-typed-search.ts';
import styles from './graph.module.css';

const route = getRouteApi('/runs/$id');

interface GraphSearchProps {
  readonly runId: string;
  readonly onEntity: (id: string) => void;
}

export function GraphSearch({ runId, onEntity }: GraphSearchProps) {
  const { q = '' } = route.useSearch();
  const typed = useTypedSearch('/runs/$id', q);
  const query = useQuery(graphSearchQuery(runId, q));
  return (
    <search className={styles.search}>
      <TextInput
        aria-label="Search the documents and the graph"
        placeholder="Search the documents"
        leftSection={<SearchIcon size={16} />}
        rightSection={query.isFetching ? <Loader size={14} /> : null}
        value={typed.value}
        onChange={(event) => typed.change(event.currentTarget.value)}
      />
      {query.error !== null && <ProblemCard problem={problemFrom(query.error)} onRetry={() => void query.refetch()} />}
      {q !== '' && query.data !== undefined && (
        <div className={styles.hits} role="region" aria-label="Search results" aria-live="polite">
          {query.data.hits.length === 0 && <p className={styles.totals}>Nothing in the documents matches.</p>}
          {query.data.hits.map((hit) =>
            hit.kind === 'entity' ? (
              <button type="button" key={hit.id} className={styles.hit} onClick={() => onEntity(hit.id)}>
                {hit.text}
              </button>
            ) : (
              <details key={hit.id} className={styles.hitText}>
                <summary>
                  <small>{words(hit.kind)}</small> {hit.text}
                </summary>
                <ExcerptBlock excerpt={hit.excerpt} />
              </details>
            ),
          )}
        </div>
      )}
    </search>
  );
}
