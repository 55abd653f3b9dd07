// The world as others see it: personas and ties, platforms and policies, rounds, the record and its measures.
// State lives in columns (struct of arrays) on shared memory; objects exist only at the edges.
import type { Cassette, LanguageModel } from '#foundation';
import type { ActorType, GraphSnapshot, SourceSpan } from '#knowledge-graph/contract';
import type { Framing, Intervention, Issue, MarketMechanism, Scenario } from '#scenarios/contract';

// ---- population -----------------------------------------------------------------------------------------

/** Position of an agent in every column. Named actors come first: 0 … actors.length − 1. */
export type AgentId = number;

export const TRAITS = ['openness', 'conscientiousness', 'extraversion', 'agreeableness', 'neuroticism'] as const;
/** The four higher-order values of Schwartz's theory. */
export const VALUES = ['openness-to-change', 'self-enhancement', 'conservation', 'self-transcendence'] as const;
export const EDUCATION = ['primary', 'secondary', 'vocational', 'bachelor', 'postgraduate'] as const;
export const GENDERS = ['female', 'male', 'nonbinary', 'not applicable'] as const;

/** Parts of a persona that only a named actor has; the crowd's are drawn from columns when asked for. */
export interface ActorProfile {
  readonly agent: AgentId;
  /** Entity id in the knowledge graph. */
  readonly entity: string;
  readonly name: string;
  readonly handle: string;
  readonly bio: string;
  readonly role: string;
  readonly goals: readonly string[];
  /** How the actor speaks, in a sentence. */
  readonly voice: string;
  readonly sources: readonly SourceSpan[];
}

/** Everything that differs between agents, one entry (or one row) per agent, on SharedArrayBuffers. */
export interface PopulationColumns {
  /** Index into ACTOR_TYPES. */
  readonly actorType: Uint8Array;
  /** Index into `communities`. */
  readonly community: Uint16Array;
  /** Years; 0 where it does not apply. */
  readonly age: Uint8Array;
  readonly gender: Uint8Array;
  readonly education: Uint8Array;
  /** Index into `lexicon.occupations`. */
  readonly occupation: Uint16Array;
  /** Index into `lexicon.regions`. */
  readonly region: Uint16Array;
  /** size × TRAITS.length, 0–1. */
  readonly traits: Float32Array;
  /** size × VALUES.length, 0–1. */
  readonly values: Float32Array;
  /** size × issues: −1 rejects the proposition, +1 agrees. */
  readonly opinion: Float32Array;
  /** size × issues, 0–1: how hard it is to move. */
  readonly certainty: Float32Array;
  /** size × issues, 0–1: how much the agent cares. */
  readonly salience: Float32Array;
  /** Expected sessions per hour at the peak of the agent's day, 0–1. */
  readonly activity: Float32Array;
  /** Index into `lexicon.rhythms`. */
  readonly rhythm: Uint8Array;
  /** Size of the audience relative to the median agent, ≥ 1, heavy-tailed. */
  readonly reach: Float32Array;
}

export interface PopulationLexicon {
  readonly occupations: readonly string[];
  readonly regions: readonly string[];
  /** Each a day of 24 hourly weights in 0–1 with maximum 1, by local hour. */
  readonly rhythms: readonly { readonly name: string; readonly hours: readonly number[] }[];
}

/** Who follows whom, in compressed sparse rows: `targets[offsets[a] … offsets[a+1])` are followed by a. */
export interface Ties {
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** 0–1 beside each target. */
  readonly strength: Float32Array;
}

/** A thing that can be said, grounded in a document or an intervention: what posts are made from. */
export interface TalkingPoint {
  readonly index: number;
  readonly issue: number;
  /** −1 … +1: which side it helps. */
  readonly lean: number;
  /** 0–1: how stirring it is. */
  readonly arousal: number;
  /** A clause or sentence, word for word from the source where there is one. */
  readonly text: string;
  /** Where it stands in the documents; undefined for an intervention or the bare proposition. */
  readonly source: SourceSpan | undefined;
  /** Agent who said it, if a named actor did. */
  readonly speaker: AgentId | undefined;
  readonly origin: 'document' | 'intervention' | 'proposition';
}

