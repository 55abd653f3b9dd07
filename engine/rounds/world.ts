// A world's state: struct of arrays on shared memory. `FixedWorld` goes to every worker once; `Frozen` says what
// has grown since, once per round; `WorldView` is both together, read-only, as deciders and platforms see it.
// Invariant: between freeze and commit nothing here changes.
import { NONE, TRAITS, type Population, type WorldSpec } from '../contract.ts';
import { ShoalError } from '#foundation';
import type { Scenario } from '#scenarios/contract';
import { behaviourOf, type Behaviour } from '../policies/behaviour.ts';
import { feedWeightsOf, type FeedWeights } from '../platforms/feed-weights.ts';
import { clockOf, type Clock } from './clock.ts';
import { log10 } from './fast-math.ts';
import {
  createTable,
  onSharedMemory,
  sharedFloat32,
  sharedUint32,
  sharedUint8,
  viewTable,
  type ColumnsOf,
  type SharedTable,
  type Table,
  type TableSpec,
} from './table.ts';

/** One platform's posts in order of their events; `seq` ascends. Indices below are into this table. */
export const POSTS = {
  seq: 'u32',
  author: 'u32',
  round: 'u32',
  /** The post answered, quoted or shared, as seen; NONE for none. */
  parent: 'u32',
  /** What is read: a repost's is the post it shares in the end, every other post's is itself. */
  origin: 'u32',
  point: 'u32',
  stance: 'f32',
  likes: 'u32',
  dislikes: 'u32',
  replies: 'u32',
  reposts: 'u32',
  kind: 'u8',
  issue: 'u8',
} as const;
/** What an agent has reacted to, as linked lists from its newest reaction back. */
export const REACTIONS = { post: 'u32', round: 'u32', previous: 'u32' } as const;
/** Follows and mutes made during the run, as linked lists. */
export const BONDS = { target: 'u32', previous: 'u32', mute: 'u8' } as const;

/** Similarity pools per platform: one per issue and side. */
export const SIDES = 3;
export const POOL = 64;
/** Talking points that interventions may add to a run. */
export const EXTRA_POINTS = 1024;
const MAX_HEARD_WORDS = 4;

export interface PlatformSpec {
  readonly kind: 'microblog' | 'forum';
  readonly feed: FeedWeights;
}

/** Per platform: who wrote and reacted last, and the candidates chosen at freeze. */
export interface PlatformColumns {
  readonly latestPost: Uint32Array;
  readonly latestReaction: Uint32Array;
  /** First post of each round, and of the round under way. */
  readonly roundStart: Uint32Array;
  readonly popular: Uint32Array;
  readonly popularCount: Uint32Array;
  readonly similar: Uint32Array;
  readonly similarCount: Uint32Array;
}

export interface FixedWorld {
  readonly seed: number;
  readonly size: number;
  readonly issues: number;
  readonly actors: number;
  readonly heardWords: number;
  readonly behaviour: Behaviour;
  readonly clock: Clock;
  readonly platforms: readonly PlatformSpec[];
  readonly platformColumns: readonly PlatformColumns[];
  readonly rhythms: Float64Array;
  readonly actorType: Uint8Array;
  readonly openness: Float32Array;
  readonly extraversion: Float32Array;
  readonly activity: Float32Array;
  readonly rhythm: Uint8Array;
  /** Base-10 logarithm of reach. */
  readonly reach: Float32Array;
  /** Initial opinion, certainty and salience: what agents fall back to. */
  readonly anchor: { readonly opinion: Float32Array; readonly certainty: Float32Array; readonly salience: Float32Array };
  readonly ties: { readonly offsets: Uint32Array; readonly targets: Uint32Array; readonly strength: Float32Array };
  readonly state: {
    readonly opinion: Float32Array;
    readonly certainty: Float32Array;
    readonly salience: Float32Array;
    readonly fatigue: Float32Array;
    /** Talking points met, one bit each (modulo the words there are). */
    readonly heard: Uint32Array;
    /** Round + 1 in which the agent last changed; 0 = never. */
    readonly touched: Uint32Array;
  };
  readonly latestBond: Uint32Array;
  readonly points: {
    readonly issue: Uint8Array;
    readonly lean: Float32Array;
    readonly arousal: Float32Array;
    readonly speaker: Uint32Array;
    /** Round + 1 in which an intervention brought it up; 0 = from the documents. */
    readonly born: Uint32Array;
  };
}

