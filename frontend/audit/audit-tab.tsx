// The chain of administrative acts: read at any length, verified, taken away.
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { AuditEntryView } from '#api/contract';
import { AUDIT_EXPORT, auditQuery } from '../api/gateway.ts';
import { DetailDrawer } from '../gateway/detail-drawer.tsx';
import styles from '../gateway/gateway.module.css';
import { OpenLink } from '../gateway/open-link.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { count, plural, toTheSecond } from '../shared/format.ts';
import { DownloadIcon } from '../shared/icons.tsx';
import { DownloadLink } from '../shared/links.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { type Columns, columnHelper, VirtualTable } from '../shared/virtual-table.tsx';
import { ActSheet } from './act-sheet.tsx';
import { VerifyChain } from './verify-chain.tsx';

const route = getRouteApi('/gateway');
const helper = columnHelper<AuditEntryView>();
/** The next page is asked for when so few rows are left. */
const AHEAD = 30;

const columns: Columns<AuditEntryView> = [
  helper.accessor('seq', { header: 'Entry', cell: (cell) => count(cell.getValue()) }),
  helper.accessor('at', { header: 'Time', cell: (cell) => toTheSecond(cell.getValue()) }),
  helper.accessor('action', {
    header: 'Act',
    cell: ({ row: { original }, getValue }) => <OpenLink id={String(original.seq)}>{getValue()}</OpenLink>,
  }),
  helper.accessor('subject', { header: 'On' }),
  helper.accessor('actor', { header: 'By' }),
  helper.accessor('hash', {
    header: 'Hash',
    cell: (cell) => <span className={styles.mono}>{cell.getValue().slice(0, 16)}…</span>,
  }),
];

export function AuditTab() {
  const { open } = route.useSearch();
  const query = useInfiniteQuery(auditQuery);
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const entries = useMemo(() => data?.pages.flat() ?? [], [data]);
  /** The newest number is the length: the chain has no gaps. */
  const total = entries[0]?.seq ?? 0;
  const onRange = useCallback(
    (_first: number, last: number) => {
      if (hasNextPage && !isFetchingNextPage && last >= entries.length - AHEAD) void fetchNextPage();
    },
    [fetchNextPage, hasNextPage, isFetchingNextPage, entries.length],
  );
  return (
    <div className={styles.page}>
      <VerifyChain>
        <p className={`${styles.quiet} ${styles.grow}`}>
          Every change of keys, budgets and configuration is an entry that carries the hash of the one before.
        </p>
        <DownloadLink href={AUDIT_EXPORT} leftSection={<DownloadIcon size={16} />}>
          .jsonl
        </DownloadLink>
      </VerifyChain>
      <Loaded query={query} shape={[44, 44, 44, 44]}>
        {() =>
          entries.length === 0 ? (
            <EmptyState title="No acts yet">Making a key or changing a budget writes the first entry.</EmptyState>
          ) : (
            <section className={styles.section} aria-label="The chain">
              <p className={`${styles.quiet} number`} role="status">
                {plural(total, 'entry', 'entries')}, newest first
              </p>
              <VirtualTable
                label="Administrative acts"
                columns={columns}
                data={entries}
                rowKey={(row) => String(row.seq)}
                total={Math.max(total, entries.length)}
                onRange={onRange}
                template="84px 172px minmax(150px, 1fr) minmax(160px, 1.4fr) minmax(160px, 1.2fr) 170px"
                minWidth={880}
                current={open}
              />
            </section>
          )
        }
      </Loaded>
      <DetailDrawer title="Administrative act">
        {(seq) => {
          const entry = entries.find((one) => String(one.seq) === seq);
          return entry === undefined ? (
            <EmptyState title="Not among those loaded">Scroll to it in the list first.</EmptyState>
          ) : (
            <ActSheet entry={entry} />
          );
        }}
      </DetailDrawer>
    </div>
  );
}
