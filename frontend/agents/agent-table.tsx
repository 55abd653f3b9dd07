// The agents as a table over a list that may hold a million: pages are fetched as they come into sight.
import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { AgentRow, AgentsView, RunView } from '#api/contract';
import { problemFrom } from '../api/problem.ts';
import { agentsQuery } from '../api/queries.ts';
import { kindToken } from '../shared/colour.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { compact, count, plural, words } from '../shared/format.ts';
import { DocumentIcon } from '../shared/icons.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import { Stance } from '../shared/stance.tsx';
import { type Columns, columnHelper, VirtualTable } from '../shared/virtual-table.tsx';
import styles from './agents.module.css';

const route = getRouteApi('/runs/$id');
const PAGE = 100;
/** Browsers cannot scroll further than this at our row height; a search reaches the rest. */
const REACHABLE = 200_000;
const MAX_OPINION_COLUMNS = 3;
const helper = columnHelper<AgentRow>();

function columnsFor(run: RunView): Columns<AgentRow> {
  return [
    helper.accessor('name', {
      header: 'Name',
      cell: (cell) => {
        const row = cell.row.original;
        return (
          <>
            <Link
              from="/runs/$id"
              to="/runs/$id"
              params={{ id: run.id }}
              search={(before) => ({ ...before, agent: row.agent, pane: undefined })}
              resetScroll={false}
              className={styles.name}
            >
              {row.name}
            </Link>
            {!row.present && <small className={styles.gone}>not there</small>}
          </>
        );
      },
    }),
    helper.accessor('actorType', {
      header: 'Type',
      cell: (cell) => (
        <span className={styles.type}>
          <span className={styles.swatch} style={{ background: `var(${kindToken(cell.getValue())})` }} />
          {words(cell.getValue())}
          {cell.row.original.kind === 'named' && (
            <small role="img" aria-label="named in the documents" title="Named in the documents">
              <DocumentIcon size={13} />
            </small>
          )}
        </span>
      ),
    }),
    helper.accessor('occupation', { header: 'Occupation' }),
    helper.accessor('community', { header: 'Community' }),
    helper.accessor('reach', { header: 'Reach', cell: (cell) => `${compact(Math.round(cell.getValue() * 10) / 10)}×` }),
    ...run.issues.slice(0, MAX_OPINION_COLUMNS).map((issue, index) =>
      helper.accessor((row) => row.opinions[index] ?? 0, {
        id: `opinion-${issue.index}`,
        header: issue.label,
        cell: (cell) => <Stance value={cell.getValue()} label={issue.label} />,
      }),
    ),
  ];
}

/** Rows from the first page in sight on, up to the first page that is still under way. */
function loadedRows(results: readonly UseQueryResult<AgentsView>[]): readonly AgentRow[] {
  const missing = results.findIndex((result) => result.data === undefined);
  const loaded = missing === -1 ? results : results.slice(0, missing);
  return loaded.flatMap((result) => result.data?.agents ?? []);
}

export function AgentTable({ run }: { readonly run: RunView }) {
  const { q, kind, round, agent } = route.useSearch();
  const [range, setRange] = useState({ first: 0, last: PAGE - 1 });
  const pageQuery = (page: number) => agentsQuery(run.id, { q, kind, offset: page * PAGE, limit: PAGE, round });
  // The first page stays asked for: it knows the length of the list, whatever is in sight.
  const start = useQuery(pageQuery(0));
  const total = start.data?.total;
  const firstPage = Math.floor(range.first / PAGE);
  const lastPage = Math.floor(range.last / PAGE);
  const pages = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => firstPage + index);
  const rows = useQueries({ queries: pages.map(pageQuery), combine: loadedRows });
  const columns = useMemo(() => columnsFor(run), [run]);
  const onRange = useCallback(
    (first: number, last: number) =>
      setRange((before) => (before.first === first && before.last === last ? before : { first, last })),
    [],
  );

  if (start.error !== null && total === undefined)
    return <ProblemCard problem={problemFrom(start.error)} onRetry={() => void start.refetch()} />;
  if (total === 0) return <EmptyState title="Nobody matches">Try another word, or show everyone.</EmptyState>;
  const opinions = Math.min(run.issues.length, MAX_OPINION_COLUMNS);
  return (
    <>
      <p className={styles.total} role="status">
        {total === undefined ? 'Counting…' : plural(total, 'agent')}
        {total !== undefined && total > REACHABLE && `; the list shows the first ${count(REACHABLE)}, search for others`}
        {round !== undefined && `, as of round ${round}`}
      </p>
      <VirtualTable
        label="Agents"
        columns={columns}
        data={rows}
        rowKey={(row) => String(row.agent)}
        total={Math.min(total ?? PAGE, REACHABLE)}
        offset={firstPage * PAGE}
        onRange={onRange}
        template={`minmax(150px, 1.4fr) minmax(158px, 1fr) minmax(120px, 1fr) minmax(120px, 1fr) 76px repeat(${opinions}, minmax(130px, 1fr))`}
        minWidth={640 + opinions * 140}
        current={agent === undefined ? undefined : String(agent)}
      />
    </>
  );
}
