// Every action changes what is observed later, and what takes it back takes it back.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NONE, type EventKind, type Look } from '#engine/contract';
import type { ScenarioInput } from '#scenarios/contract';
import { createChatObserver } from '../../engine/platforms/groups.ts';
import { createObserver, type Observer } from '../../engine/platforms/observe.ts';
import { createFeed, KIND } from '../../engine/platforms/platform.ts';
import { choosePools } from '../../engine/platforms/pools.ts';
import { hotRank } from '../../engine/platforms/ranks.ts';
import { createBatch } from '../../engine/record/codec.ts';
import { applyEvents, beginRound } from '../../engine/rounds/apply.ts';
import { createWorldState } from '../../engine/rounds/world-state.ts';
import { freeze, viewOf, type PlatformView, type World, type WorldView } from '../../engine/rounds/world.ts';
import { eventsOf, live } from './fixtures-live.ts';
import { syntheticSpec } from './fixtures-world.ts';

const FORUM: Partial<ScenarioInput> = { platforms: [{ kind: 'forum', feed: { size: 10 } }] };
const READER = 0;
const AUTHOR = 1;

interface Event {
  readonly kind: EventKind;
  readonly agent: number;
  readonly target?: number;
  readonly issue?: number;
  readonly value?: number;
}

/** Rounds of hand-made events on one platform; returns the world as the next round begins. */
function worldOf(rounds: readonly (readonly Event[])[], scenario = FORUM): World {
  const world = createWorldState(syntheticSpec({ size: 30, rounds: 12, issues: 2, degree: 2, scenario }));
  for (const events of rounds) {
    beginRound(world);
    const batch = createBatch(world.round, world.seq, events.length);
    events.forEach(({ kind, agent, target = NONE, issue = 0, value = 1 }, row) => {
      batch.kind[row] = KIND[kind];
      batch.agent[row] = agent;
      batch.target[row] = target;
      batch.issue[row] = issue;
      batch.value[row] = value;
      batch.point[row] = NONE;
    });
    applyEvents(world, batch);
    world.round++;
  }
  return world;
}

function frozen(world: World): WorldView {
  beginRound(world);
  const view = viewOf(world.fixed, freeze(world, []));
  for (const platform of view.platforms) choosePools(view, platform);
  return view;
}

/** Event numbers that a reader is shown in the round after `rounds`, and then by a look. */
function seen(world: World, reader: number, look?: Look, issue = 0): number[] {
  const view = frozen(world);
  const platform = view.platforms[0] as PlatformView;
  const observer: Observer = platform.kind === 'chat' ? createChatObserver(view, platform) : createObserver(view, platform);
  const feed = createFeed(platform.feed.size);
  observer.observe(reader, feed, () => false);
  if (look !== undefined) observer.look(reader, look, issue, feed);
  return [...feed.post.subarray(0, feed.count)].map((post) => platform.posts.seq[post] ?? -1);
}

const post = (agent: number, value = 0.5, issue = 0): Event => ({ kind: 'post', agent, value, issue });
const by = (kind: EventKind, target: number, agent = READER): Event => ({ kind, agent, target });
/** Likes of one post by `count` agents from 10 on. */
const likes = (target: number, count: number): Event[] => Array.from({ length: count }, (_, n) => by('like', target, 10 + n));

describe('what is written', () => {
  it('is shown from the next round on: posts, and replies as posts of their own', () => {
    expect(seen(worldOf([[post(AUTHOR)]]), READER)).toEqual([0]);
    const answered = worldOf([[post(AUTHOR)], [by('reply', 0, 2), by('quote', 0, 3)]]);
    expect(seen(answered, READER).toSorted((left, right) => left - right)).toEqual([0, 1, 2]);
    expect([answered.posts[0]?.columns.replies[0], answered.posts[0]?.columns.reposts[0]]).toEqual([1, 1]);
  });

  it('shared on shows the original to those who follow whoever shared it', () => {
    const scenario: Partial<ScenarioInput> = {
      platforms: [{ kind: 'microblog', feed: { chronological: 0, popular: 0, similarity: 0, outOfNetwork: 0, following: 1 } }],
    };
    const follow = by('follow', 2);
    expect(seen(worldOf([[post(AUTHOR), follow]], scenario), READER)).toEqual([]);
    expect(seen(worldOf([[post(AUTHOR), follow], [by('repost', 0, 2)]], scenario), READER)).toEqual([0]);
  });
});

/** Hot rank of a post with nine likes, its age left out. */
const rankOf = (...rounds: (readonly Event[])[]): number => {
  const view = frozen(worldOf([[post(AUTHOR)], likes(0, 9), ...rounds]));
  return hotRank(view, view.platforms[0] as PlatformView, 0) + view.round / 12.5;
};

