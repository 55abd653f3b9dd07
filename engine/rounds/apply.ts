// The fold: what an event does to a world, and nothing else changes one. Committing a round, resuming a run and
// replaying a record all go through here, so they cannot differ.
import { LOOKS, NONE, type EventBatch } from '../contract.ts';
import { KIND } from '../platforms/platform.ts';
import { NO_PLATFORM, rowWords } from './packed.ts';
import { UNDONE, type PlatformColumns, type POSTS, type REACTIONS, type World } from './world.ts';
import type { Table } from './table.ts';

/** Place of the row with this event number in a table in order of events. */
function placeOf(posts: { readonly seq: Uint32Array }, count: number, seq: number): number {
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
  world.trades.length = 0;
}

/**
 * Applies the events of a batch from `from` on, in order. Trades follow from orders, which leave them in `world.trades`.
 * `places` are those of the targets among the posts of their platform, where they are known; looking them up by number
 * gives the same.
 */
export function applyEvents(world: World, batch: EventBatch, from = 0, places?: Uint32Array): void {
  for (let event = from; event < batch.count; event++) {
    const kind = batch.kind[event] as number;
    const platform = batch.platform[event] as number;
    const agent = batch.agent[event] as number;
    const target = batch.target[event] as number;
    if (kind === KIND.shift || platform === NO_PLATFORM || LEAVES_NOTHING.has(kind)) continue;
    if (TIE_KINDS.has(kind)) bind(world, kind, agent, target);
    else if (kind === KIND.group) found(world, agent, batch, event);
    else if (kind === KIND.join) join(world, agent, groupOf(world, target));
    else if (kind === KIND.leave) leave(world, agent, groupOf(world, target));
    else if (kind === KIND.message) send(world, batch, event);
    else if (kind === KIND.order) trade(world, batch, event);
    else {
      const table = world.posts[platform] as Table<typeof POSTS>;
      const parent = target === NONE ? NONE : (places?.[event] ?? placeOf(table.columns, table.length, target));
      const origin = parent === NONE ? NONE : (table.columns.origin[parent] as number);
      if (kind === KIND.unlike || kind === KIND.undislike) takeBack(world, platform, kind, agent, origin);
      else {
        if (parent !== NONE) react(world, platform, kind, agent, origin, batch.round);
        if (kind === KIND.like || kind === KIND.dislike || kind === KIND.report) continue;
        const post = write(world, batch, event, parent);
        if (kind === KIND.repost && parent !== NONE) table.columns.origin[post] = origin;
      }
    }
  }
  world.seq = batch.firstSeq + batch.count;
}

/** What somebody looked at, and what an order has brought about already. */
const LEAVES_NOTHING: ReadonlySet<number> = new Set(([...LOOKS, 'fallback', 'trade'] as const).map((kind) => KIND[kind]));
const TIE_KINDS: ReadonlySet<number> = new Set([KIND.follow, KIND.unfollow, KIND.mute, KIND.unmute]);

/** A new row among the platform's posts. */
function write(world: World, batch: EventBatch, event: number, parent: number): number {
  const platform = batch.platform[event] as number;
  const agent = batch.agent[event] as number;
  const table = world.posts[platform] as Table<typeof POSTS>;
  const post = table.append();
  const posts = table.columns;
  posts.seq[post] = batch.firstSeq + event;
  posts.author[post] = agent;
  posts.round[post] = batch.round;
  posts.parent[post] = parent;
  posts.origin[post] = post;
  posts.point[post] = batch.point[event] as number;
  posts.stance[post] = batch.value[event] as number;
  posts.kind[post] = batch.kind[event] as number;
  posts.issue[post] = batch.issue[event] as number;
  if (agent !== NONE) (world.fixed.platformColumns[platform] as PlatformColumns).latestPost[agent] = post;
  return post;
}

/** A follow, a mute, or the end of one. */
function bind(world: World, kind: number, agent: number, target: number): void {
  const { followers, latestBond } = world.fixed;
  const bond = world.bonds.append();
  world.bonds.columns.target[bond] = target;
  world.bonds.columns.kind[bond] = kind;
  world.bonds.columns.previous[bond] = latestBond[agent] as number;
  latestBond[agent] = bond;
  const change = kind === KIND.follow ? 1 : kind === KIND.unfollow ? -1 : 0;
  followers[target] = (followers[target] as number) + change;
}

