// One round: freeze → activate, observe, decide (in shards) → decide by model → commit → measure. The caller writes
// the outcome to disk; until then nothing outside memory has changed.
// Invariant: the batch is in canonical order: interventions, then agents ascending, each in the order it acted; then a
// market's orders in the order of a drawn lot, as nobody's number may put them first, and what they traded.
import { randomKey, uniform } from '#foundation';
import type { Intervention } from '#scenarios/contract';
import { NONE, type EventBatch, type RoundSummary } from '../contract.ts';
import { chainDigest } from '../record/digest.ts';
import { createBatch, encodeBatch } from '../record/codec.ts';
import { measure } from '../measures/measures.ts';
import { choosePools } from '../platforms/pools.ts';
import type { Answer } from '../platforms/market/listing.ts';
import { KIND } from '../platforms/platform.ts';
import type { Executor } from '../execution/executor.ts';
import { applyEvents, applyRows, beginRound } from './apply.ts';
import { timeOf } from './clock.ts';
import { announce } from './news.ts';
import { ACTION_WORDS, NO_PLATFORM, shardsOf } from './packed.ts';
import { presentIn } from './present.ts';
import type { Thinker } from './thinker.ts';
import type { Thoughts } from './weave.ts';
import { freeze, viewOf, type POSTS, type World } from './world.ts';
import type { Table } from './table.ts';

const COLUMNS = ['kind', 'platform', 'agent', 'target', 'issue', 'point', 'value'] as const;

export interface RoundOutcome {
  readonly summary: RoundSummary;
  readonly firstSeq: number;
  readonly batch: Uint8Array;
  readonly rows: ArrayBuffer;
  readonly texts: readonly { readonly seq: number; readonly text: string }[];
  readonly decisions: Thoughts['decisions'];
}

export interface RoundContext {
  readonly executor: Executor;
  readonly questions: readonly (readonly number[])[];
  /** Absent where nobody decides by model. */
  readonly thinker?: Thinker;
  readonly signal?: AbortSignal;
}

export async function runRound(
  world: World,
  interventions: readonly Intervention[],
  previousDigest: string,
  context: RoundContext,
): Promise<RoundOutcome> {
  const { round, seq: firstSeq } = world;
  beginRound(world);
  const announced = announce(world, interventions);
  applyEvents(world, announced.batch);
  const frozen = freeze(world, announced.news);
  const view = viewOf(world.fixed, frozen);
  for (const platform of view.platforms) choosePools(view, platform);

  const shards = await context.executor.map(frozen, shardsOf(world.fixed.size), context.signal);
  const thoughts = await context.thinker?.think(view, shards, context.signal);
  context.signal?.throwIfAborted();
  const rows = join(shards.map((shard) => shard.rows));
  thoughts?.amend(rows);
  const actions = new Uint32Array(join(shards.map((shard) => shard.actions)));
  const committed = commitOrder(world, announced.batch, thoughts?.replace(actions) ?? { actions, texts: new Map() });
  const { places, texts } = committed;

  applyEvents(world, committed.batch, announced.batch.count, places);
  const batch = withTrades(world, committed.batch);
  world.seq = batch.firstSeq + batch.count;
  applyRows(world, rows);
  const active = shards.reduce((sum, shard) => sum + shard.active.byteLength / 4, 0);
  const bytes = encodeBatch(batch);
  const digest = chainDigest(previousDigest, bytes, rows, [...announced.words, ...texts]);
  const measures = measure({
    ...presentIn(world),
    issues: world.fixed.issues,
    questions: context.questions,
    active,
    batch,
    crossTalk: crossTalk(world, batch, places),
    turnout: turnout(world),
    market: world.fixed.market,
  });
  world.round++;
  const summary = { round, time: timeOf(world.fixed.clock, round), active, events: batch.count, digest, measures };
  return { summary, firstSeq, batch: bytes, rows, texts, decisions: thoughts?.decisions ?? [] };
}

function join(parts: readonly ArrayBuffer[]): ArrayBuffer {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(new Uint8Array(part), offset);
    offset += part.byteLength;
  }
  return joined.buffer;
}

/** Kinds whose target is no place in a table: an agent, or an answer of the market. */
const NAMES_ITSELF: ReadonlySet<number> = new Set([KIND.follow, KIND.unfollow, KIND.mute, KIND.unmute, KIND.order]);
/** Kinds whose target is a group. */
const GROUP_KINDS: ReadonlySet<number> = new Set([KIND.message, KIND.join, KIND.leave]);

/**
 * The round's events in one batch: announcements first, then actions, with places of posts as event numbers; and those
 * places by event, NONE where the target is no post.
 */
