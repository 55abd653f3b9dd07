// What was called, newest first, at any number: pages are fetched as they come into sight, and the newest one stays
// live until the reader goes further down.
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { requestsCsv, requestsQuery, type RequestConditions } from '../api/gateway.ts';
import { DetailDrawer } from '../gateway/detail-drawer.tsx';
import styles from '../gateway/gateway.module.css';
import { EmptyState } from '../shared/empty-state.tsx';
import { plural } from '../shared/format.ts';
import { DownloadIcon, PauseIcon, PlayIcon } from '../shared/icons.tsx';
import { DownloadLink } from '../shared/links.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { RequestDrawer } from './request-drawer.tsx';
import { RequestFilters } from './request-filters.tsx';
import { RequestTable } from './request-table.tsx';
import own from './requests.module.css';

const route = getRouteApi('/gateway');
const LIVE_MS = 3000;
/** The next page is asked for when so few rows are left. */
const AHEAD = 30;

function useConditions(): RequestConditions {
  const { outcome, model, key, team, run, door, range } = route.useSearch();
  return useMemo(() => ({ outcome, model, key, team, run, door, range }), [outcome, model, key, team, run, door, range]);
}

export function RequestsTab() {
  const { live, open } = route.useSearch();
  const navigate = route.useNavigate();
  const conditions = useConditions();
  const filtered = Object.values(conditions).some((value) => value !== undefined);
  const query = useInfiniteQuery({
    ...requestsQuery(conditions),
    // Further down a reader would lose the place: the list stands still there.
    refetchInterval: ({ state }) => (live !== 'off' && (state.data?.pages.length ?? 0) <= 1 ? LIVE_MS : false),
  });
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const requests = useMemo(() => data?.pages.flatMap((page) => page.requests) ?? [], [data]);
  const [now] = useState(() => Date.now());
  const onRange = useCallback(
    (_first: number, last: number) => {
      if (hasNextPage && !isFetchingNextPage && last >= requests.length - AHEAD) void fetchNextPage({ cancelRefetch: false });
    },
    [fetchNextPage, hasNextPage, isFetchingNextPage, requests.length],
  );
  const isLive = live !== 'off' && (data?.pages.length ?? 0) <= 1;
  return (
    <div className={styles.page}>
      <RequestFilters />
      <Loaded query={query} shape={[44, 44, 44, 44, 44, 44]}>
        {() => (
          <section className={styles.section} aria-label="What was called">
            <div className={own.status}>
              <p role="status">
                {plural(requests.length, 'request')}
                {hasNextPage && ' so far'}
                {isLive ? ', live' : live === 'off' ? '' : ', standing still while you read on'}
              </p>
              <Button
                size="compact-sm"
                variant="default"
                aria-pressed={live !== 'off'}
                leftSection={live === 'off' ? <PlayIcon size={15} /> : <PauseIcon size={15} />}
                onClick={() =>
                  void navigate({
                    search: (before) => ({ ...before, live: live === 'off' ? undefined : 'off' }),
                    replace: true,
                    resetScroll: false,
                  })
                }
              >
                Live
              </Button>
              <DownloadLink href={requestsCsv(conditions)} leftSection={<DownloadIcon size={16} />}>
                .csv
              </DownloadLink>
            </div>
            {requests.length === 0 && !hasNextPage ? (
              <EmptyState title={filtered ? 'Nothing matches' : 'No requests yet'}>
                {filtered
                  ? 'Another time, or fewer filters, may find some.'
                  : 'Each call of a client or of an agent appears here as soon as it has ended.'}
              </EmptyState>
            ) : (
              <RequestTable
                key={JSON.stringify(conditions)}
                requests={requests}
                hasMore={hasNextPage}
                current={open}
                onRange={onRange}
              />
            )}
          </section>
        )}
      </Loaded>
      <DetailDrawer title="Request">{(id) => <RequestDrawer key={id} id={id} now={now} />}</DetailDrawer>
    </div>
  );
}
