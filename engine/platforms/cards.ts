// What a reader needs to know of a post, side by side: one line of the processor's cache instead of one per column.
// Cards are copied from the posts' columns when a round is frozen; the columns stay the truth.
// Invariant: once dealt, the card of every post in the window agrees with the columns.
import { ACTOR_TYPES } from '#knowledge-graph/contract';
import { NONE } from '../contract.ts';
import type { PlatformView, WorldView } from '../rounds/world.ts';
import { rulesOf } from './platform.ts';

/** Words of a card: 64 bytes, a line of the cache. */
export const CARD_WORDS = 16;
/** Places of a card's words. */
export const CARD = {
  origin: 0,
  author: 1,
  point: 2,
  issue: 3,
  round: 4,
  /** Expressed stance, score beside the post, base-10 logarithm of the author's reach: float32. */
  stance: 5,
  shown: 6,
  reach: 7,
  /** Credibility of the author to someone with a tie of strength 1 less tie effects: float32. */
  standing: 8,
  reports: 9,
} as const;

/** Integer and float views of the same words. */
export interface Cards {
  readonly u32: Uint32Array;
  readonly f32: Float32Array;
}

/** A buffer with room for the cards of `count` posts: the old one while it is large enough, else a copy twice as large. */
export function roomForCards(buffer: SharedArrayBuffer, count: number): SharedArrayBuffer {
  const needed = count * CARD_WORDS * 4;
  if (needed <= buffer.byteLength) return buffer;
  const larger = new SharedArrayBuffer(Math.max(needed, 2 * buffer.byteLength));
  new Uint8Array(larger).set(new Uint8Array(buffer));
  return larger;
}

export const viewCards = (buffer: SharedArrayBuffer): Cards => ({ u32: new Uint32Array(buffer), f32: new Float32Array(buffer) });

/** Deals cards for the posts since the last round, and brings scores and reports of those from `first` on up to date. */
export function dealCards(view: WorldView, platform: PlatformView, first: number): void {
  const { behaviour } = view;
  const { posts, cards, cardCount, postCount } = platform;
  const { u32, f32 } = cards;
  const { score } = rulesOf(platform.kind);
  const credibility = Float64Array.from(ACTOR_TYPES, (type) => (type === 'person' ? 1 : behaviour[`${type}-credibility`]));
  const dealt = cardCount[0] as number;
  for (let post = dealt; post < postCount; post++) {
    const at = post * CARD_WORDS;
    const author = posts.author[post] as number;
    u32[at + CARD.origin] = posts.origin[post] as number;
    u32[at + CARD.author] = author;
    u32[at + CARD.point] = posts.point[post] as number;
    u32[at + CARD.issue] = posts.issue[post] as number;
    u32[at + CARD.round] = posts.round[post] as number;
    f32[at + CARD.stance] = posts.stance[post] as number;
    const reach = author === NONE ? 0 : (view.reach[author] as number);
    f32[at + CARD.reach] = reach;
    f32[at + CARD.standing] =
      author === NONE
        ? behaviour['news-credibility']
        : (credibility[view.actorType[author] as number] as number) * (1 + behaviour['reach-credibility'] * reach);
  }
  cardCount[0] = postCount;
  for (let post = Math.min(first, dealt); post < postCount; post++) {
    f32[post * CARD_WORDS + CARD.shown] = score(platform, post);
    u32[post * CARD_WORDS + CARD.reports] = posts.reports[post] as number;
  }
}
