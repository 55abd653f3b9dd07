// Search over passages, entities and claims. The words and the mode live in the address.
import { Loader, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { graphSearchQuery, type GraphSource } from '../api/graphs.ts';
import { problemFrom } from '../api/problem.ts';
import type { GraphState } from '../app/search.ts';
import { words } from '../shared/format.ts';
import { SearchIcon } from '../shared/icons.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import { useSettled } from '../shared/use-settled.ts';
import styles from './graph.module.css';
import { SourceExcerpt, type OpenSource } from './source-excerpt.tsx';

interface GraphSearchProps {
  readonly source: GraphSource;
  readonly state: GraphState;
  readonly change: (part: Partial<GraphState>) => void;
  /** Undefined for an entity that is not shown. */
  readonly nameOf: (id: string) => string | undefined;
  readonly onEntity: (id: string) => void;
  readonly onSource: OpenSource;
}

const MODES = [
  { value: 'local', label: 'What is nearest' },
  { value: 'drift', label: 'Nearest, and on from there' },
  { value: 'global', label: 'The whole: communities' },
];

/** What is found of an entity is what it is said to be; its name goes before. */
function EntityHit({ name, text }: { readonly name: string | undefined; readonly text: string }) {
  if (name === undefined || name === text) return text;
  return (
    <>
      <strong>{name}</strong> {text}
    </>
  );
}

export function GraphSearch({ source, state, change, nameOf, onEntity, onSource }: GraphSearchProps) {
  const { q = '', mode = 'local', asOf } = state;
  const [typed, type] = useSettled(q, (next) => change({ q: next.trim() === '' ? undefined : next }));
  const query = useQuery(graphSearchQuery(source, q, mode, asOf));
  return (
    <search className={styles.search}>
      <TextInput
        aria-label="Search the documents and the graph"
        placeholder="Search the documents"
        leftSection={<SearchIcon size={16} />}
        rightSection={query.isFetching ? <Loader size={14} /> : null}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        aria-label="What the search looks for"
        value={mode}
        onChange={({ currentTarget: { value } }) => change({ mode: value === 'global' || value === 'drift' ? value : undefined })}
        data={MODES}
      />
      {query.error !== null && <ProblemCard problem={problemFrom(query.error)} onRetry={() => void query.refetch()} />}
      {q !== '' && query.data !== undefined && (
        <div className={styles.hits} role="region" aria-label="Search results" aria-live="polite">
          {query.data.hits.length === 0 && <p className={styles.totals}>Nothing in the documents matches.</p>}
          {query.data.hits.map((hit) =>
            hit.kind === 'entity' ? (
              <button type="button" key={hit.id} className={styles.hit} onClick={() => onEntity(hit.id)}>
                <EntityHit name={nameOf(hit.id)} text={hit.text} />
              </button>
            ) : (
              <details key={hit.id} className={styles.hitText}>
                <summary>
                  <small>{words(hit.kind)}</small> {hit.text}
                </summary>
                <SourceExcerpt excerpt={hit.excerpt} onOpen={onSource} />
              </details>
            ),
          )}
        </div>
      )}
    </search>
  );
}
