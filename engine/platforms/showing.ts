// What may be shown to one agent in one session, whoever recommends it.
// Invariants: nothing of this round or later (but news shown directly), nothing twice, nothing of one's own or of a
// muted author, nothing that the agent has reacted to and not taken back; of posts with a warning only some.
import { randomKey, uniform } from '#foundation';
import { NONE } from '../contract.ts';
import { UNDONE, type PlatformView, type WorldView } from '../rounds/world.ts';
import { collectRelations, createRelations, tieStrength, type Relations } from './bonds.ts';
import { FEED_SOURCES, type Feed } from './platform.ts';

const FOR_STRANGERS: ReadonlySet<number> = new Set([FEED_SOURCES.indexOf('outOfNetwork'), FEED_SOURCES.indexOf('search-users')]);

export interface Showing {
  /** What the agent has done to its ties. */
  readonly relations: Relations;
  begin(agent: number): void;
  /** Empties the feed for another one in the same session; what stood in it does not come again. */
  turnPage(feed: Feed): void;
  /** Puts an entry into the feed where it may be shown, and says whether it did. */
  push(agent: number, feed: Feed, entry: number, source: number): boolean;
}

/** `first` is the first post of the window. */
export function createShowing(view: WorldView, platform: PlatformView, first: number): Showing {
  const { posts, latestReaction, reactions } = platform;
  const firstRound = posts.round[first] ?? 0;
  const relations = createRelations();
  const { muted } = relations;
  /** Originals not to be shown: reacted to, or shown before in this session. */
  const past: number[] = [];
  const warnKey = randomKey(view.seed, `warning ${platform.index}`);
  const threshold = view.behaviour['report-threshold'];
  const visibility = view.behaviour['warning-visibility'];

  return {
    relations,
    begin: (agent) => {
      collectRelations(view, agent, relations);
      past.length = 0;
      for (let at = latestReaction[agent] as number; at !== NONE; at = reactions.previous[at] as number) {
        // A post in the window was reacted to inside the window.
        if ((reactions.round[at] as number) < firstRound) break;
        if (reactions.kind[at] !== UNDONE) past.push(reactions.post[at] as number);
      }
    },
    turnPage: (feed) => {
      for (let slot = 0; slot < feed.count; slot++) past.push(feed.post[slot] as number);
      feed.count = 0;
    },
    push: (agent, feed, entry, source) => {
      const origin = posts.origin[entry] as number;
      const author = posts.author[origin] as number;
      const via = posts.author[entry] as number;
      if (origin < first || author === agent || via === agent || past.includes(origin)) return false;
      if (muted.length > 0 && (muted.includes(author) || muted.includes(via))) return false;
      for (let slot = 0; slot < feed.count; slot++) if (feed.post[slot] === origin) return false;
      if ((posts.reports[origin] as number) >= threshold && uniform(warnKey, agent, origin) >= visibility) return false;
      const authorTie = tieStrength(view, agent, author);
      const viaTie = via === author ? authorTie : tieStrength(view, agent, via);
      if ((authorTie > 0 || viaTie > 0) && FOR_STRANGERS.has(source)) return false;
      const slot = feed.count++;
      feed.post[slot] = origin;
      feed.entry[slot] = entry;
      feed.tie[slot] = authorTie > viaTie ? authorTie : viaTie;
      feed.followed[slot] = authorTie > 0 ? 1 : 0;
      feed.source[slot] = source;
      return true;
    },
  };
}
