// A simulated post (wavy edge), or an injected event. Its author opens the drawer; what it is grounded in is
// shown as a document excerpt, set apart from the words of the post.
import { Link } from '@tanstack/react-router';
import type { PostView, RunView } from '#api/contract';
import { kindToken } from './colour.ts';
import { compact, words, worldTime } from './format.ts';
import { BoltIcon, DownIcon, HeartIcon, ReplyIcon, RepostIcon } from './icons.tsx';
import styles from './post-card.module.css';
import { ExcerptBlock } from './provenance.tsx';
import { Stance } from './stance.tsx';

interface PostCardProps {
  readonly runId: string;
  readonly post: PostView;
  readonly issues: RunView['issues'];
  readonly showPlatform?: boolean;
  /** Position in a feed, for screen readers. */
  readonly place?: { readonly at: number; readonly of: number };
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase())
    .join('');

function Author({ runId, post }: { readonly runId: string; readonly post: PostView }) {
  const face = (
    <>
      <span
        className={styles.face}
        data-type={post.authorType}
        style={{ background: `var(${post.agent === undefined ? '--simulated' : kindToken(post.authorType)})` }}
        aria-hidden="true"
      >
        {post.agent === undefined ? <BoltIcon size={16} /> : initials(post.authorName)}
      </span>
      <span className={styles.names}>
        <strong>{post.agent === undefined ? 'Injected event' : post.authorName}</strong>
        {post.agent !== undefined && <span>@{post.authorHandle}</span>}
      </span>
    </>
  );
  if (post.agent === undefined) return <span className={styles.author}>{face}</span>;
  return (
    <Link
      from="/runs/$id"
      to="/runs/$id"
      params={{ id: runId }}
      search={(before) => ({ ...before, agent: post.agent, pane: undefined })}
      resetScroll={false}
      className={styles.author}
    >
      {face}
    </Link>
  );
}

function Figure({ icon, label, value }: { icon: React.ReactNode; label: string; value: number }) {
  return (
    <span className={styles.figure} role="img" aria-label={`${value} ${label}`} title={label}>
      {icon}
      <span className="number">{compact(value)}</span>
    </span>
  );
}

export function PostCard({ runId, post, issues, showPlatform = false, place }: PostCardProps) {
  const issue = issues.find((one) => one.index === post.issue);
  return (
    <article
      className={styles.card}
      data-kind={post.kind}
      aria-label={`${post.kind} by ${post.authorName}`}
      {...(place === undefined ? {} : { 'aria-posinset': place.at, 'aria-setsize': place.of })}
    >
      <header>
        <Author runId={runId} post={post} />
        <span className={styles.when}>
          <Link
            from="/runs/$id"
            to="/runs/$id"
            params={{ id: runId }}
            search={(before) => ({ ...before, tab: 'theatre', post: post.seq, round: before.round ?? undefined })}
            resetScroll={false}
            aria-label={`Event ${post.seq}`}
            className="number"
          >
            #{post.seq}
          </Link>
          <time dateTime={post.time} title={worldTime(post.time)}>
            round {post.round}
          </time>
        </span>
      </header>
      {post.parent !== undefined && (
        <p className={styles.parent}>
          {post.kind === 'reply' ? 'answers' : post.kind === 'quote' ? 'quotes' : 'shares'}{' '}
          <Link
            from="/runs/$id"
            to="/runs/$id"
            params={{ id: runId }}
            search={(before) => ({ ...before, tab: 'theatre', post: post.parent })}
            resetScroll={false}
          >
            #{post.parent}
          </Link>
          {post.parentAuthor !== undefined && ` by ${post.parentAuthor}`}
        </p>
      )}
      {post.group !== undefined && <p className={styles.parent}>in the group “{post.group.name}”</p>}
      {post.warned && <p className={styles.warned}>Reported by several readers, and shown to fewer</p>}
      <p className={styles.text}>{post.text}</p>
      {post.excerpt !== undefined && (
        <details className={styles.ground}>
          <summary>Grounded in {post.excerpt.documentName}</summary>
          <ExcerptBlock excerpt={post.excerpt} />
        </details>
      )}
      <footer>
        <Figure icon={<HeartIcon size={15} />} label="likes" value={post.likes} />
        {post.dislikes > 0 && <Figure icon={<DownIcon size={15} />} label="dislikes" value={post.dislikes} />}
        <Figure icon={<ReplyIcon size={15} />} label="replies" value={post.replies} />
        <Figure icon={<RepostIcon size={15} />} label="shares" value={post.reposts} />
        <span className={styles.stance}>
          <Stance value={post.stance} label={issue?.label ?? 'Stance'} bare />
        </span>
        {issues.length > 1 && <span className={styles.issue}>{issue?.label}</span>}
        {showPlatform && <span className={styles.issue}>{words(post.platform)}</span>}
        {post.writtenBy === 'model' && <span className={styles.written}>written by a model</span>}
      </footer>
    </article>
  );
}
