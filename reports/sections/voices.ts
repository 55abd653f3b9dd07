// Voices: the posts that moved most people, word for word, from both sides.
import type { PostView } from '#engine/contract';
import { UNDECIDED_BAND } from '#engine/contract';
import type { Source } from '../numbers/source.ts';
import { authorOf } from '../checker/claim.ts';
import { computed } from '../numbers/compute.ts';
import { evened, finding, fromEvent, quoted, type Finding, type SectionPlan } from './finding.ts';

const SHOWN = 6;
const LOOKED_AT = 120;

export function voicesSection(source: Source): SectionPlan {
  const chosen = influential(source, SHOWN);
  const note = finding('caution', chosen.length === 0 ? 'voices-none' : 'voices-note', {});
  return { id: 'voices', title: 'Voices', findings: [note, ...chosen.map((post) => voice(source, post))], figures: [] };
}

/** A finding that quotes one post with its author and its reach. */
export function voice(source: Source, post: PostView): Finding {
  const reactions = computed(source, 'reactions', post.seq);
  const cascade = computed(source, 'cascade', post.seq);
  return finding(
    'quote',
    'voice',
    {
      author: authorOf(post),
      quote: quoted(post.text),
      reactions,
      reactionWord: reactions.text === '1' ? 'reaction' : 'reactions',
      cascade,
      cascadeWord: cascade.text === '1' ? 'post' : 'posts',
    },
    [fromEvent(post.seq)],
  );
}

/** Strongest posts first: reactions plus the cascade below. One per author, no two alike, no side shut out. */
export function influential(
  source: Source,
  count: number,
  wanted: (post: PostView) => boolean = () => true,
): readonly PostView[] {
  const strength = (post: PostView): number =>
    post.likes + post.dislikes + post.replies + post.reposts + (source.cascades().get(post.seq) ?? 1);
  const ranked = source.record
    .posts({ sort: 'top', limit: LOOKED_AT })
    .filter((post) => post.kind !== 'inject' && post.kind !== 'repost' && post.text.trim() !== '' && wanted(post))
    .toSorted((left, right) => strength(right) - strength(left) || left.seq - right.seq);
  const authors = new Set<number | undefined>();
  const texts = new Set<string>();
  const distinct = ranked.filter((post) => {
    const text = evened(post.text);
    if (authors.has(post.agent) || texts.has(text)) return false;
    authors.add(post.agent);
    texts.add(text);
    return true;
  });
  const chosen = distinct.slice(0, count);
  const others = distinct.slice(count);
  for (const side of [1, -1]) {
    const onSide = (post: PostView): boolean => post.stance * side > UNDECIDED_BAND;
    const replacement = others.find(onSide);
    if (!chosen.some(onSide) && replacement !== undefined && chosen.length > 1) chosen.splice(-1, 1, replacement);
  }
  return chosen;
}
