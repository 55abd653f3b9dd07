// The world as of one round: the timeline on top, what agents read and wrote, and the measures beside it. Without
// a round in the address it follows the newest.
import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useMediaQuery, useThrottledValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { RunView } from '#api/contract';
import { measuresQuery } from '../api/queries.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { words } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { MeasureCharts } from '../shared/measure-charts.tsx';
import { SimulatedMark } from '../shared/provenance.tsx';
import { MarketPanel } from '../market/market-panel.tsx';
import { Feed } from './feed.tsx';
import { GroupList } from './group-list.tsx';
import { InjectForm } from './inject-form.tsx';
import { Parting } from './parting.tsx';
import { PostSpotlight } from './post-spotlight.tsx';
import styles from './theatre.module.css';
import { Timeline } from './timeline.tsx';
import { useScrub } from './use-scrub.ts';

const route = getRouteApi('/runs/$id');
/** A world may live many rounds a second; the feed is read at most this often. */
const FOLLOW_MS = 900;
const EVERYWHERE = 'all';
/** Where posts are written; a market has a panel of its own. */
const feedsOf = (run: RunView): readonly string[] => run.platforms.filter((kind) => kind !== 'market');

function FeedFilters({ run, wide }: { readonly run: RunView; readonly wide: boolean }) {
  const { sort = 'recent', platform, issue } = route.useSearch();
  const navigate = route.useNavigate();
  const set = (part: { sort?: 'top' | undefined; platform?: string | undefined; issue?: number | undefined }): void =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  return (
    <div className={styles.filters}>
      <SegmentedControl
        size="xs"
        aria-label="Order of posts"
        value={sort}
        onChange={(next) => set({ sort: next === 'top' ? 'top' : undefined })}
        data={[
          { value: 'recent', label: 'Newest' },
          { value: 'top', label: 'Top' },
        ]}
      />
      {feedsOf(run).length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label="Platform"
          value={platform ?? EVERYWHERE}
          onChange={(next) => set({ platform: next === EVERYWHERE ? undefined : next })}
          data={[
            { value: EVERYWHERE, label: wide ? 'Side by side' : 'All' },
            ...feedsOf(run).map((name) => ({ value: name, label: words(name) })),
          ]}
        />
      )}
      {run.issues.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label="Issue"
          value={issue === undefined ? '' : String(issue)}
          onChange={(event) => set({ issue: event.currentTarget.value === '' ? undefined : Number(event.currentTarget.value) })}
          data={[
            { value: '', label: 'Every issue' },
            ...run.issues.map((one) => ({ value: String(one.index), label: one.label })),
          ]}
        />
      )}
      <SimulatedMark>Simulated: nobody said these words</SimulatedMark>
    </div>
  );
}

export function TheatreView({ run }: { readonly run: RunView }) {
  const { platform, post } = route.useSearch();
  const measures = useQuery(measuresQuery(run.id));
  const scrub = useScrub(run.roundsDone - 1);
  const shown = useThrottledValue(scrub.round, FOLLOW_MS);
  const wide = useMediaQuery('(min-width: 1180px)', true, { getInitialValueInEffect: false });

  if (run.roundsDone === 0)
    return <EmptyState title="The curtain is still down">The theatre opens with the first round of the world.</EmptyState>;
  const round = scrub.following ? shown : scrub.settled;
  const columns: readonly (string | undefined)[] =
    platform !== undefined || !wide || feedsOf(run).length < 2 ? [platform] : feedsOf(run);
  return (
    <>
      <Timeline run={run} measures={measures.data} scrub={scrub} />
      <div className={styles.page} data-columns={columns.length}>
        <section aria-label="Posts" className={styles.posts}>
          <FeedFilters run={run} wide={wide && feedsOf(run).length > 1} />
          {post !== undefined && <PostSpotlight key={post} run={run} seq={post} />}
          <div className={styles.feeds}>
            {columns.map((name) => (
              <Feed key={name ?? EVERYWHERE} run={run} platform={name} round={round} titled={columns.length > 1} />
            ))}
          </div>
        </section>
        <section aria-label="Measures" className={styles.measures}>
          {(run.status === 'running' || run.status === 'paused') && <InjectForm run={run} />}
          {run.forkOf !== undefined && <Parting run={run} current={scrub.round} onPick={scrub.to} />}
          {run.platforms.includes('market') && <MarketPanel run={run} round={round} measures={measures.data} onPick={scrub.to} />}
          {run.platforms.includes('chat') && <GroupList run={run} round={round} />}
          <Loaded query={measures} shape={[220, 220]}>
            {(view) => <MeasureCharts view={view} issues={run.issues} current={scrub.round} onPick={scrub.to} />}
          </Loaded>
        </section>
      </div>
    </>
  );
}
