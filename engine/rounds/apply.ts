// The fold: what an event does to a world, and nothing else changes one. Committing a round, resuming a run and
// replaying a record all go through here, so they cannot differ.
import { NONE, type EventBatch } from '../contract.ts';
import { KIND } from '../platforms/platform.ts';
import { NO_PLATFORM, rowWords } from './packed.ts';
import type { PlatformColumns, POSTS, REACTIONS, World } from './world.ts';
import type { ColumnsOf, Table } from './table.ts';

/** Place of the post with this event number in its platform's table. */
function placeOf(posts: ColumnsOf<typeof POSTS>, count: number, seq: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((posts.seq[middle] as number) < seq) low = middle + 1;
    else high = middle;
  }
  return low < count && posts.seq[low] === seq ? low : NONE;
}

/** Marks where a round's posts begin, so that everything before can be shown in it. */
export function beginRound(world: World): void {
  world.fixed.platformColumns.forEach(({ roundStart }, platform) => {
    roundStart[world.round] = world.posts[platform]?.length ?? 0;
  });
}

/**
 * Applies the events of a batch from `from` on, in order. `places` are those of their targets among the posts of their
 * platform, where they are known; looking them up by number gives the same.
 */
export function applyEvents(world: World, batch: EventBatch, from = 0, places?: Uint32Array): void {
  for (let event = from; event < batch.count; event++) {
    const kind = batch.kind[event] as number;
    const platform = batch.platform[event] as number;
    const agent = batch.agent[event] as number;
    const target = batch.target[event] as number;
    if (kind === KIND.shift || kind === KIND.fallback || platform === NO_PLATFORM) continue;
    if (kind === KIND.follow || kind === KIND.mute) {
      const bond = world.bonds.append();
      world.bonds.columns.target[bond] = target;
      world.bonds.columns.mute[bond] = kind === KIND.mute ? 1 : 0;
      world.bonds.columns.previous[bond] = world.fixed.latestBond[agent] as number;
      world.fixed.latestBond[agent] = bond;
      continue;
    }
    const table = world.posts[platform] as Table<typeof POSTS>;
    const parent = target === NONE ? NONE : (places?.[event] ?? placeOf(table.columns, table.length, target));
    if (parent !== NONE) react(world, platform, kind, agent, table.columns.origin[parent] as number, batch.round);
    if (kind === KIND.like || kind === KIND.dislike) continue;

    const post = table.append();
    const posts = table.columns;
    posts.seq[post] = batch.firstSeq + event;
    posts.author[post] = agent;
    posts.round[post] = batch.round;
    posts.parent[post] = parent;
    posts.origin[post] = kind === KIND.repost && parent !== NONE ? (posts.origin[parent] as number) : post;
    posts.point[post] = batch.point[event] as number;
    posts.stance[post] = batch.value[event] as number;
    posts.kind[post] = kind;
    posts.issue[post] = batch.issue[event] as number;
    if (agent !== NONE) (world.fixed.platformColumns[platform] as PlatformColumns).latestPost[agent] = post;
  }
  world.seq = batch.firstSeq + batch.count;
}

/** Counts a reaction on the post it is about, and remembers who reacted. */
function react(world: World, platform: number, kind: number, agent: number, post: number, round: number): void {
  const { columns } = world.posts[platform] as Table<typeof POSTS>;
  const counter =
    kind === KIND.like
      ? columns.likes
      : kind === KIND.dislike
        ? columns.dislikes
        : kind === KIND.reply
          ? columns.replies
          : columns.reposts;
  counter[post] = (counter[post] as number) + 1;
  const author = columns.author[post] as number;
  if (author !== NONE) world.attention[author] = (world.attention[author] as number) + 1;
  const table = world.reactions[platform] as Table<typeof REACTIONS>;
  const latest = (world.fixed.platformColumns[platform] as PlatformColumns).latestReaction;
  const reaction = table.append();
  table.columns.post[reaction] = post;
  table.columns.round[reaction] = round;
  table.columns.previous[reaction] = latest[agent] as number;
  latest[agent] = reaction;
}

/** Writes the round's changed agents into the state. */
export function applyRows(world: World, rows: ArrayBufferLike): void {
  const { issues, heardWords, state } = world.fixed;
  const stride = rowWords(heardWords, issues);
  const u32 = new Uint32Array(rows);
  const f32 = new Float32Array(rows);
  for (let at = 0; at < u32.length; at += stride) {
    const agent = u32[at] as number;
    state.touched[agent] = world.round + 1;
    state.fatigue[agent] = f32[at + 1] as number;
    for (let word = 0; word < heardWords; word++) state.heard[agent * heardWords + word] = u32[at + 2 + word] as number;
    const base = at + 2 + heardWords;
    for (let issue = 0; issue < issues; issue++) {
      state.opinion[agent * issues + issue] = f32[base + issue] as number;
      state.certainty[agent * issues + issue] = f32[base + issues + issue] as number;
      state.salience[agent * issues + issue] = f32[base + 2 * issues + issue] as number;
    }
  }
}