export interface Population {
  readonly size: number;
  readonly seed: number;
  readonly issues: readonly Issue[];
  readonly actors: readonly ActorProfile[];
  readonly communities: readonly { readonly label: string; readonly terms: readonly string[] }[];
  readonly lexicon: PopulationLexicon;
  readonly columns: PopulationColumns;
  readonly ties: Ties;
  readonly talkingPoints: readonly TalkingPoint[];
  /** SHA-256 of all of the above. */
  readonly hash: string;
}

/** One agent in full, assembled from columns and profile for a person, a model or a page. */
export interface Persona {
  readonly agent: AgentId;
  readonly kind: 'named' | 'crowd';
  readonly entity: string | undefined;
  readonly actorType: ActorType;
  readonly identity: { readonly name: string; readonly handle: string; readonly bio: string };
  /** Fields are undefined where they do not apply (an organisation has no age). */
  readonly demographics: {
    readonly age: number | undefined;
    readonly gender: string | undefined;
    readonly education: string | undefined;
    readonly occupation: string;
    readonly region: string;
  };
  readonly traits: Readonly<Record<(typeof TRAITS)[number], number>>;
  readonly values: Readonly<Record<(typeof VALUES)[number], number>>;
  /** At the round asked for. */
  readonly stances: readonly {
    readonly issue: number;
    readonly opinion: number;
    readonly certainty: number;
    readonly salience: number;
  }[];
  readonly rhythm: { readonly name: string; readonly activity: number; readonly hours: readonly number[] };
  readonly reach: number;
  readonly community: string;
  readonly voice: { readonly register: string; readonly description: string };
  readonly goals: readonly string[];
  readonly sources: readonly SourceSpan[];
}

export interface FollowCounts {
  readonly followers: number;
  readonly following: number;
}

// ---- behaviour ------------------------------------------------------------------------------------------

/** One documented number that shapes behaviour; `scenario.behaviour` overrides it by name. */
export interface BehaviourParameter {
  readonly name: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  readonly meaning: string;
  /** Paper, measurement or "chosen", honestly. */
  readonly source: string;
}

// ---- events ---------------------------------------------------------------------------------------------

/** What can happen. The order is part of the file format: append only. */
export const EVENT_KINDS = [
  'post',
  'reply',
  'repost',
  'quote',
  'like',
  'dislike',
  'follow',
  'mute',
  'inject',
  'shift',
  'fallback',
  'unlike',
  'undislike',
  'report',
  'unfollow',
  'unmute',
  'refresh',
  'trend',
  'search-posts',
  'search-users',
  'group',
  'join',
  'leave',
  'message',
  'order',
  'trade',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];
/** Kinds whose event is itself something to read; the event's number is the post's id. */
export const POST_KINDS = ['post', 'reply', 'repost', 'quote', 'inject', 'message'] as const satisfies readonly EventKind[];

/** No target, no talking point, no platform. */
export const NONE = 0xffff_ffff;

/** Events of one round in columns, in canonical order. */
export interface EventBatch {
  readonly round: number;
  /** Number of the first event; event i has number `firstSeq + i`, counted from 0 over the run. */
  readonly firstSeq: number;
  readonly count: number;
  readonly kind: Uint8Array;
  /** Index into the scenario's platforms; 255 = none. */
  readonly platform: Uint8Array;
  /** NONE for an injected event. */
  readonly agent: Uint32Array;
  /**
   * Post kinds: the post answered or shared, of a message its group; reactions and what undoes them: the post; (un)follow
   * and (un)mute: the agent; join and leave: the group; shift: the post that moved it most; order: its answer's place in
   * the market; trade: the order that had rested, with the market maker the order that set it off.
   */
  readonly target: Uint32Array;
  /** Of what is read or said; of a refresh or search what is asked for; of an order or trade its answer's issue. */
  readonly issue: Uint8Array;
  /** Talking point behind a post; order and trade: shares; NONE otherwise. */
  readonly point: Uint32Array;
  /**
   * Post kinds and groups: stance expressed; shift: change of opinion; refresh, trend, searches: posts found; order: the limit
   * in cents, negative to sell, ±1000 without one; trade: cents a share, negative where the agent sells; otherwise 1.
   */
  readonly value: Float32Array;
}

