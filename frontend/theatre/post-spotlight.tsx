// One post that was pointed at (by a citation, a memory, an answer), with what it answers above it.
import { CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { RunView } from '#api/contract';
import { postQuery } from '../api/queries.ts';
import { Loaded } from '../shared/loaded.tsx';
import { PostCard } from '../shared/post-card.tsx';
import styles from './theatre.module.css';

const route = getRouteApi('/runs/$id');
const SHAPE = [130];

function Parent({ run, seq }: { readonly run: RunView; readonly seq: number }) {
  const query = useQuery(postQuery(run.id, seq, undefined));
  return (
    <Loaded query={query} shape={SHAPE}>
      {(post) => <PostCard runId={run.id} post={post} issues={run.issues} showPlatform />}
    </Loaded>
  );
}

export function PostSpotlight({ run, seq }: { readonly run: RunView; readonly seq: number }) {
  const navigate = route.useNavigate();
  const query = useQuery(postQuery(run.id, seq, undefined));
  const holder = useRef<HTMLElement>(null);
  useEffect(() => {
    // Braces, because newer browsers answer with a promise and an effect must not return one.
    holder.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <section ref={holder} aria-label={`Event ${seq}`} className={styles.spotlight}>
      <div className={styles.spotlightHead}>
        <h3>Event #{seq}</h3>
        <CloseButton
          aria-label="Close this event"
          onClick={() => void navigate({ search: (before) => ({ ...before, post: undefined }), resetScroll: false })}
        />
      </div>
      <Loaded query={query} shape={SHAPE}>
        {(post) => (
          <>
            {post.parent !== undefined && <Parent run={run} seq={post.parent} />}
            <PostCard runId={run.id} post={post} issues={run.issues} showPlatform />
          </>
        )}
      </Loaded>
    </section>
  );
}
