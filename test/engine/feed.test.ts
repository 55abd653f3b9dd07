// What a feed may and may not show, on real worlds after some rounds of life.
import { describe, expect, it } from 'vitest';
import { NONE } from '#engine/contract';
import { createInlineExecutor } from '../../engine/execution/executor.ts';
import type { FeedWeights } from '../../engine/platforms/feed-weights.ts';
import { createObserver } from '../../engine/platforms/observe.ts';
import { createFeed, FEED_SOURCES, KIND, rulesOf } from '../../engine/platforms/platform.ts';
import { choosePools, postWindow } from '../../engine/platforms/pools.ts';
import { tieStrength } from '../../engine/platforms/bonds.ts';
import { GENESIS } from '../../engine/record/digest.ts';
import { applyEvents, beginRound } from '../../engine/rounds/apply.ts';
import { createBatch } from '../../engine/record/codec.ts';
import { runRound } from '../../engine/rounds/round.ts';
import { createWorldState } from '../../engine/rounds/world-state.ts';
import { freeze, viewOf, type PlatformView, type World, type WorldView } from '../../engine/rounds/world.ts';
import { syntheticSpec, type WorldOptions } from './fixtures-world.ts';

async function livedWorld(rounds: number, options: WorldOptions = {}): Promise<World> {
  const world = createWorldState(syntheticSpec({ size: 200, rounds: rounds + 1, ...options }));
  const executor = createInlineExecutor(world.fixed);
  for (let round = 0; round < rounds; round++) await runRound(world, [], GENESIS, { executor, questions: [[0]] });
  return world;
}

function frozenView(world: World): WorldView {
  beginRound(world);
  const view = viewOf(world.fixed, freeze(world, []));
  for (const platform of view.platforms) choosePools(view, platform);
  return view;
}

/** Every slot of every agent's feed on one platform. */
function everySlot(view: WorldView, index = 0) {
  const platform = view.platforms[index] as PlatformView;
  const observer = createObserver(view, platform);
  const feed = createFeed(platform.feed.size);
  const slots: { agent: number; post: number; entry: number; source: string; tie: number; place: number }[] = [];
  for (let agent = 0; agent < view.size; agent++) {
    observer.observe(agent, feed, () => false);
    for (let place = 0; place < feed.count; place++) {
      const [post, entry, source] = [feed.post[place] ?? 0, feed.entry[place] ?? 0, FEED_SOURCES[feed.source[place] ?? 0] ?? ''];
      slots.push({ agent, post, entry, source, tie: feed.tie[place] ?? 0, place });
    }
  }
  return { platform, slots };
}

/** Adds one event to a world as if it had been decided in the last round. */
function addEvent(world: World, event: { kind: number; platform: number; agent: number; target: number }): void {
  const batch = createBatch(world.round - 1, world.seq, 1);
  batch.kind[0] = event.kind;
  batch.platform[0] = event.platform;
  batch.agent[0] = event.agent;
  batch.target[0] = event.target;
  batch.point[0] = NONE;
  applyEvents(world, batch);
}

describe('a feed', () => {
  it('shows nothing from the future or the same round, nothing twice, nothing of one’s own', async () => {
    const view = frozenView(await livedWorld(12));
    for (const index of [0, 1]) {
      const { platform, slots } = everySlot(view, index);
      expect(slots.length).toBeGreaterThan(1000);
      for (const { agent, post, entry } of slots) {
        expect(platform.posts.round[entry]).toBeLessThan(view.round);
        expect(platform.posts.author[post]).not.toBe(agent);
        expect(platform.posts.author[entry]).not.toBe(agent);
      }
      const seen = new Set(slots.map(({ agent, post }) => `${agent} ${post}`));
      expect(seen.size).toBe(slots.length);
    }
  });

  it('never holds a muted author, neither directly nor through those who share', async () => {
    const world = await livedWorld(12);
    const before = everySlot(frozenView(world));
    const shown = before.slots.find(({ agent }) => agent === 17);
    const author = before.platform.posts.author[shown?.post ?? 0] ?? 0;
    const reader = 17;
    addEvent(world, { kind: KIND.mute, platform: 0, agent: reader, target: author });
    for (const index of [0, 1]) {
      const { platform, slots } = everySlot(frozenView(world), index);
      const own = slots.filter(({ agent }) => agent === reader);
      expect(own.length).toBeGreaterThan(0);
      expect(own.flatMap(({ post, entry }) => [platform.posts.author[post], platform.posts.author[entry]])).not.toContain(author);
    }
    expect(
      everySlot(frozenView(world)).slots.some(
        ({ agent, post }) => agent !== reader && before.platform.posts.author[post] === author,
      ),
    ).toBe(true);
  });

  it('leaves out what the agent has reacted to', async () => {
    const world = await livedWorld(12);
    const { platform, slots } = everySlot(frozenView(world));
    const slot = slots[0] ?? { agent: 0, post: 0 };
    addEvent(world, { kind: KIND.like, platform: 0, agent: slot.agent, target: platform.posts.seq[slot.post] ?? 0 });
    const after = everySlot(frozenView(world)).slots.filter(({ agent }) => agent === slot.agent);
    expect(after.map(({ post }) => post)).not.toContain(slot.post);
  });

  it('shows the same agent the same feed when asked again', async () => {
    const view = frozenView(await livedWorld(8));
    expect(everySlot(view)).toEqual(everySlot(view));
  });

  it('forgets posts that are older than the window', async () => {
    const world = await livedWorld(12, { scenario: { behaviour: { 'feed-window': 3 } } });
    const view = frozenView(world);
    const { platform, slots } = everySlot(view);
    expect(slots.length).toBeGreaterThan(0);
    for (const { post } of slots) expect(platform.posts.round[post]).toBeGreaterThanOrEqual(view.round - 3);
  });
});

