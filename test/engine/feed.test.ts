// What a feed may and may not show, on real worlds after some rounds of life.
import { describe, expect, it } from 'vitest';
import { NONE } from '#engine/contract';
import { createInlineExecutor } from '../../engine/execution/executor.ts';
import type { FeedWeights } from '../../engine/platforms/feed-weights.ts';
import { createObserver } from '../../engine/platforms/observe.ts';
import { createFeed, FEED_SOURCES, KIND } from '../../engine/platforms/platform.ts';
import { choosePools, postWindow } from '../../engine/platforms/pools.ts';
import { tieStrength } from '../../engine/platforms/bonds.ts';
import { hotRank, popularRank } from '../../engine/platforms/ranks.ts';
import { createSimilarity, fanFactor, recencyFactor } from '../../engine/platforms/similarity.ts';
import { GENESIS } from '../../engine/record/digest.ts';
import { applyEvents, beginRound } from '../../engine/rounds/apply.ts';
import { createBatch } from '../../engine/record/codec.ts';
import { runRound } from '../../engine/rounds/round.ts';
import { createWorldState } from '../../engine/rounds/world-state.ts';
import { freeze, POOL, RANKED, viewOf, type PlatformView, type World, type WorldView } from '../../engine/rounds/world.ts';
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

const only = (weights: Partial<FeedWeights>, kind: 'microblog' | 'forum' = 'microblog') => {
  const none = { chronological: 0, hot: 0, popular: 0, similarity: 0, random: 0, following: 0, outOfNetwork: 0 };
  return { scenario: { platforms: [{ kind, feed: { size: 10, ...none, ...weights } }] } };
};