describe('reactions', () => {
  it('a like counts and takes the post out of one’s feed; unlike takes both back', () => {
    const liked = worldOf([[post(AUTHOR)], [by('like', 0)]]);
    expect([liked.posts[0]?.columns.likes[0], liked.attention[AUTHOR], seen(liked, READER)]).toEqual([1, 1, []]);
    expect(seen(liked, 5)).toEqual([0]);
    const undone = worldOf([[post(AUTHOR)], [by('like', 0)], [by('unlike', 0)]]);
    expect([undone.posts[0]?.columns.likes[0], undone.attention[AUTHOR], seen(undone, READER)]).toEqual([0, 0, [0]]);
  });

  it('likes and dislikes reach comments, which are posts', () => {
    const { posts } = worldOf([[post(AUTHOR)], [by('reply', 0, 2)], [by('like', 1), by('dislike', 1, 4)]]);
    expect([posts[0]?.columns.likes[1], posts[0]?.columns.dislikes[1], posts[0]?.columns.likes[0]]).toEqual([1, 1, 0]);
  });

  it('a dislike lowers the rank; undislike restores it', () => {
    expect(rankOf([by('dislike', 0)])).toBeLessThan(rankOf([]));
    expect(rankOf([by('dislike', 0)], [by('undislike', 0)])).toBeCloseTo(rankOf([], []), 9);
  });

  it('two reports put a warning on a post, and most readers are not shown it; one does not', () => {
    const readers = Array.from({ length: 20 }, (_, n) => n + 8);
    const shownTo = (...reports: Event[]): number => {
      const world = worldOf([[post(AUTHOR)], reports]);
      return readers.filter((reader) => seen(world, reader).includes(0)).length;
    };
    expect(shownTo(by('report', 0, 2))).toBe(20);
    expect(shownTo(by('report', 0, 2), by('report', 0, 3))).toBeLessThan(12);
    expect(shownTo(by('report', 0, 2), by('report', 0, 3))).toBeGreaterThan(0);
    expect(seen(worldOf([[post(AUTHOR)], [by('report', 0)]]), READER)).toEqual([]);
  });
});

describe('ties', () => {
  const following: Partial<ScenarioInput> = {
    platforms: [{ kind: 'microblog', feed: { chronological: 0, popular: 0, similarity: 0, outOfNetwork: 0, following: 1 } }],
  };
  const stranger = 29;

  it('follow brings an author’s posts, unfollow ends it, and the fan counts between', () => {
    const rounds = [[post(stranger), by('follow', stranger)], [by('unfollow', stranger)], [by('follow', stranger)]];
    const fans = (count: number): number | undefined => worldOf(rounds.slice(0, count), following).fixed.followers[stranger];
    expect([1, 2, 3].map((count) => seen(worldOf(rounds.slice(0, count), following), READER))).toEqual([[0], [], [0]]);
    expect([fans(1), fans(2), fans(3)]).toEqual([(fans(0) ?? 0) + 1, fans(0), (fans(0) ?? 0) + 1]);
  });

  it('unfollow ends a tie that the population came with', () => {
    const { ties } = syntheticSpec({ size: 30, issues: 2, degree: 2 }).population;
    const friend = ties.targets[ties.offsets[READER] ?? 0] ?? 0;
    expect(seen(worldOf([[post(friend)]], following), READER)).toEqual([0]);
    expect(seen(worldOf([[post(friend), by('unfollow', friend)]], following), READER)).toEqual([]);
  });

  it('mute hides an author everywhere and for every look; unmute shows it again', () => {
    const muted = worldOf([[post(AUTHOR), post(2)], [by('mute', AUTHOR)]]);
    expect(seen(muted, READER)).toEqual([1]);
    for (const look of ['refresh', 'trend', 'search-posts', 'search-users'] as const)
      expect([look, seen(muted, READER, look).includes(0)]).toEqual([look, false]);
    expect(seen(worldOf([[post(AUTHOR)], [by('mute', AUTHOR)], [by('unmute', AUTHOR)]]), READER)).toEqual([0]);
  });
});

