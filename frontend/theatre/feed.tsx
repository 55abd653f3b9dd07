// One stream of posts as of a round: fetched page by page, drawn only where it is seen.
import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import type { PostView, RunView } from '#api/contract';
import { problemFrom } from '../api/problem.ts';
import { fetchPosts } from '../api/queries.ts';
import { PostCard } from '../shared/post-card.tsx';
import { words } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import styles from './theatre.module.css';

const route = getRouteApi('/runs/$id');
const PAGE = 40;

interface FeedProps {
  readonly run: RunView;
  readonly platform: string | undefined;
  readonly round: number;
  readonly titled: boolean;
}

export function Feed({ run, platform, round, titled }: FeedProps) {
  const { sort = 'recent', issue } = route.useSearch();
  const scroller = useRef<HTMLDivElement>(null);
  const query = useInfiniteQuery({
    queryKey: ['run', run.id, 'posts', { platform, round, sort, issue }],
    queryFn: ({ signal, pageParam }) =>
      fetchPosts(run.id, { platform, round, sort, issue, limit: PAGE, before: pageParam }, signal),
    initialPageParam: undefined as number | undefined,
    // "Top" is a ranking of the best; only the stream by time has a next page.
    getNextPageParam: (page) => (sort === 'recent' && page.posts.length === PAGE ? page.posts.at(-1)?.seq : undefined),
    placeholderData: keepPreviousData,
  });
  const posts = useMemo((): readonly PostView[] => query.data?.pages.flatMap((page) => page.posts) ?? [], [query.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const virtualizer = useVirtualizer({
    count: posts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 150,
    overscan: 5,
    getItemKey: (index) => posts[index]?.seq ?? index,
  });
  const name = platform === undefined ? 'All platforms' : words(platform);
  return (
    <div className={styles.feed}>
      {titled && <h3>{name}</h3>}
      <Loaded query={query} shape={[130, 130, 130]}>
        {() =>
          posts.length === 0 ? (
            <p className={styles.quiet}>Nothing has been written here by round {round}.</p>
          ) : (
            <div
              ref={scroller}
              className={styles.scroller}
              role="region"
              aria-label={`Posts, ${name}`}
              aria-busy={query.isPlaceholderData}
            >
              <div
                role="feed"
                aria-busy={isFetchingNextPage}
                style={{ height: virtualizer.getTotalSize(), position: 'relative' }}
              >
                {virtualizer.getVirtualItems().map((item) => {
                  const post = posts[item.index];
                  if (post === undefined) return null;
                  return (
                    <div
                      key={post.seq}
                      ref={virtualizer.measureElement}
                      data-index={item.index}
                      className={styles.slot}
                      style={{ transform: `translateY(${item.start}px)` }}
                    >
                      <PostCard
                        runId={run.id}
                        post={post}
                        issues={run.issues}
                        showPlatform={!titled && platform === undefined}
                        place={{ at: item.index + 1, of: hasNextPage ? -1 : posts.length }}
                      />
                    </div>
                  );
                })}
              </div>
              {query.isFetchNextPageError && (
                <ProblemCard problem={problemFrom(query.error)} onRetry={() => void fetchNextPage()} />
              )}
              {hasNextPage && (
                <Button fullWidth variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                  Older posts
                </Button>
              )}
            </div>
          )
        }
      </Loaded>
    </div>
  );
}