/** One event as an object: what pages, reports and chats work with. */
export interface WorldEvent {
  readonly seq: number;
  readonly round: number;
  readonly kind: EventKind;
  readonly platform: string | undefined;
  readonly agent: AgentId | undefined;
  readonly target: number | undefined;
  readonly issue: number;
  readonly point: number | undefined;
  readonly value: number;
}

/** A post with its words and its score as of some round. */
export interface PostView {
  readonly seq: number;
  readonly kind: EventKind;
  readonly round: number;
  readonly platform: string;
  readonly agent: AgentId | undefined;
  readonly authorName: string;
  readonly authorHandle: string;
  readonly authorType: ActorType | 'intervention';
  readonly text: string;
  /** Who wrote the words. */
  readonly writtenBy: 'embedded' | 'model' | 'intervention';
  readonly issue: number;
  readonly stance: number;
  readonly parent: number | undefined;
  readonly likes: number;
  readonly dislikes: number;
  readonly replies: number;
  readonly reposts: number;
  /** Reported so often that it is shown less. */
  readonly warned: boolean;
  /** Of a message: the group it was written in. */
  readonly group: { readonly seq: number; readonly name: string } | undefined;
  /** The document span that the post is grounded in. */
  readonly source: SourceSpan | undefined;
}

// ---- words and model decisions ----------------------------------------------------------------------------

/** All that the words of a post depend on: they are rendered from it on demand and are the same every time. */
export interface PostRecipe {
  readonly seq: number;
  readonly kind: (typeof POST_KINDS)[number];
  readonly round: number;
  readonly platformKind: 'microblog' | 'forum';
  readonly agent: AgentId;
  readonly issue: number;
  /** Stance expressed, −1 … +1. */
  readonly stance: number;
  readonly point: number | undefined;
  /** The post answered or quoted. */
  readonly parent:
    | { readonly agent: AgentId | undefined; readonly stance: number; readonly point: number | undefined }
    | undefined;
}

/** Looks at another feed; the agent then decides once more, with that feed before it. */
export const LOOKS = ['refresh', 'trend', 'search-posts', 'search-users'] as const satisfies readonly EventKind[];
export type Look = (typeof LOOKS)[number];
/** What the agent may do that its feed does not show, each with its only admissible target. */
export type OfferedAction = 'unlike' | 'undislike' | 'unmute' | 'message' | 'join' | 'leave';
export type ModelAction =
  | 'post'
  | 'reply'
  | 'repost'
  | 'quote'
  | 'like'
  | 'dislike'
  | 'report'
  | 'follow'
  | 'unfollow'
  | 'mute'
  | 'group'
  | OfferedAction
  | Look
  | 'nothing';

/** What one agent sees when a model decides for it. `choices` is closed: an answer outside it is not admissible. */
export interface ModelTurn {
  readonly agent: AgentId;
  readonly platformKind: 'microblog' | 'forum' | 'chat';
  readonly feed: readonly {
    readonly seq: number;
    readonly author: string;
    readonly text: string;
    readonly stance: number;
    readonly issue: number;
    readonly likes: number;
  }[];
  readonly opinion: readonly number[];
  readonly certainty: readonly number[];
  readonly memory: readonly MemoryItem[];
  readonly offers: readonly { readonly action: OfferedAction; readonly target: number; readonly text: string }[];
  readonly choices: readonly ModelAction[];
}

