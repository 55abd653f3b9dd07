// Reply cascades made from a known process, as files in the form of the suite.
import { portableExp, randomKey, randomStream } from '#foundation';

const EPOCH_MS = 1_288_834_974_657;

interface MadePost {
  readonly minutes: number;
  readonly parent: number;
}

/** Between a handful and some hundreds of replies, most in the first hours, a third of them to replies. */
export function madePosts(index: number): readonly MadePost[] {
  const stream = randomStream(randomKey(7, 'made cascades'), index);
  const size = Math.round(5 * portableExp(1.5 + 1.2 * stream.normal()));
  const times = Array.from({ length: size }, () => 20 * (1 / stream.next() - 1)).toSorted((left, right) => left - right);
  const posts: MadePost[] = [{ minutes: 0, parent: -1 }];
  for (const minutes of times) posts.push({ minutes, parent: stream.next() < 0.35 ? stream.below(posts.length) : 0 });
  return posts;
}

/** Snowflake id of a post `minutes` after a root of this index. */
function madeId(index: number, minutes: number, at: number): string {
  const ms = 1_570_000_000_000 + index * 7_654_321 + Math.round(minutes * 60_000) - EPOCH_MS;
  return ((BigInt(ms) << 22n) + BigInt(at)).toString();
}

interface Spelling {
  readonly unitMinutes: number;
  readonly from: 'root' | 'parent';
  readonly snowflakes: boolean;
}

export function madeFile(index: number, { unitMinutes, from, snowflakes }: Spelling): { name: string; text: string } {
  const posts = madePosts(index);
  const idOf = (at: number): string => (snowflakes ? madeId(index, posts[at]?.minutes ?? 0, at) : `post-${at}`);
  const timeOf = (at: number): string => {
    const post = posts[at];
    if (post === undefined || post.parent < 0) return '0.0';
    const zero = from === 'root' ? 0 : (posts[post.parent]?.minutes ?? 0);
    return ((post.minutes - zero) / unitMinutes).toFixed(4);
  };
  const lines = posts.map((post, at) =>
    post.parent < 0
      ? `root: ['${idOf(at)}','0.0']->['ROOT','0.0']`
      : `reply: ['${idOf(at)}','${timeOf(at)}']->['${idOf(post.parent)}','${timeOf(post.parent)}']`,
  );
  return { name: `cascade-${index}.txt`, text: `${lines.join('\n')}\n` };
}