describe('the recommenders', () => {
  it('chronological decays: by the post, an age of one half-life is offered half as often', async () => {
    const world = await livedWorld(20, { ...only({ chronological: 1, size: 1 }), size: 4000, rounds: 20 });
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

  it('out-of-network shows only strangers, random everyone', async () => {
    const strangers = frozenView(await livedWorld(10, only({ outOfNetwork: 1 })));
    const { platform, slots } = everySlot(strangers);
    expect(slots.length).toBeGreaterThan(100);
    for (const { agent, post } of slots) expect(tieStrength(strangers, agent, platform.posts.author[post] ?? 0)).toBe(0);
    const anyone = frozenView(await livedWorld(10, only({ random: 1 })));
    const all = everySlot(anyone);
    const known = all.slots.filter(({ agent, post }) => tieStrength(anyone, agent, all.platform.posts.author[post] ?? 0) > 0);
    expect(known.length).toBeGreaterThan(10);
    expect(known.length).toBeLessThan(all.slots.length / 2);
  });

  it.each([
    ['popular', popularRank, 'microblog'],
    ['hot', hotRank, 'forum'],
  ] as const)('%s offers the top of its rank and nothing that ranks below', async (name, rank, kind) => {
    const view = frozenView(await livedWorld(15, { ...only({ [name]: 1 }, kind), size: 1500 }));
    const { platform, slots } = everySlot(view);
    const pool = RANKED.indexOf(name);
    const chosen = [...platform.ranked.subarray(pool * POOL, pool * POOL + (platform.rankedCount[pool] ?? 0))];
    const ranks = chosen.map((post) => rank(view, platform, post));
    expect(ranks).toEqual(ranks.toSorted((left, right) => right - left));
    const { first, end } = postWindow(view, platform);
    const others = Array.from({ length: end - first }, (_, index) => first + index).filter(
      (post) => !chosen.includes(post) && platform.posts.kind[post] !== KIND.repost,
    );
    expect(others.length).toBeGreaterThan(0);
    for (const post of others) expect(rank(view, platform, post)).toBeLessThanOrEqual(ranks.at(-1) ?? 0);
    for (const { post, source } of slots) expect([source, chosen.includes(post)]).toEqual([name, true]);
  });

  it('hot and popular give hand-computed values', async () => {
    const world = await livedWorld(1);
    for (const table of world.posts) if (table.length === 0) table.append();
    const view = { ...frozenView(world), round: 12 };
    const platform = view.platforms[0] as PlatformView;
    const set = (likes: number, dislikes: number, replies: number, reposts: number): void => {
      platform.posts.round[0] = 4;
      platform.posts.likes[0] = likes;
      platform.posts.dislikes[0] = dislikes;
      platform.posts.replies[0] = replies;
      platform.posts.reposts[0] = reposts;
    };
    // Eight hours old: log₁₀ of 100 votes, less 8 / 12.5.
    set(105, 5, 0, 0);
    expect(hotRank(view, platform, 0)).toBeCloseTo(2 - 8 / 12.5, 9);
    set(0, 10, 0, 0);
    expect(hotRank(view, platform, 0)).toBeCloseTo(-1 - 8 / 12.5, 9);
    // Eight hours is one half-life: (1 + 3 likes + 2 × 2 reposts + 1 reply) / 2.
    set(3, 0, 1, 2);
    expect(popularRank(view, platform, 0)).toBeCloseTo(4.5, 9);
  });
});

/** One post by agent 1, an hour old, on the only issue and without a talking point. */
const onePost = async (stance: number) => {
  const world = createWorldState(syntheticSpec({ size: 20, rounds: 4, ...only({ similarity: 1 }) }));
  beginRound(world);
  const batch = createBatch(0, 0, 1);
  batch.kind[0] = KIND.post;
  batch.agent[0] = 1;
  batch.target[0] = NONE;
  batch.point[0] = NONE;
  batch.value[0] = stance;
  applyEvents(world, batch);
  world.round = 1;
  const { opinion, salience } = world.fixed.state;
  opinion[0] = 0.5;
  salience[0] = 0.8;
  return world;
};
const scoreFor = (view: WorldView, reader: number): number => {
  const similarity = createSimilarity(view, view.platforms[0] as PlatformView);
  similarity.score(reader);
  return similarity.scores[0] ?? 0;
};

describe('similarity', () => {
  it('recency is ln((271.8 − Δt)/100) and never below 0', () => {
    expect(recencyFactor(0)).toBeCloseTo(1, 3);
    expect(recencyFactor(30)).toBeCloseTo(0.883, 3);
    expect(recencyFactor(90)).toBeCloseTo(0.598, 3);
    expect(recencyFactor(171.8)).toBe(0);
    expect(recencyFactor(400)).toBe(0);
  });

  it('fans count from a thousand on, by the logarithm to the base 1000', () => {
    expect(fanFactor(0)).toBe(1);
    expect(fanFactor(500)).toBe(1);
    expect(fanFactor(999_999)).toBeCloseTo(2, 9);
  });

  it('scores match hand-computed values', async () => {
    // The post's vector is (u, 0.6), the reader's 0.8 · (u, 0.5), u of length 1: cosine (1 + 0.3) / (√1.36 · √1.25).
    // One hour is four units of fifteen minutes.
    const view = frozenView(await onePost(0.6));
    const cosine = 1.3 / (Math.sqrt(1.36) * Math.sqrt(1.25));
    expect(scoreFor(view, 0)).toBeCloseTo(Math.log(2.678) * cosine, 5);
  });

  it('multiplies by fans, and a follow is a fan', async () => {
    const world = await onePost(0.6);
    const before = scoreFor(frozenView(world), 0);
    world.fixed.followers[1] = 999_998;
    addEvent(world, { kind: KIND.follow, platform: 0, agent: 5, target: 1 });
    expect(scoreFor(frozenView(world), 0)).toBeCloseTo(2 * before, 5);
  });

  it('knows the reader’s latest post', async () => {
    const world = await onePost(0.6);
    const before = scoreFor(frozenView(world), 0);
    const batch = createBatch(0, world.seq, 1);
    batch.kind[0] = KIND.post;
    batch.target[0] = NONE;
    batch.point[0] = NONE;
    batch.value[0] = -1;
    applyEvents(world, batch);
    expect(scoreFor(frozenView(world), 0)).toBeLessThan(before);
  });

  it('takes the best first, and nothing whose age or stance speaks against it', async () => {
    const world = await livedWorld(12, only({ similarity: 1 }));
    const view = frozenView(world);
    const { slots } = everySlot(view);
    expect(slots.length).toBeGreaterThan(500);
    const similarity = createSimilarity(view, view.platforms[0] as PlatformView);
    const reader = slots[0]?.agent ?? 0;
    similarity.score(reader);
    const byPost = new Map([...(view.platforms[0]?.sample ?? [])].map((post, n) => [post, similarity.scores[n] ?? 0]));
    const shown = slots.filter(({ agent }) => agent === reader).map(({ post }) => byPost.get(post) ?? 0);
    expect(shown).toEqual(shown.toSorted((left, right) => right - left));
    expect(Math.min(...shown)).toBeGreaterThan(0);
    const late = { ...view, clock: { ...view.clock, minutesPerRound: 172 * 15 } };
    const stale = createSimilarity(late, late.platforms[0] as PlatformView);
    stale.score(reader);
    expect(stale.takeBest()).toBe(NONE);
  });
});