export type ModelDecision =
  | {
      readonly kind: 'decided';
      readonly action: ModelTurn['choices'][number];
      /** A post in the feed, or the target of an offer; none for `post`, `group`, looks and `nothing`. */
      readonly target: number | undefined;
      /** The other feed that the agent asked for before it decided. */
      readonly looked?: { readonly look: Look; readonly issue: number };
      readonly issue: number;
      readonly text: string | undefined;
      /** New opinion on `issue`; the engine limits the change per round (see the behaviour table). */
      readonly opinion: number;
    }
  /** This turn goes by the crowd rules and is recorded as a `fallback` event. */
  | { readonly kind: 'fallback'; readonly reason: string };

// ---- rounds and control ---------------------------------------------------------------------------------

/** All that fixes a world. Same spec, same digest, whatever the threads. */
export interface WorldSpec {
  readonly scenario: Scenario;
  readonly graphHash: string;
  readonly framing: Framing;
  readonly population: Population;
  /** Overrides `scenario.seed` for an ensemble member. */
  readonly seed: number;
  /** The no-interaction control: everyone lives as before, but sees nobody's posts and follows nobody. */
  readonly alone?: true;
}

/** Sums over one round, printed live and kept for charts. Keys are measure names (see MEASURES). */
export interface RoundSummary {
  readonly round: number;
  /** Simulated time at the start of the round, ISO 8601. */
  readonly time: string;
  readonly active: number;
  readonly events: number;
  readonly digest: string;
  readonly measures: Readonly<Record<string, number>>;
}

export interface RunOptions {
  /** Worker threads; 0 decides on the main thread. Never changes the digest. */
  readonly threads: number;
  /** Where deciding by model goes; absent = everyone by the crowd rules. */
  readonly model?: LanguageModel;
  readonly onRound?: (summary: RoundSummary) => void;
  readonly signal?: AbortSignal;
}

export type RunState = 'ready' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';

/** Steers one living world. Every method is safe in every state and says `conflict` where it makes no sense. */
export interface RunControl {
  readonly state: RunState;
  readonly round: number;
  /** Runs until the last round, a pause or a stop; resolves with the state reached. */
  run(): Promise<RunState>;
  /** Takes effect after the round under way; state is on disk when it resolves. */
  pause(): Promise<void>;
  step(): Promise<RoundSummary | undefined>;
  stop(): Promise<void>;
  /** An intervention at the next round: recorded, so replay knows it too. */
  inject(intervention: Omit<Intervention, 'round'>): Promise<number>;
  close(): Promise<void>;
}

/** How a fork differs from its parent, from its first own round on. */
export interface WorldChange {
  /** The parent's scenario with other values; only what still can change may (see `checkChange`). */
  readonly scenario?: Scenario;
  /** Of all random draws from here on. */
  readonly seed?: number;
  /** Agents that leave: they act no more, are followed by nobody, and no measure counts them. */
  readonly remove?: readonly AgentId[];
  /** Agents that join, each a copy of somebody of the crowd as that agent was before the first round. */
  readonly add?: number;
  /** News of the first own round. */
  readonly news?: readonly Omit<Intervention, 'round'>[];
  /** Leaves out the news that the parent had after the fork. */
  readonly dropLaterNews?: boolean;
}

/** A run that a fork goes back to. */
export interface Ancestor {
  readonly runId: string;
  readonly title: string;
  /** Last round that is shared; −1 = only the beginning. */
  readonly round: number;
}

/** Two runs of one origin, round by round: how far the same agents have come apart. */
export interface Divergence {
  /** Agents that both runs have. */
  readonly agents: number;
  /** Last round up to which the digests agree; −1 = none. */
  readonly sharedUntil: number;
  readonly rounds: readonly {
    readonly round: number;
    readonly identical: boolean;
    /** Mean |difference of opinion| over agents and issues, 0–2. */
    readonly distance: number;
    /** Share of agents on another side of at least one issue. */
    readonly switched: number;
    /** Difference in mean opinion (second − first), by issue. */
    readonly shift: readonly number[];
  }[];
}

/** What an unrecorded ensemble member leaves behind. */
export interface MemberResult {
  readonly seed: number;
  readonly digest: string;
  readonly rounds: readonly RoundSummary[];
  /** Final share of agents whose strongest support is each issue, and support among the decided, by issue. */
  readonly final: Readonly<Record<string, number>>;
}

