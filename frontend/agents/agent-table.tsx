// The agents as a table over a list that may hold a million: pages are fetched as they come into sight.
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { AgentRow, RunView } from '#api/contract';
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
          <Link
            to="/runs/$id"
            params={{ id: run.id }}
            search={(before) => ({ ...before, agent: row.agent, pane: undefined })}
            resetScroll={false}
            className={styles.name}
          >
            {row.name}
          </Link>
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

export function AgentTable({ run }: { readonly run: RunView }) {
  const { q, kind, round, agent } = route.useSearch();
  const [range, setRange] = useState({ first: 0, last: PAGE - 1 });
  const firstPage = Math.floor(range.first / PAGE);
  const pages = Array.from({ length: Math.floor(range.last / PAGE) - firstPage + 1 }, (_, index) => firstPage + index);
  const results = useQueries({
    queries: pages.map((page) => ({
      ...agentsQuery(run.id, { q, kind, offset: page * PAGE, limit: PAGE, round }),
      placeholderData: keepPreviousData,
    })),
  });
  const fetched = results.map((result) => (result.isPlaceholderData ? undefined : result.data));
  const total = results.find((result) => result.data !== undefined)?.data?.total;
  const failed = results.find((result) => result.error !== null);

  // Rows are placed by page; a page still under way leaves its place grey.
  const loadedPages = fetched.findIndex((page) => page === undefined);
  const usable = loadedPages === -1 ? fetched : fetched.slice(0, loadedPages);
  const identity = usable.map((page) => page?.agents.length ?? 0).join(',');
  // oxlint-disable-next-line react/exhaustive-deps -- the pages' identity stands for them
  const rows = useMemo(() => usable.flatMap((page) => page?.agents ?? []), [identity, firstPage, results[0]?.dataUpdatedAt]);
  const columns = useMemo(() => columnsFor(run), [run]);
  const onRange = useCallback((first: number, last: number) => setRange({ first, last: Math.max(last, first + PAGE - 1) }), []);

  if (failed !== undefined && total === undefined)
    return <ProblemCard problem={problemFrom(failed.error)} onRetry={() => void failed.refetch()} />;
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
