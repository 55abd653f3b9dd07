// Which posts a reader asks for, newest or most reacted to first.
import type { PostQuery, PostView } from '../contract.ts';
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
    // Shares of a post are left out: they would show its words again with its score.
    const scores = ledger.scoresAt(round);
    const engagement = (seq: number): number => {
      const at = ledger.postPlace(seq);
      const [likes, reposts, replies, dislikes] = [scores.likes[at], scores.reposts[at], scores.replies[at], scores.dislikes[at]];
      return (likes ?? 0) + (reposts ?? 0) + (replies ?? 0) - (dislikes ?? 0);
    };
    const candidates = ledger.posts.filter((seq) => ledger.originOf(seq) === seq && fits(seq));
    chosen.push(...candidates.toSorted((left, right) => engagement(right) - engagement(left) || right - left).slice(0, limit));
  } else {
    for (let place = ledger.posts.length - 1; place >= 0 && chosen.length < limit; place--) {
      const seq = ledger.posts[place] as number;
      if (fits(seq)) chosen.push(seq);
    }
  }
  return chosen.map((seq) => viewPost(source, seq, round) as PostView);
}