const COUNTERS: Readonly<Record<number, 'likes' | 'dislikes' | 'replies' | 'reports' | 'reposts'>> = {
  [KIND.like]: 'likes',
  [KIND.dislike]: 'dislikes',
  [KIND.reply]: 'replies',
  [KIND.report]: 'reports',
  [KIND.repost]: 'reposts',
  [KIND.quote]: 'reposts',
};

/** Counts a reaction on the post it is about, and remembers who reacted. */
function react(world: World, platform: number, kind: number, agent: number, post: number, round: number): void {
  count(world, platform, kind, post, 1);
  const table = world.reactions[platform] as Table<typeof REACTIONS>;
  const latest = (world.fixed.platformColumns[platform] as PlatformColumns).latestReaction;
  const reaction = table.append();
  table.columns.post[reaction] = post;
  table.columns.round[reaction] = round;
  table.columns.kind[reaction] = kind;
  table.columns.previous[reaction] = latest[agent] as number;
  latest[agent] = reaction;
}

/** Ends a like or dislike: its count falls, and the post may be shown to the agent again. */
function takeBack(world: World, platform: number, undo: number, agent: number, post: number): void {
  const kind = undo === KIND.unlike ? KIND.like : KIND.dislike;
  const { columns } = world.reactions[platform] as Table<typeof REACTIONS>;
  let at = (world.fixed.platformColumns[platform] as PlatformColumns).latestReaction[agent] as number;
  while (at !== NONE && (columns.post[at] !== post || columns.kind[at] !== kind)) at = columns.previous[at] as number;
  if (at === NONE) return;
  columns.kind[at] = UNDONE;
  count(world, platform, kind, post, -1);
}

/** A report is for the platform and counts as no attention. */
function count(world: World, platform: number, kind: number, post: number, change: number): void {
  const { columns } = world.posts[platform] as Table<typeof POSTS>;
  const counter = columns[COUNTERS[kind] as (typeof COUNTERS)[number]];
  counter[post] = (counter[post] as number) + change;
  const author = columns.author[post] as number;
  if (author !== NONE && kind !== KIND.report) world.attention[author] = (world.attention[author] as number) + change;
}

function trade({ exchange, trades }: World, batch: EventBatch, event: number): void {
  const value = batch.value[event] as number;
  const made = exchange?.submit({
    seq: batch.firstSeq + event,
    agent: batch.agent[event] as number,
    answer: batch.target[event] as number,
    isBuy: value > 0,
    shares: batch.point[event] as number,
    limit: Math.abs(value),
  });
  trades.push(...(made ?? []));
}

const groupOf = ({ groups }: World, seq: number): number => placeOf(groups.columns, groups.length, seq);

/** A new group, with its founder as first member. */
function found(world: World, agent: number, batch: EventBatch, event: number): void {
  const group = world.groups.append();
  const groups = world.groups.columns;
  groups.seq[group] = batch.firstSeq + event;
  groups.founder[group] = agent;
  groups.lean[group] = batch.value[event] as number;
  groups.latest[group] = NONE;
  groups.issue[group] = batch.issue[event] as number;
  join(world, agent, group);
}

function join(world: World, agent: number, group: number): void {
  const { latestMember } = world.fixed;
  const member = world.members.append();
  world.members.columns.group[member] = group;
  world.members.columns.previous[member] = latestMember[agent] as number;
  latestMember[agent] = member;
  const { members } = world.groups.columns;
  members[group] = (members[group] as number) + 1;
}

function leave(world: World, agent: number, group: number): void {
  const { columns } = world.members;
  let at = world.fixed.latestMember[agent] as number;
  while (at !== NONE && (columns.group[at] !== group || columns.gone[at] === 1)) at = columns.previous[at] as number;
  if (at === NONE) return;
  columns.gone[at] = 1;
  const { members } = world.groups.columns;
  members[group] = (members[group] as number) - 1;
}

function send(world: World, batch: EventBatch, event: number): void {
  const group = groupOf(world, batch.target[event] as number);
  const post = write(world, batch, event, group);
  while (world.messages.length <= post) world.messages.append();
  const groups = world.groups.columns;
  world.messages.columns.previous[post] = groups.latest[group] as number;
  groups.latest[group] = post;
  groups.messages[group] = (groups.messages[group] as number) + 1;
  groups.lean[group] = (groups.lean[group] as number) + (batch.value[event] as number);
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
