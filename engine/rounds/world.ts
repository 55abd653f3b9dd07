// A world's state: struct of arrays on shared memory. `FixedWorld` goes to every worker once; `Frozen` says what
// has grown since, once per round; `WorldView` is both together, read-only, as deciders and platforms see it.
// Invariant: between freeze and commit nothing here changes.
import type { Dynamics, PlatformKind } from '#scenarios/contract';
import type { Population } from '../contract.ts';
import { roomForCards, viewCards, type Cards } from '../platforms/cards.ts';
import type { FeedWeights } from '../platforms/feed-weights.ts';
import type { Answer, MarketTerms } from '../platforms/market/listing.ts';
import type { Exchange, MarketColumns, Trade } from '../platforms/market/orders.ts';
import type { Behaviour } from '../policies/behaviour.ts';
import type { Clock } from './clock.ts';
import { viewTable, type ColumnsOf, type SharedTable, type Table, type TableSpec } from './table.ts';

/** One platform's posts in order of their events; `seq` ascends. Indices below are into this table. */
export const POSTS = {
  seq: 'u32',
  author: 'u32',
  round: 'u32',
  /** The post answered, quoted or shared, as seen; of a message its group; NONE for none. */
  parent: 'u32',
  /** What is read: a repost's is the post it shares in the end, every other post's is itself. */
  origin: 'u32',
  point: 'u32',
  stance: 'f32',
  likes: 'u32',
  dislikes: 'u32',
  replies: 'u32',
  reposts: 'u32',
  reports: 'u32',
  kind: 'u8',
  issue: 'u8',
} as const;
/** What an agent has reacted to, as linked lists from its newest reaction back; `kind` is the event's, or UNDONE. */
export const REACTIONS = { post: 'u32', round: 'u32', previous: 'u32', kind: 'u8' } as const;
/** Kind of a reaction that was taken back. */
export const UNDONE = 255;
/** What agents did to their ties during the run, as linked lists: follow, unfollow, mute and unmute. */
export const BONDS = { target: 'u32', previous: 'u32', kind: 'u8' } as const;
/** Chat groups. `lean` is the sum of the stances of its founder and its messages; `latest` its newest message's place. */
export const GROUPS = {
  seq: 'u32',
  founder: 'u32',
  members: 'u32',
  messages: 'u32',
  lean: 'f32',
  latest: 'u32',
  issue: 'u8',
} as const;
/** Who is in which group, as linked lists by agent. */
export const MEMBERS = { group: 'u32', previous: 'u32', gone: 'u8' } as const;
/** Beside the posts of a chat: the message before in the same group. */
export const MESSAGES = { previous: 'u32' } as const;

/** Ranks whose top is chosen at freeze, and how far down it goes. */
export const RANKED = ['hot', 'popular', 'trend'] as const;
export const POOL = 64;
/** Posts drawn by lot at freeze, for whatever compares texts: similarity and searches. */
export const SAMPLE = 240;
/** Talking points that interventions may add to a run. */
export const EXTRA_POINTS = 1024;

export interface PlatformSpec {
  readonly kind: PlatformKind;
  readonly feed: FeedWeights;
}

/** What is traded, on which terms, and what everyone can see of it. */
export interface Market {
  readonly platform: number;
  readonly terms: MarketTerms;
  readonly answers: readonly Answer[];
  readonly columns: MarketColumns;
}

/** Per platform: who wrote and reacted last, and the candidates chosen at freeze. */
export interface PlatformColumns {
  readonly latestPost: Uint32Array;
  readonly latestReaction: Uint32Array;
  /** First post of each round, and of the round under way. */
  readonly roundStart: Uint32Array;
  /** The top of each of RANKED, one after the other. */
  readonly ranked: Uint32Array;
  readonly rankedCount: Uint32Array;
  readonly sample: Uint32Array;
  readonly sampleCount: Uint32Array;
  /** Posts whose cards have been dealt. */
  readonly cardCount: Uint32Array;
}

export interface FixedWorld {
  readonly seed: number;
  readonly size: number;
  readonly issues: number;
  readonly actors: number;
  readonly heardWords: number;
  readonly behaviour: Behaviour;
  readonly dynamics: Dynamics;
  /** The no-interaction control: nobody sees anybody, announcements apart. */
  readonly alone: boolean;
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
  /** 1 for agents that have left: they neither act nor hear. */
  readonly gone: Uint8Array;
  /** Newest membership by agent; empty without a chat. */
  readonly latestMember: Uint32Array;
  /** Accounts that follow each agent, as of now. */
  readonly followers: Uint32Array;
  /** Text vectors: one per issue, then one per talking point. */
  readonly texts: Float32Array;
  /** Absent where no platform is a market. */
  readonly market: Market | undefined;
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
  /** Index of its post, by platform; NONE on a market. */
  readonly posts: readonly number[];
}

export interface Frozen {
  readonly round: number;
  readonly points: number;
  readonly posts: readonly SharedTable[];
  readonly cards: readonly SharedArrayBuffer[];
  readonly reactions: readonly SharedTable[];
  readonly bonds: SharedTable;
  readonly groups: SharedTable;
  readonly members: SharedTable;
  readonly messages: SharedTable;
  readonly news: readonly News[];
}

export interface PlatformView extends PlatformColumns, PlatformSpec {
  readonly index: number;
  readonly posts: ColumnsOf<typeof POSTS>;
  readonly postCount: number;
  readonly cards: Cards;
  readonly reactions: ColumnsOf<typeof REACTIONS>;
}

export interface WorldView extends Omit<FixedWorld, 'platforms' | 'platformColumns' | 'points'> {
  readonly round: number;
  readonly platforms: readonly PlatformView[];
  readonly bonds: ColumnsOf<typeof BONDS>;
  readonly groups: ColumnsOf<typeof GROUPS>;
  readonly members: ColumnsOf<typeof MEMBERS>;
  readonly memberCount: number;
  readonly messages: ColumnsOf<typeof MESSAGES>;
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
  readonly groups: Table<typeof GROUPS>;
  readonly members: Table<typeof MEMBERS>;
  readonly messages: Table<typeof MESSAGES>;
  /** By platform; they grow when a round is frozen. */
  readonly cards: SharedArrayBuffer[];
  readonly exchange: Exchange | undefined;
  /** Trades of the orders applied last, until they are written down. */
  readonly trades: Trade[];
  /** Reactions received so far, by agent. */
  readonly attention: Uint32Array;
  /** Rounds committed, events committed, talking points known. */
  round: number;
  seq: number;
  pointCount: number;
}

/** What a worker needs to know of this round beyond the fixed world. */
export function freeze(world: World, news: readonly News[]): Frozen {
  world.posts.forEach(({ length }, platform) => {
    world.cards[platform] = roomForCards(world.cards[platform] as SharedArrayBuffer, length);
  });
  return {
    round: world.round,
    points: world.pointCount,
    posts: world.posts.map((table) => table.share()),
    cards: [...world.cards],
    reactions: world.reactions.map((table) => table.share()),
    bonds: world.bonds.share(),
    groups: world.groups.share(),
    members: world.members.share(),
    messages: world.messages.share(),
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
      cards: viewCards(frozen.cards[index] as SharedArrayBuffer),
      reactions: columnsOf(REACTIONS, frozen.reactions[index]),
    })),
    bonds: columnsOf(BONDS, frozen.bonds),
    groups: columnsOf(GROUPS, frozen.groups),
    members: columnsOf(MEMBERS, frozen.members),
    memberCount: frozen.members.length,
    messages: columnsOf(MESSAGES, frozen.messages),
    pointCount: frozen.points,
    news: frozen.news,
  };
}