function commitOrder(
  world: World,
  head: EventBatch,
  { actions, texts: written }: ReturnType<Thoughts['replace']>,
): { batch: EventBatch; places: Uint32Array; texts: RoundOutcome['texts'] } {
  const batch = createBatch(head.round, head.firstSeq, head.count + actions.length / ACTION_WORDS);
  for (const name of COLUMNS) batch[name].set(head[name]);
  const places = new Uint32Array(batch.count).fill(NONE);
  const floats = new Float32Array(actions.buffer);
  const seqs = world.posts.map((table) => table.columns.seq);
  const groupSeqs = world.groups.columns.seq;
  const events = new Map<number, number>();
  let event = head.count;
  const order = inOrder(world, actions);
  for (let n = 0; n < batch.count - head.count; n++) {
    const at = order === undefined ? n * ACTION_WORDS : (order[n] as number);
    const code = actions[at + 1] as number;
    const kind = code & 255;
    const platform = (code >>> 8) & 255;
    const target = actions[at + 2] as number;
    const isPlace = target !== NONE && platform !== NO_PLATFORM && !NAMES_ITSELF.has(kind);
    const table = GROUP_KINDS.has(kind) ? groupSeqs : seqs[platform];
    batch.agent[event] = actions[at] as number;
    batch.kind[event] = kind;
    batch.platform[event] = platform;
    batch.issue[event] = code >>> 16;
    batch.target[event] = isPlace ? (table?.[target] as number) : target;
    if (isPlace && !GROUP_KINDS.has(kind)) places[event] = target;
    batch.point[event] = actions[at + 3] as number;
    batch.value[event] = floats[at + 4] as number;
    if (written.size > 0) events.set(at / ACTION_WORDS, event);
    event++;
  }
  const texts = [...written].map(([action, text]) => ({ seq: batch.firstSeq + (events.get(action) as number), text }));
  return { batch, places, texts };
}

/** Of the agents who are there, the share that has written or reacted, on any platform, so far. */
function turnout({ fixed: { size, gone, platformColumns } }: World): number {
  let part = 0;
  let there = 0;
  for (let agent = 0; agent < size; agent++) {
    if (gone[agent] === 1) continue;
    there++;
    for (const { latestPost, latestReaction } of platformColumns) {
      if (latestPost[agent] === NONE && latestReaction[agent] === NONE) continue;
      part++;
      break;
    }
  }
  return there === 0 ? 0 : part / there;
}

/** Places of the actions in the order in which they take effect, where that is not the order they stand in. */
function inOrder(world: World, actions: Uint32Array): Uint32Array | undefined {
  if (world.exchange === undefined) return undefined;
  const places = Uint32Array.from({ length: actions.length / ACTION_WORDS }, (_, action) => action * ACTION_WORDS);
  const isOrder = (at: number): boolean => ((actions[at + 1] as number) & 255) === KIND.order;
  const key = randomKey(world.fixed.seed, 'arrive', world.round);
  const lots = new Map(Array.from(places.filter(isOrder), (at) => [at, uniform(key, actions[at] as number, 0)]));
  const orders = [...lots.keys()].toSorted(
    (left, right) => (lots.get(left) as number) - (lots.get(right) as number) || left - right,
  );
  return Uint32Array.from([...places.filter((at) => !isOrder(at)), ...orders]);
}

/** The batch with the trades that its orders made, after everything else. */
function withTrades({ trades, fixed }: World, batch: EventBatch): EventBatch {
  if (trades.length === 0 || fixed.market === undefined) return batch;
  const { platform, answers } = fixed.market;
  const longer = createBatch(batch.round, batch.firstSeq, batch.count + trades.length);
  for (const name of COLUMNS) longer[name].set(batch[name]);
  trades.forEach(({ agent, answer, isBuy, shares, price, order }, place) => {
    const event = batch.count + place;
    longer.kind[event] = KIND.trade;
    longer.platform[event] = platform;
    longer.agent[event] = agent;
    longer.target[event] = order;
    longer.issue[event] = (answers[answer] as Answer).issue;
    longer.point[event] = shares;
    longer.value[event] = isBuy ? price : -price;
  });
  return longer;
}

/** Of the round's replies, the share that answer a post of the other side. */
function crossTalk(world: World, batch: EventBatch, places: Uint32Array): number {
  let replies = 0;
  let across = 0;
  for (let event = 0; event < batch.count; event++) {
    if (batch.kind[event] !== KIND.reply) continue;
    replies++;
    const place = places[event] as number;
    const { stance } = (world.posts[batch.platform[event] as number] as Table<typeof POSTS>).columns;
    if (place !== NONE && (stance[place] as number) * (batch.value[event] as number) < 0) across++;
  }
  return replies === 0 ? 0 : across / replies;
}