/** A post of the herding experiment: its random first vote, and the votes of others. */
export interface HerdingSample {
  readonly arm: 'down' | 'control' | 'up';
  readonly up: number;
  readonly down: number;
}

/** One post of a replayed cascade. */
export interface Sharing {
  readonly agent: AgentId;
  readonly round: number;
  /** Place in the list of the post that it shares; undefined for the root. */
  readonly parent: number | undefined;
}

// ---- record ---------------------------------------------------------------------------------------------

export interface RunManifest {
  readonly runId: string;
  readonly title: string;
  readonly createdAt: string;
  readonly scenarioHash: string;
  readonly graphHash: string;
  readonly populationHash: string;
  readonly seed: number;
  readonly shoalVersion: string;
  readonly nodeVersion: string;
  /** SHA-256 over the engine's source files. */
  readonly engineHash: string;
  /** Model that decided for agents, or `embedded (rule-based)`. */
  readonly model: string;
  /** Runs that this one was forked from, the first one first; absent = none. */
  readonly ancestors?: readonly Ancestor[];
}

/** Opinion state of everyone at the end of a round; −1 = before the first. */
export interface StateView {
  readonly round: number;
  readonly opinion: Float32Array;
  readonly certainty: Float32Array;
  readonly salience: Float32Array;
}

/**
 * One run's file, open for writing by the process that owns the run. It exists from the first stage on:
 * each stage leaves its result here as an artifact, which is what lets a killed run go on where it was.
 */
export interface RunFile {
  readonly path: string;
  putJson(name: string, value: unknown): void;
  /** Parsed JSON as this build wrote it; the caller names the type. */
  json(name: string): unknown;
  putBlob(name: string, bytes: Uint8Array): void;
  blob(name: string): Uint8Array | undefined;
  /** Stored model answers of this run. */
  readonly cassette: Cassette;
  close(): void;
}

/** Names of the artifacts in a run's file; `graph` and `population` are compressed blobs, the others JSON. */
export const ARTIFACTS = [
  'scenario',
  'graph',
  'framing',
  'population',
  'members',
  'control',
  'forecast',
  'report',
  'chats',
] as const;

export interface PostQuery {
  /** State as of the end of this round; default the last. */
  readonly round?: number;
  readonly platform?: string;
  readonly agent?: AgentId;
  readonly issue?: number;
  readonly sort?: 'recent' | 'top';
  readonly limit?: number;
  readonly before?: number;
}

/** A chat group as of a round. */
export interface GroupView {
  /** Number of the event that made it. */
  readonly seq: number;
  readonly name: string;
  readonly founder: AgentId;
  readonly issue: number;
  readonly members: number;
  readonly messages: number;
}

/** A market as of a round. Prices in shares of what a right share pays, 0–1. */
export interface MarketView {
  readonly mechanism: MarketMechanism;
  readonly answers: readonly {
    readonly question: number;
    readonly issue: number;
    readonly label: string;
    readonly price: number;
    /** What rests in an auction's book, best price first; empty with a maker. */
    readonly bids: readonly { readonly price: number; readonly shares: number }[];
    readonly asks: readonly { readonly price: number; readonly shares: number }[];
  }[];
  /** Newest first. */
  readonly trades: readonly {
    readonly seq: number;
    readonly round: number;
    readonly agent: AgentId;
    /** Place in `answers`. */
    readonly answer: number;
    readonly isBuy: boolean;
    readonly shares: number;
    readonly price: number;
  }[];
}

/** Something an agent would remember, with the event that proves it. */
export interface MemoryItem {
  readonly round: number;
  readonly event: number;
  readonly kind: 'wrote' | 'reacted' | 'followed' | 'was moved' | 'was answered' | 'news';
  readonly text: string;
  /** 0–1. */
  readonly importance: number;
}

