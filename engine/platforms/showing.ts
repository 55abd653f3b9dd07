// What may be shown to one agent in one session, whoever recommends it.
// Invariants: nothing of this round or later (but news shown directly), nothing twice, nothing of one's own or of a
// muted author, nothing that the agent has reacted to and not taken back; of posts with a warning only some.
import { randomKey, uniform } from '#foundation';
import { NONE } from '../contract.ts';
import { UNDONE, type PlatformView, type WorldView } from '../rounds/world.ts';
import { CARD, CARD_WORDS } from './cards.ts';
import { createMarks } from './marks.ts';
import { collectRelations, createRelations, tieStrength, type Relations } from './bonds.ts';
import { FEED_SOURCES, type Feed } from './platform.ts';

const NEWS = FEED_SOURCES.indexOf('news');
/** Ties worth marking; beyond, every author is looked up. */
const MOST_MARKED = 512;

const FOR_STRANGERS: ReadonlySet<number> = new Set([FEED_SOURCES.indexOf('outOfNetwork'), FEED_SOURCES.indexOf('search-users')]);

export interface Showing {
  /** What the agent has done to its ties. */
  readonly relations: Relations;
  begin(agent: number): void;
  /** Empties the feed for another one in the same session; what stood in it does not come again. */
  turnPage(feed: Feed): void;
  /** Puts an entry, with the post whose words it shows, into the feed where it may be shown, and says whether it did. */
  push(agent: number, feed: Feed, entry: number, origin: number, source: number): boolean;
}

/** `first` is the first post of the window. */
export function createShowing(view: WorldView, platform: PlatformView, first: number): Showing {
  const { posts, cards, latestReaction, reactions } = platform;
  const { u32, f32 } = cards;
  const firstRound = posts.round[first] ?? 0;
  const relations = createRelations();
  const { muted } = relations;
  /** Originals not to be shown: reacted to, or shown before in this session. */
  const past: number[] = [];
  /** Authors that the agent has a tie to, and posts of the past or of this feed. */
  const tied = createMarks();
  const met = createMarks();
  const warnKey = randomKey(view.seed, `warning ${platform.index}`);
  const threshold = view.behaviour['report-threshold'];
  const visibility = view.behaviour['warning-visibility'];

  const markTied = (agent: number): void => {
    const { offsets, targets } = view.ties;
    const start = offsets[agent] as number;
    const end = offsets[agent + 1] as number;
    if (end - start > MOST_MARKED) {
      tied.fill();
      return;
    }
    tied.clear();
    for (let edge = start; edge < end; edge++) tied.add(targets[edge] as number);
    for (const author of relations.followed) tied.add(author);
  };
  const tieTo = (agent: number, author: number): number => (tied.mayHold(author) ? tieStrength(view, agent, author) : 0);
  const isMet = (feed: Feed, post: number): boolean => {
    if (!met.mayHold(post)) return false;
    for (let slot = 0; slot < feed.count; slot++) if (feed.post[slot] === post) return true;
    return past.includes(post);
  };

  return {
    relations,
    begin: (agent) => {
      collectRelations(view, agent, relations);
      markTied(agent);
      met.clear();
      past.length = 0;
      for (let at = latestReaction[agent] as number; at !== NONE; at = reactions.previous[at] as number) {
        // A post in the window was reacted to inside the window.
        if ((reactions.round[at] as number) < firstRound) break;
        if (reactions.kind[at] === UNDONE) continue;
        past.push(reactions.post[at] as number);
        met.add(reactions.post[at] as number);
      }
    },
    turnPage: (feed) => {
      for (let slot = 0; slot < feed.count; slot++) past.push(feed.post[slot] as number);
      feed.count = 0;
    },
    push: (agent, feed, entry, origin, source) => {
      if (view.alone && source !== NEWS) return false;
      const via = u32[entry * CARD_WORDS + CARD.author] as number;
      const card = origin * CARD_WORDS;
      const author = u32[card + CARD.author] as number;
      if (origin < first || author === agent || via === agent || isMet(feed, origin)) return false;
      if (muted.length > 0 && (muted.includes(author) || muted.includes(via))) return false;
      if ((u32[card + CARD.reports] as number) >= threshold && uniform(warnKey, agent, origin) >= visibility) return false;
      const authorTie = tieTo(agent, author);
      const viaTie = via === author ? authorTie : tieTo(agent, via);
      if ((authorTie > 0 || viaTie > 0) && FOR_STRANGERS.has(source)) return false;
      const slot = feed.count++;
      feed.post[slot] = origin;
      feed.entry[slot] = entry;
      feed.tie[slot] = authorTie > viaTie ? authorTie : viaTie;
      feed.followed[slot] = authorTie > 0 ? 1 : 0;
      feed.source[slot] = source;
      feed.author[slot] = author;
      feed.point[slot] = u32[card + CARD.point] as number;
      feed.issue[slot] = u32[card + CARD.issue] as number;
      feed.round[slot] = u32[card + CARD.round] as number;
      feed.stance[slot] = f32[card + CARD.stance] as number;
      feed.shown[slot] = f32[card + CARD.shown] as number;
      feed.reach[slot] = f32[card + CARD.reach] as number;
      feed.standing[slot] = f32[card + CARD.standing] as number;
      met.add(origin);
      return true;
    },
  };
}