describe('looks', () => {
  const small: Partial<ScenarioInput> = { platforms: [{ kind: 'forum', feed: { size: 4 } }] };
  const many = Array.from({ length: 20 }, (_, n) => post(n + 5, 0.5, n % 2));

  it('refresh shows another feed, and nothing again', () => {
    const world = worldOf([many], small);
    const first = seen(world, READER);
    const second = seen(world, READER, 'refresh');
    expect(second.length).toBeGreaterThan(0);
    expect(second.filter((seq) => first.includes(seq))).toEqual([]);
  });

  it('trend shows the most liked first', () => {
    const world = worldOf([many, [...likes(7, 9), ...likes(4, 5), ...likes(10, 4), ...likes(12, 3), ...likes(2, 2)]], small);
    const first = seen(world, READER);
    const trend = seen(world, READER, 'trend');
    const liked = [7, 4, 10, 12, 2].filter((seq) => !first.includes(seq)).slice(0, 4);
    expect(liked).not.toEqual([]);
    expect(trend.slice(0, liked.length)).toEqual(liked);
    expect(trend.length).toBe(4);
  });

  it('a search for posts finds those on the issue, one for accounts strangers who speak on it, most followed first', () => {
    const world = worldOf([many], small);
    expect(new Set(seen(world, READER, 'search-posts', 1).map((seq) => seq % 2))).toEqual(new Set([1]));
    const found = seen(world, READER, 'search-users', 1);
    const fans = found.map((seq) => world.fixed.followers[seq + 5] ?? 0);
    expect(found.length).toBeGreaterThan(2);
    expect(fans).toEqual(fans.toSorted((left, right) => right - left));
  });
});

const message = (agent: number, group = 0): Event => ({ kind: 'message', agent, target: group, value: 0.2 });

describe('groups', () => {
  const CHAT: Partial<ScenarioInput> = { platforms: [{ kind: 'chat', feed: { size: 3 } }] };
  const made: Event[] = [{ kind: 'group', agent: AUTHOR, issue: 1, value: 0.4 }];

  it('are read by their members and by nobody else', () => {
    const world = worldOf([made, [by('join', 0)], [message(AUTHOR), message(READER)]], CHAT);
    expect(seen(world, READER)).toEqual([2]);
    expect(seen(world, AUTHOR)).toEqual([3]);
    expect(seen(world, 7)).toEqual([]);
    const { members, messages } = world.groups.columns;
    expect([members[0], messages[0]]).toEqual([2, 2]);
  });

  it('left are read no more, and read again by who comes back', () => {
    const joined = [made, [by('join', 0)], [message(AUTHOR)]];
    expect(seen(worldOf([...joined, [by('leave', 0)]], CHAT), READER)).toEqual([]);
    const back = worldOf([...joined, [by('leave', 0)], [by('join', 0)]], CHAT);
    expect([seen(back, READER), back.groups.columns.members[0]]).toEqual([[2], 2]);
  });

  it('take turns in a feed, newest first', () => {
    const world = worldOf(
      [
        [...made, { kind: 'group', agent: 2 }],
        [by('join', 0), by('join', 1)],
        [message(AUTHOR), message(AUTHOR), message(AUTHOR), message(2, 1)],
      ],
      CHAT,
    );
    expect(seen(world, READER)).toEqual([7, 6, 5]);
  });
});

/** Everything that crowds can choose, each made likely. */
const EAGER: Readonly<Partial<Record<EventKind, number>>> = {
  post: 2,
  reply: 0,
  repost: 0,
  quote: 0,
  like: 1,
  dislike: 2,
  report: 3,
  follow: 0,
  unfollow: 2,
  mute: 2,
  unlike: 4,
  undislike: 5,
  unmute: 4,
  refresh: 2,
  trend: 2,
  'search-posts': 2,
  'search-users': 2,
  message: 3,
  group: 1,
  join: 3,
  leave: 2,
};
const EVERYWHERE: Partial<ScenarioInput> = { platforms: [{ kind: 'microblog' }, { kind: 'forum' }, { kind: 'chat' }] };
const eagerSpec = (seed: number, behaviour: Readonly<Record<string, number>> = EAGER) =>
  syntheticSpec({
    size: 80,
    rounds: 14,
    issues: 2,
    seed,
    scenario: { ...EVERYWHERE, behaviour: { 'confidence-bound': 0.5, ...behaviour } },
  });

/** All that events leave in a world. */
const tables = ({ posts, reactions, groups, members, messages, bonds, fixed }: World) => ({
  tables: [...posts, ...reactions, groups, members, messages, bonds].map(({ columns, length }) =>
    Object.entries(columns).map(([name, column]) => [name, [...column.subarray(0, length)]]),
  ),
  latest: [fixed.latestBond, fixed.latestMember, fixed.followers].map((column) => [...column]),
});

