// One agent up close, over any tab: who they are, what they think and remember, what they wrote, and a talk with
// them. Which agent and which pane live in the address; everything is as of the round that is looked at.
import { Drawer, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { AgentView, RunView } from '#api/contract';
import { agentQuery } from '../api/queries.ts';
import { PANES, type Pane } from '../app/search.ts';
import { kindToken } from '../shared/colour.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { words } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { PostCard } from '../shared/post-card.tsx';
import { DocumentMark, SimulatedMark } from '../shared/provenance.tsx';
import styles from './agent-drawer.module.css';
import { ChatPane } from './chat-pane.tsx';
import { FeedPane } from './feed-pane.tsx';
import { MindPane } from './mind-pane.tsx';
import { PersonaPane } from './persona-pane.tsx';

const route = getRouteApi('/runs/$id');
const isPane = (value: string): value is Pane => (PANES as readonly string[]).includes(value);

function Head({ view }: { readonly view: AgentView }) {
  const { persona } = view;
  return (
    <header className={styles.head}>
      <span
        className={styles.face}
        data-type={persona.actorType}
        style={{ background: `var(${kindToken(persona.actorType)})` }}
        aria-hidden="true"
      >
        {persona.name.charAt(0)}
      </span>
      <div>
        <h2>{persona.name}</h2>
        <p>
          @{persona.handle} · {words(persona.actorType)} · {persona.occupation}
        </p>
        <p>
          {persona.kind === 'named' ? (
            <DocumentMark>Named in the documents</DocumentMark>
          ) : (
            <SimulatedMark>Synthesized</SimulatedMark>
          )}
        </p>
      </div>
    </header>
  );
}

function Posts({ run, view }: { readonly run: RunView; readonly view: AgentView }) {
  if (view.posts.length === 0) return <EmptyState title="Silent so far">Nothing written by round {view.round}.</EmptyState>;
  return (
    <div className={styles.posts}>
      {view.posts.map((post) => (
        <PostCard key={post.seq} runId={run.id} post={post} issues={run.issues} showPlatform />
      ))}
    </div>
  );
}

function Body({ run, agent }: { readonly run: RunView; readonly agent: number }) {
  const { pane = 'persona', round } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(agentQuery(run.id, agent, round));
  return (
    <Loaded query={query} shape={[80, 40, 260]}>
      {(view) => (
        <>
          <Head view={view} />
          <SegmentedControl
            fullWidth
            aria-label="About this agent"
            value={pane}
            onChange={(next) => {
              if (isPane(next))
                void navigate({ search: (before) => ({ ...before, pane: next }), replace: true, resetScroll: false });
            }}
            data={PANES.map((value) => ({ value, label: words(value) }))}
          />
          <p className={styles.asOf}>
            {view.round < 0 ? 'Before the first round' : `As of round ${view.round}`}
            {!view.present && ', in which it was not there: it has left this fork, or joins it later'}
            {round === undefined && run.status === 'running' && ' (newest)'}
          </p>
          {pane === 'persona' && <PersonaPane run={run} view={view} />}
          {pane === 'mind' && <MindPane run={run} view={view} />}
          {pane === 'feed' && <FeedPane run={run} agent={agent} round={view.round} />}
          {pane === 'posts' && <Posts run={run} view={view} />}
          {pane === 'chat' && <ChatPane key={agent} run={run} view={view} round={round} />}
        </>
      )}
    </Loaded>
  );
}

export function AgentDrawer({ run }: { readonly run: RunView }) {
  const { agent } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Drawer
      opened={agent !== undefined}
      onClose={() =>
        void navigate({ search: (before) => ({ ...before, agent: undefined, pane: undefined }), resetScroll: false })
      }
      position="right"
      size="min(560px, 100vw)"
      title="Agent"
      closeButtonProps={{ 'aria-label': 'Close' }}
      overlayProps={{ backgroundOpacity: 0.35 }}
      classNames={{ body: styles.body ?? '', title: styles.title ?? '' }}
    >
      {agent !== undefined && <Body key={agent} run={run} agent={agent} />}
    </Drawer>
  );
}
