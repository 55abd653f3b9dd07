// One round: freeze → activate, observe, decide (in shards) → decide by model → commit → measure. The caller writes
// the outcome to disk; until then nothing outside memory has changed.
// Invariant: the batch is in canonical order (interventions, then agents ascending, each in the order it acted).
import type { Intervention } from '#scenarios/contract';
import { NONE, type EventBatch, type RoundSummary } from '../contract.ts';
import { chainDigest } from '../record/digest.ts';
import { createBatch, encodeBatch } from '../record/codec.ts';
import { measure } from '../measures/measures.ts';
import { choosePools } from '../platforms/pools.ts';
import { KIND } from '../platforms/platform.ts';
import type { Executor } from '../execution/executor.ts';
import { applyEvents, applyRows, beginRound, placeOf } from './apply.ts';
import { timeOf } from './clock.ts';
import { announce } from './news.ts';
import { ACTION_WORDS, NO_PLATFORM, shardsOf } from './packed.ts';
import type { Thinker } from './thinker.ts';
import type { Thoughts } from './weave.ts';
import { freeze, viewOf, type POSTS, type World } from './world.ts';
import type { ColumnsOf } from './table.ts';

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
  const { batch, texts } = commitOrder(world, announced.batch, thoughts?.replace(actions) ?? { actions, texts: new Map() });

  applyEvents(world, batch, announced.batch.count);
  applyRows(world, rows);
  const active = shards.reduce((sum, shard) => sum + shard.active.byteLength / 4, 0);
  const bytes = encodeBatch(batch);
  const digest = chainDigest(previousDigest, bytes, rows, [...announced.words, ...texts]);
  const { state, anchor, size, issues } = world.fixed;
  const measures = measure({
    opinion: state.opinion,
    initial: anchor.opinion,
    size,
    issues,
    questions: context.questions,
    ties: world.fixed.ties,
    attention: world.attention,
    active,
    batch,
    crossTalk: crossTalk(world, batch),
    turnout: turnout(world),
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

/** The round's events in one batch: announcements first, then actions, with places of posts as event numbers. */
function commitOrder(
  world: World,
  head: EventBatch,
  { actions, texts: written }: ReturnType<Thoughts['replace']>,
): { batch: EventBatch; texts: RoundOutcome['texts'] } {
  const batch = createBatch(head.round, head.firstSeq, head.count + actions.length / ACTION_WORDS);
  for (const name of COLUMNS) batch[name].set(head[name]);
  const floats = new Float32Array(actions.buffer);
  const seqs = world.posts.map((table) => table.columns.seq);
  let event = head.count;
  for (let at = 0; at < actions.length; at += ACTION_WORDS) {
    const code = actions[at + 1] as number;
    const kind = code & 255;
    const platform = (code >>> 8) & 255;
    const target = actions[at + 2] as number;
    const isPlace = target !== NONE && platform !== NO_PLATFORM && kind !== KIND.follow && kind !== KIND.mute;
    batch.agent[event] = actions[at] as number;
    batch.kind[event] = kind;
    batch.platform[event] = platform;
    batch.issue[event] = code >>> 16;
    batch.target[event] = isPlace ? (seqs[platform]?.[target] as number) : target;
    batch.point[event] = actions[at + 3] as number;
    batch.value[event] = floats[at + 4] as number;
    event++;
  }
  const texts = [...written].map(([action, text]) => ({ seq: batch.firstSeq + head.count + action, text }));
  return { batch, texts };
}

/** Share of agents who have written or reacted, on any platform, so far. */
function turnout({ fixed: { size, platformColumns } }: World): number {
  let part = 0;
  for (let agent = 0; agent < size; agent++) {
    for (const { latestPost, latestReaction } of platformColumns) {
      if (latestPost[agent] === NONE && latestReaction[agent] === NONE) continue;
      part++;
      break;
    }
  }
  return part / size;
}

/** Of the round's replies, the share that answer a post of the other side. */
function crossTalk(world: World, batch: EventBatch): number {
  let replies = 0;
  let across = 0;
  for (let event = 0; event < batch.count; event++) {
    if (batch.kind[event] !== KIND.reply) continue;
    const { columns, length } = world.posts[batch.platform[event] as number] as {
      columns: ColumnsOf<typeof POSTS>;
      length: number;
    };
    const place = placeOf(columns, length, batch.target[event] as number);
    replies++;
    if (place !== NONE && (columns.stance[place] as number) * (batch.value[event] as number) < 0) across++;
  }
  return replies === 0 ? 0 : across / replies;
}