/** Something that everyone reached is shown this round, whatever they open. */
export interface News {
  readonly issue: number;
  readonly stance: number;
  readonly reach: number;
  readonly point: number;
  /** Index of its post, by platform. */
  readonly posts: readonly number[];
}

export interface Frozen {
  readonly round: number;
  readonly points: number;
  readonly posts: readonly SharedTable[];
  readonly reactions: readonly SharedTable[];
  readonly bonds: SharedTable;
  readonly news: readonly News[];
}

export interface PlatformView extends PlatformColumns, PlatformSpec {
  readonly index: number;
  readonly posts: ColumnsOf<typeof POSTS>;
  readonly postCount: number;
  readonly reactions: ColumnsOf<typeof REACTIONS>;
}

export interface WorldView extends Omit<FixedWorld, 'platforms' | 'platformColumns' | 'points'> {
  readonly round: number;
  readonly platforms: readonly PlatformView[];
  readonly bonds: ColumnsOf<typeof BONDS>;
  readonly points: FixedWorld['points'];
  readonly pointCount: number;
  readonly news: readonly News[];
}

/** The owner's side of a world: what the main thread alone may change. */
export interface World {
  readonly fixed: FixedWorld;
  readonly population: Population;
  readonly posts: readonly Table<typeof POSTS>[];
  readonly reactions: readonly Table<typeof REACTIONS>[];
  readonly bonds: Table<typeof BONDS>;
  /** Reactions received so far, by agent. */
  readonly attention: Uint32Array;
  /** Rounds committed, events committed, talking points known. */
  round: number;
  seq: number;
  pointCount: number;
}

/** Words for the talking points that an agent has met: one bit each as far as they go, with a few to spare. */
export function heardWordsOf(scenario: Scenario, population: Population): number {
  return Math.min(MAX_HEARD_WORDS, Math.ceil((population.talkingPoints.length + scenario.interventions.length + 8) / 32));
}

/** A world before its first round. Throws `invalid_scenario` for parameters and interventions that do not fit it. */
export function createWorldState(spec: WorldSpec): World {
  const { scenario, population } = spec;
  const { size, columns, issues } = population;
  for (const { issue, round } of scenario.interventions) {
    if (issue < issues.length) continue;
    throw new ShoalError(
      'invalid_scenario',
      `The intervention of round ${round} speaks to issue ${issue}, but there are ${issues.length}.`,
      {
        hint: `Use 0 … ${issues.length - 1}: the order of the questions and their options.`,
      },
    );
  }
  const clock = clockOf(scenario);
  const pointCount = population.talkingPoints.length;
  const heardWords = heardWordsOf(scenario, population);
  const trait = (name: (typeof TRAITS)[number]): Float32Array => {
    const index = TRAITS.indexOf(name);
    const column = sharedFloat32(size);
    for (let agent = 0; agent < size; agent++) column[agent] = columns.traits[agent * TRAITS.length + index] ?? 0;
    return column;
  };
  const reach = sharedFloat32(size);
  for (let agent = 0; agent < size; agent++) reach[agent] = log10(Math.max(1, columns.reach[agent] ?? 1));
  const rhythms = new Float64Array(new SharedArrayBuffer(population.lexicon.rhythms.length * 24 * 8));
  rhythms.set(population.lexicon.rhythms.flatMap(({ hours }) => [...hours]));

  const fixed: FixedWorld = {
    seed: spec.seed,
    size,
    issues: issues.length,
    actors: population.actors.length,
    heardWords,
    behaviour: behaviourOf(scenario),
    clock,
    platforms: scenario.platforms.map(({ kind, feed }) => ({ kind, feed: feedWeightsOf(kind, feed) })),
    platformColumns: scenario.platforms.map(() => ({
      latestPost: sharedUint32(size).fill(NONE),
      latestReaction: sharedUint32(size).fill(NONE),
      roundStart: sharedUint32(clock.rounds + 2),
      popular: sharedUint32(POOL),
      popularCount: sharedUint32(1),
      similar: sharedUint32(issues.length * SIDES * POOL),
      similarCount: sharedUint32(issues.length * SIDES),
    })),
    rhythms,
    actorType: onSharedMemory(columns.actorType),
    openness: trait('openness'),
    extraversion: trait('extraversion'),
    activity: onSharedMemory(columns.activity),
    rhythm: onSharedMemory(columns.rhythm),
    reach,
    anchor: {
      opinion: onSharedMemory(columns.opinion),
      certainty: onSharedMemory(columns.certainty),
      salience: onSharedMemory(columns.salience),
    },
    ties: sortedTies(population),
    state: {
      opinion: onSharedMemory(new Float32Array(columns.opinion)),
      certainty: onSharedMemory(new Float32Array(columns.certainty)),
      salience: onSharedMemory(new Float32Array(columns.salience)),
      fatigue: sharedFloat32(size),
      heard: sharedUint32(size * heardWords),
      touched: sharedUint32(size),
    },
    latestBond: sharedUint32(size).fill(NONE),
    points: {
      issue: sharedUint8(pointCount + EXTRA_POINTS),
      lean: sharedFloat32(pointCount + EXTRA_POINTS),
      arousal: sharedFloat32(pointCount + EXTRA_POINTS),
      speaker: sharedUint32(pointCount + EXTRA_POINTS).fill(NONE),
      born: sharedUint32(pointCount + EXTRA_POINTS),
    },
  };
  for (const point of population.talkingPoints) {
    fixed.points.issue[point.index] = point.issue;
    fixed.points.lean[point.index] = point.lean;
    fixed.points.arousal[point.index] = point.arousal;
    fixed.points.speaker[point.index] = point.speaker ?? NONE;
  }
  return {
    fixed,
    population,
    posts: scenario.platforms.map(() => createTable(POSTS)),
    reactions: scenario.platforms.map(() => createTable(REACTIONS)),
    bonds: createTable(BONDS),
    attention: new Uint32Array(size),
    round: 0,
    seq: 0,
    pointCount,
  };
}

