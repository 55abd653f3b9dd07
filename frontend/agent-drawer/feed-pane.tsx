// What the agent had before it in the round that is looked at, and which recommender offered each post.
import { useQuery } from '@tanstack/react-query';
import type { AgentFeedView, RunView } from '#api/contract';
import { feedQuery } from '../api/queries.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { PostCard } from '../shared/post-card.tsx';
import styles from './agent-drawer.module.css';

/** Why a post got in, as people say it. */
const WHY: Readonly<Record<string, string>> = {
  chronological: 'recent',
  hot: 'well voted and new',
  popular: 'popular',
  similarity: 'much like what it says itself',
  random: 'by lot',
  following: 'from whom it follows',
  outOfNetwork: 'from beyond its circle',
  news: 'news shown directly',
  group: 'from one of its groups',
  trend: 'among trends it looked at',
  'search-posts': 'found by a search',
  'search-users': 'from an account found by a search',
};

function Posts({ run, view }: { readonly run: RunView; readonly view: AgentFeedView }) {
  if (view.posts.length === 0) return <EmptyState title="An empty feed">There was nothing to show in this round.</EmptyState>;
  return (
    <div className={styles.posts}>
      <p className={styles.quiet}>
        {view.active
          ? `It opened the ${view.platform} in this round and had this before it.`
          : `It opened nothing in this round; on the ${view.platform} it would have had this before it.`}
      </p>
      {view.posts.map(({ source, followed, post }) => (
        <div key={post.seq}>
          <p className={styles.why}>
            {WHY[source] ?? source}
            {followed && source !== 'following' && ' · followed'}
          </p>
          <PostCard runId={run.id} post={post} issues={run.issues} showPlatform={false} />
        </div>
      ))}
    </div>
  );
}

export function FeedPane({ run, agent, round }: { readonly run: RunView; readonly agent: number; readonly round: number }) {
  const query = useQuery(feedQuery(run.id, agent, Math.max(0, round)));
  return (
    <Loaded query={query} shape={[130, 130, 130]}>
      {(view) => <Posts run={run} view={view} />}
    </Loaded>
  );
}