/** One run's file, open for reading. Answers as of any past round; never changes the run. */
export interface RunRecord {
  readonly path: string;
  readonly manifest: RunManifest;
  readonly scenario: Scenario;
  readonly framing: Framing;
  readonly graph: GraphSnapshot;
  readonly population: Population;
  /** Rounds committed so far. */
  readonly rounds: number;
  readonly finished: boolean;
  /** Hash chain over all committed events and states. */
  readonly digest: string;
  summaries(): readonly RoundSummary[];
  batch(round: number): EventBatch | undefined;
  event(seq: number): WorldEvent | undefined;
  events(query: {
    readonly round?: number;
    readonly agent?: AgentId;
    readonly kind?: EventKind;
    readonly after?: number;
    readonly limit?: number;
  }): readonly WorldEvent[];
  post(seq: number, round?: number): PostView | undefined;
  posts(query: PostQuery): readonly PostView[];
  /** Groups of the world's chat, the largest first. */
  groups(round: number): readonly GroupView[];
  /** The world's market with its last trades; undefined where there is none. */
  market(round: number, trades: number): MarketView | undefined;
  stateAt(round: number): StateView;
  /** Whether the agent is there at the end of a round: in forks some leave and some join. */
  isPresent(agent: AgentId, round: number): boolean;
  persona(agent: AgentId, round?: number): Persona;
  /** Accounts that follow the agent, and that it follows, at the end of a round. */
  followCounts(agent: AgentId, round: number): FollowCounts;
  memory(agent: AgentId, round: number, limit: number): readonly MemoryItem[];
  interventions(): readonly Intervention[];
  /** A named JSON document kept inside the file (members, forecast, report). */
  artifact(name: string): unknown;
  close(): void;
}

/**
 * The feed with which an agent opened its platform in a past round; what it then looked up in the same session is not in
 * it. Who lives by a named dynamics looks at others, not at a feed.
 */
export type LookBack = (agent: AgentId) =>
  | { readonly kind: 'not-there' }
  | { readonly kind: 'no-feeds'; readonly dynamics: string }
  | {
      readonly kind: 'feed';
      readonly round: number;
      /** Whether it opened a platform in that round; if not, this is what it would have seen. */
      readonly active: boolean;
      /** Index into the scenario's platforms. */
      readonly platform: number;
      readonly posts: readonly {
        readonly seq: number;
        /** The recommender that offered it, or news shown directly. */
        readonly source: string;
        readonly followed: boolean;
      }[];
    };

/** What of a run's file can be read. */
export interface RecordHealth {
  readonly sound: boolean;
  /** Rounds of which anything is there. */
  readonly rounds: number;
  /** Parts of rounds that cannot be read; they can be lived again. */
  readonly damaged: readonly { readonly round: number; readonly what: string }[];
  /** Inputs that cannot be read: without them the run cannot be lived again. */
  readonly essential: readonly string[];
  /** What else cannot be read: documents, the graph, results of later stages. */
  readonly beside: readonly string[];
}

export interface RepairResult extends RecordHealth {
  readonly digest: string;
  /** Where the damaged file lies now. */
  readonly kept: string;
}

export interface ReplayResult {
  readonly identical: boolean;
  readonly recorded: string;
  readonly replayed: string;
  /** First round whose digest differs. */
  readonly divergedAt: number | undefined;
  readonly rounds: number;
}

// ---- measures -------------------------------------------------------------------------------------------

/** A number per round, computed from state and events by one pure function of this name. */
export interface MeasureSpec {
  readonly name: string;
  /** Per-issue values are stored as `name:issueIndex`. */
  readonly perIssue: boolean;
  readonly unit: string;
  readonly meaning: string;
}

/** Opinions within ± this of zero count as undecided. */
export const UNDECIDED_BAND = 0.1;

const measure = (name: string, perIssue: boolean, unit: string, meaning: string): MeasureSpec => ({
  name,
  perIssue,
  unit,
  meaning,
});