/** Rows of the tie matrix in ascending order of target, so that a tie is found by bisection. */
function sortedTies({ size, ties }: Population): FixedWorld['ties'] {
  const { offsets } = ties;
  let ascending = true;
  for (let agent = 0; agent < size && ascending; agent++) {
    const end = offsets[agent + 1] ?? 0;
    for (let edge = (offsets[agent] ?? 0) + 1; edge < end; edge++) {
      if ((ties.targets[edge - 1] ?? 0) > (ties.targets[edge] ?? 0)) ascending = false;
    }
  }
  if (ascending) {
    return { offsets: onSharedMemory(offsets), targets: onSharedMemory(ties.targets), strength: onSharedMemory(ties.strength) };
  }
  const targets = sharedUint32(ties.targets.length);
  const strength = sharedFloat32(ties.targets.length);
  for (let agent = 0; agent < size; agent++) {
    const start = offsets[agent] ?? 0;
    const row = Array.from({ length: (offsets[agent + 1] ?? 0) - start }, (_, edge) => start + edge);
    row
      .toSorted((left, right) => (ties.targets[left] ?? 0) - (ties.targets[right] ?? 0) || left - right)
      .forEach((edge, place) => {
        targets[start + place] = ties.targets[edge] ?? 0;
        strength[start + place] = ties.strength[edge] ?? 0;
      });
  }
  return { offsets: onSharedMemory(offsets), targets, strength };
}

/** What a worker needs to know of this round beyond the fixed world. */
export function freeze(world: World, news: readonly News[]): Frozen {
  return {
    round: world.round,
    points: world.pointCount,
    posts: world.posts.map((table) => table.share()),
    reactions: world.reactions.map((table) => table.share()),
    bonds: world.bonds.share(),
    news,
  };
}

function columnsOf<Spec extends TableSpec>(spec: Spec, table: SharedTable | undefined): ColumnsOf<Spec> {
  const { buffer, capacity } = table as SharedTable;
  return viewTable(spec, buffer, capacity);
}

/** The read-only view of this round: the same on the main thread and in a worker. */
export function viewOf(fixed: FixedWorld, frozen: Frozen): WorldView {
  return {
    ...fixed,
    round: frozen.round,
    platforms: fixed.platforms.map((spec, index) => ({
      ...spec,
      ...(fixed.platformColumns[index] as PlatformColumns),
      index,
      posts: columnsOf(POSTS, frozen.posts[index]),
      postCount: frozen.posts[index]?.length ?? 0,
      reactions: columnsOf(REACTIONS, frozen.reactions[index]),
    })),
    bonds: columnsOf(BONDS, frozen.bonds),
    pointCount: frozen.points,
    news: frozen.news,
  };
}
