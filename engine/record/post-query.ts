// Which posts a reader asks for, newest or most reacted to first.
import type { PostQuery, PostView } from '../contract.ts';
import type { Ledger } from './ledger.ts';
import { viewPost, type PostSource } from './post-view.ts';

const DEFAULT_LIMIT = 50;

export function selectPosts(source: PostSource, query: PostQuery, round: number): readonly PostView[] {
  const { ledger, scenario } = source;
  const limit = query.limit ?? DEFAULT_LIMIT;
  const platform = query.platform === undefined ? undefined : scenario.platforms.findIndex(({ kind }) => kind === query.platform);
  const fits = (seq: number): boolean => {
    const { batch, row } = ledger.place(seq) as NonNullable<ReturnType<typeof ledger.place>>;
    return (
      batch.round <= round &&
      (query.before === undefined || seq < query.before) &&
      (platform === undefined || batch.platform[row] === platform) &&
      (query.agent === undefined || batch.agent[row] === query.agent) &&
      (query.issue === undefined || batch.issue[row] === query.issue)
    );
  };
  const chosen: number[] = [];
  if (query.sort === 'top') {
    chosen.push(...topPosts(ledger, round, limit, fits));
  } else {
    for (let place = ledger.posts.length - 1; place >= 0 && chosen.length < limit; place--) {
      const seq = ledger.posts[place] as number;
      if (fits(seq)) chosen.push(seq);
    }
  }
  return chosen.map((seq) => viewPost(source, seq, round) as PostView);
}

/**
 * The posts most reacted to, of equals the newest first. Shares of a post are left out: they would show its words again
 * with its score. One pass: a run may hold a million posts, and few are asked for.
 */
function topPosts(ledger: Ledger, round: number, limit: number, fits: (seq: number) => boolean): readonly number[] {
  const { likes, reposts, replies, dislikes } = ledger.scoresAt(round);
  const top: { readonly seq: number; readonly engagement: number }[] = [];
  for (let at = ledger.posts.length - 1; at >= 0; at--) {
    const engagement = (likes[at] ?? 0) + (reposts[at] ?? 0) + (replies[at] ?? 0) - (dislikes[at] ?? 0);
    const last = top[limit - 1];
    if (last !== undefined && last.engagement >= engagement) continue;
    const seq = ledger.posts[at] as number;
    if (ledger.originOf(seq) !== seq || !fits(seq)) continue;
    let place = top.length;
    while (place > 0 && (top[place - 1]?.engagement ?? 0) < engagement) place--;
    top.splice(place, 0, { seq, engagement });
    top.length = Math.min(top.length, limit);
  }
  return top.map(({ seq }) => seq);
}