const only = (weights: Partial<FeedWeights>) => ({
  scenario: {
    platforms: [
      {
        kind: 'microblog' as const,
        feed: { size: 10, recency: 0, popularity: 0, similarity: 0, following: 0, outOfNetwork: 0, ...weights },
      },
    ],
  },
});

const set = ({ posts }: PlatformView, likes: number, dislikes: number, replies: number, reposts: number): void => {
  posts.round[0] = 4;
  posts.likes[0] = likes;
  posts.dislikes[0] = dislikes;
  posts.replies[0] = replies;
  posts.reposts[0] = reposts;
};

describe('the recommenders', () => {
  it('recency decays: by the post, an age of one half-life is offered half as often', async () => {
    const world = await livedWorld(20, { ...only({ recency: 1, size: 1 }), size: 4000, rounds: 20 });
    const view = frozenView(world);
    const { platform, slots } = everySlot(view);
    const perPost = (age: number): number => {
      const round = view.round - age;
      const posts = (platform.roundStart[round + 1] ?? 0) - (platform.roundStart[round] ?? 0);
      return slots.filter(({ post }) => platform.posts.round[post] === round).length / posts;
    };
    const young = (perPost(1) + perPost(2) + perPost(3)) / 3;
    const old = (perPost(7) + perPost(8) + perPost(9)) / 3;
    expect(slots.length).toBeGreaterThan(3000);
    expect(old / young).toBeGreaterThan(0.35);
    expect(old / young).toBeLessThan(0.65);
  });

  it('following shows only those followed or what they share', async () => {
    const view = frozenView(await livedWorld(10, only({ following: 1 })));
    const { platform, slots } = everySlot(view);
    expect(slots.length).toBeGreaterThan(100);
    for (const { agent, post, entry, source } of slots) {
      expect(source).toBe('following');
      const ties = [platform.posts.author[post] ?? 0, platform.posts.author[entry] ?? 0].map((author) =>
        tieStrength(view, agent, author),
      );
      expect(Math.max(...ties)).toBeGreaterThan(0);
    }
  });

  it('out-of-network shows only strangers', async () => {
    const view = frozenView(await livedWorld(10, only({ outOfNetwork: 1 })));
    const { platform, slots } = everySlot(view);
    expect(slots.length).toBeGreaterThan(100);
    for (const { agent, post } of slots) expect(tieStrength(view, agent, platform.posts.author[post] ?? 0)).toBe(0);
  });

  it('similarity shows posts of the agent’s own side', async () => {
    const view = frozenView(await livedWorld(10, only({ similarity: 1 })));
    const { platform, slots } = everySlot(view);
    const decided = slots.filter(({ agent }) => Math.abs(view.state.opinion[agent] ?? 0) > 0.1);
    expect(decided.length).toBeGreaterThan(100);
    for (const { agent, post } of decided) {
      expect(Math.sign(platform.posts.stance[post] ?? 0)).toBe(Math.sign(view.state.opinion[agent] ?? 0));
    }
  });

  it('popularity ranks by the platform’s own formula', async () => {
    const world = await livedWorld(15, { size: 1500 });
    const view = frozenView(world);
    for (const platform of view.platforms) {
      const { rank } = rulesOf(platform.kind);
      const chosen = [...platform.popular.subarray(0, platform.popularCount[0])];
      const ranks = chosen.map((post) => rank(view, platform, post));
      expect(ranks).toEqual(ranks.toSorted((left, right) => right - left));
      const { first, end } = postWindow(view, platform);
      const others = Array.from({ length: end - first }, (_, index) => first + index).filter(
        (post) => !chosen.includes(post) && platform.posts.kind[post] !== KIND.repost,
      );
      expect(others.length).toBeGreaterThan(0);
      for (const post of others) expect(rank(view, platform, post)).toBeLessThanOrEqual(ranks.at(-1) ?? 0);
    }
  });

  it('hot and engagement give hand-computed values', async () => {
    const world = await livedWorld(1);
    for (const table of world.posts) if (table.length === 0) table.append();
    const view = { ...frozenView(world), round: 12 };
    const [microblog, forum] = view.platforms as [PlatformView, PlatformView];
    set(forum, 105, 5, 0, 0);
    expect(rulesOf('forum').rank(view, forum, 0)).toBeCloseTo(2 - 8 / 12.5, 9);
    set(forum, 0, 10, 0, 0);
    expect(rulesOf('forum').rank(view, forum, 0)).toBeCloseTo(-1 - 8 / 12.5, 9);
    // Eight hours is one half-life: (1 + 3 likes + 2 × 2 reposts + 1 reply) / 2.
    set(microblog, 3, 0, 1, 2);
    expect(rulesOf('microblog').rank(view, microblog, 0)).toBeCloseTo(4.5, 9);
  });
});