describe('a crowd', () => {
  it('does everything that its platforms admit', async () => {
    const kinds = new Set(eventsOf((await live(eagerSpec(1))).batches).map(({ kind }) => kind));
    expect(Object.keys(EAGER).filter((kind) => !kinds.has(kind as EventKind))).toEqual([]);
  });

  it('does nothing where rest is all it wants', async () => {
    const never = Object.fromEntries(Object.keys(EAGER).map((kind) => [kind, -12]));
    const { batches, active } = await live(eagerSpec(1, { ...never, rest: 10 }));
    expect(Math.max(...active)).toBeGreaterThan(5);
    expect(new Set(eventsOf(batches).map(({ kind }) => kind))).toEqual(new Set());
  });

  it('keeps every invariant of its platforms, whatever it likes to do', async () => {
    const likely = fc.double({ min: -3, max: 4, noNaN: true });
    const behaviour = fc.record(Object.fromEntries(Object.keys(EAGER).map((kind) => [kind, likely])));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), behaviour, async (seed, likes) => {
        const { world, batches } = await live(eagerSpec(seed, likes));
        expect(faultsOf(world, eventsOf(batches))).toEqual([]);
      }),
      { numRuns: 12, seed: 7 },
    );
  });

  it('is the same when its events are folded again', async () => {
    const spec = eagerSpec(3);
    const { world, batches } = await live(spec);
    const again = createWorldState(spec);
    for (const batch of batches) {
      beginRound(again);
      applyEvents(again, batch);
      again.round++;
    }
    expect(tables(again)).toEqual(tables(world));
  });
});

type Happened = ReturnType<typeof eventsOf>[number];

/** Walks through a run's events as a plain bookkeeper would, and says where they or the world's columns are wrong. */
function faultsOf(world: World, events: readonly Happened[]): readonly string[] {
  const faults: string[] = [];
  const held = new Set<string>();
  const authors = new Map<number, number>();
  const origins = new Map<number, number>();
  const originOf = (seq: number): number => origins.get(seq) ?? seq;
  const { offsets, targets } = world.fixed.ties;
  for (let agent = 0; agent < world.fixed.size; agent++)
    for (const target of targets.subarray(offsets[agent], offsets[agent + 1])) held.add(`follow ${agent} ${target}`);
  const begin = (key: string): void => {
    if (held.has(key)) faults.push(`${key} begins twice`);
    held.add(key);
  };
  const end = (key: string): void => {
    if (!held.delete(key)) faults.push(`${key} ends before it began`);
  };
  const about = (kind: string, target: number): number =>
    [...held].filter((key) => key.startsWith(`${kind} `) && key.endsWith(` ${target}`)).length;

  for (const { kind, agent, target, seq } of events) {
    const post = `${agent} ${originOf(target)}`;
    const named = `${agent} ${target}`;
    if (POSTS.has(kind)) authors.set(seq, agent);
    if (kind === 'repost') origins.set(seq, originOf(target));
    if (REACTIONS.has(kind)) {
      if (authors.get(originOf(target)) === agent) faults.push(`${agent} reacts to its own ${target}`);
      if (held.has(`like ${post}`) || held.has(`dislike ${post}`)) faults.push(`${kind} ${post} beside a like or dislike`);
    }
    if (kind === 'like' || kind === 'dislike' || kind === 'report') begin(`${kind} ${post}`);
    else if (kind === 'unlike' || kind === 'undislike') end(`${kind.slice(2)} ${post}`);
    else if (kind === 'follow' || kind === 'mute') begin(`${kind} ${named}`);
    else if (kind === 'unfollow' || kind === 'unmute') end(`${kind.slice(2)} ${named}`);
    else if (kind === 'group') begin(`in ${agent} ${seq}`);
    else if (kind === 'join') begin(`in ${named}`);
    else if (kind === 'leave') end(`in ${named}`);
    else if (kind === 'message' && !held.has(`in ${named}`)) faults.push(`${agent} writes to ${target}, where it is no member`);
  }

  const compare = (what: string, column: number | undefined, rows: number): void => {
    if (column !== rows) faults.push(`${what}: column ${column}, rows ${rows}`);
  };
  for (let agent = 0; agent < world.fixed.size; agent++)
    compare(`followers of ${agent}`, world.fixed.followers[agent], about('follow', agent));
  for (let group = 0; group < world.groups.length; group++) {
    const { seq, members } = world.groups.columns;
    compare(`members of ${seq[group]}`, members[group], about('in', seq[group] ?? -1));
  }
  for (const { columns, length } of world.posts) {
    for (let place = 0; place < length; place++) {
      const seq = columns.seq[place] ?? -1;
      compare(`likes of ${seq}`, columns.likes[place], about('like', seq));
      compare(`dislikes of ${seq}`, columns.dislikes[place], about('dislike', seq));
      compare(`reports of ${seq}`, columns.reports[place], about('report', seq));
    }
  }
  return faults;
}

const POSTS: ReadonlySet<string> = new Set(['post', 'reply', 'quote', 'repost', 'message']);
const REACTIONS: ReadonlySet<string> = new Set(['like', 'dislike', 'report', 'reply', 'repost', 'quote']);