export const MEASURES: readonly MeasureSpec[] = [
  measure('support', true, 'share of agents', 'Agents whose opinion is above the undecided band'),
  measure('oppose', true, 'share of agents', 'Agents whose opinion is below the undecided band'),
  measure('undecided', true, 'share of agents', 'Agents inside the undecided band'),
  measure(
    'leading',
    true,
    'share of agents',
    'Agents who agree with this issue more than with any other of its question (ties: lowest index)',
  ),
  measure('opinion-mean', true, '−1 to 1', 'Mean opinion'),
  measure('opinion-variance', true, '0 to 1', 'Population variance of opinion'),
  measure('bimodality', true, '0 to 1', "Sarle's bimodality coefficient of opinion; uniform 0.555, two points 1"),
  measure('polarisation', true, 'index', 'Esteban–Ray polarisation over 20 opinion bins, α = 1.3'),
  measure('echo', true, 'slope', 'Regression slope of the mean opinion of those followed on own opinion'),
  measure('ei-index', true, '−1 to 1', 'Ties to another side less ties within one’s own, over all ties (Krackhardt & Stern)'),
  measure('assortativity', true, '−1 to 1', 'How far ties keep to one’s own side beyond chance (Newman); 1 = wholly'),
  measure('sentiment', true, '−1 to 1', 'Mean stance of what was written in the round; 0 where nothing was'),
  measure('moved', true, 'share of agents', 'Agents whose side differs from the one they began with'),
  measure('active', false, 'agents', 'Agents who opened a platform in the round'),
  measure('posts', false, 'events', 'Posts and quotes written in the round'),
  measure('replies', false, 'events', 'Replies written in the round'),
  measure('reposts', false, 'events', 'Posts shared on in the round'),
  measure('likes', false, 'events', 'Likes given in the round'),
  measure('dislikes', false, 'events', 'Dislikes given in the round'),
  measure('follows', false, 'events', 'New follows in the round'),
  measure('attention-gini', false, '0 to 1', 'Gini coefficient of reactions received so far, over agents'),
  measure('turnout', false, 'share of agents', 'Agents who have written or reacted at least once so far'),
  measure('cross-talk', false, 'share of replies', 'Replies of the round that answer a post of the other side'),
  measure('price', true, 'share of payoff', 'Market price of the answer that this issue stands for (worlds with a market)'),
  measure('volume', false, 'shares', 'Shares traded in the round (worlds with a market)'),
];

/** The shape that a run leaves behind. */
export interface RunStructure {
  /** Posts that anybody answered or shared on. */
  readonly cascades: number;
  /** Undefined where nobody wrote. */
  readonly largest:
    | {
        /** The event that began it. */
        readonly event: number;
        readonly size: number;
        readonly depth: number;
        readonly breadth: number;
        /** Structural virality: mean distance between two of its posts. */
        readonly virality: number;
        /** Share of agents who follow somebody who took part. */
        readonly reach: number;
      }
    | undefined;
  /** By issue: groups of at least 5 % of the population that share a side and hang together by ties, the largest first. */
  readonly coalitions: readonly {
    readonly issue: number;
    readonly groups: readonly { readonly side: 'for' | 'against'; readonly agents: number }[];
  }[];
}

// ---- talking to agents ----------------------------------------------------------------------------------

export interface ChatTurn {
  readonly from: 'person' | 'agent';
  readonly text: string;
}

export interface ChatAnswer {
  readonly text: string;
  /** Events and spans that the answer leans on. */
  readonly events: readonly number[];
  readonly spans: readonly SourceSpan[];
  readonly model: string;
}

export interface SurveyResult {
  readonly question: string;
  readonly round: number;
  readonly asked: number;
  readonly options: readonly {
    readonly option: string;
    readonly count: number;
    readonly share: number;
    readonly standardError: number;
  }[];
  /** Shares in each group of those asked; in the order of the options. */
  readonly crossTabs: readonly {
    readonly by: readonly string[];
    readonly groups: readonly {
      /** One value by field. */
      readonly group: readonly string[];
      readonly asked: number;
      readonly shares: readonly number[];
      readonly standardErrors: readonly number[];
    }[];
  }[];
  /** How answers were drawn, for a person. */
  readonly method: string;
}
