// What to simulate. Everything here is read by something: test/app/knobs.test.ts changes each leaf
// and expects the outcome to change. Unknown keys are errors with a suggestion.
import { z } from 'zod';
import { DynamicsSchema } from './contract/dynamics.ts';

export type { Dynamics, DynamicsNamed } from './contract/dynamics.ts';

const share = z.number().min(0).max(1);
const opinion = z.number().min(-1).max(1);
export const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes, at most 63');

/** A question as a person writes it; only `text` is needed. The rest pins down what framing would else infer. */
export const QuestionSchema = z.strictObject({
  text: z.string().min(3).max(600),
  kind: z.enum(['binary', 'categorical']).optional(),
  /** What supporters hold true, as a sentence ("The bridge toll should go ahead"). Binary questions only. */
  proposition: z.string().min(3).max(400).optional(),
  /** The possible answers of a categorical question. */
  options: z.array(z.string().min(1).max(120)).min(2).max(8).optional(),
  /** How the outcome would be looked up in the real world: who, where, when. */
  resolution: z.string().max(600).optional(),
  /** Binary: the share of support among the decided at which the simulation answers "yes". */
  threshold: share.optional(),
  /** Binary: how often such things come true, where that is known; forecasts of few members are drawn towards it. */
  baseRate: z.number().min(0.001).max(0.999).optional(),
});
export type Question = z.infer<typeof QuestionSchema>;

/** One proposition that agents hold an opinion on. Binary questions make one, categorical ones one per option. */
export interface Issue {
  /** Position in every per-issue array; at most 8 issues in a world. */
  readonly index: number;
  readonly id: string;
  /** A few words, for legends and tables. */
  readonly label: string;
  /** The full sentence that +1 agrees with and −1 rejects. */
  readonly proposition: string;
  /** Lower-case words and phrases that mark text as being about this issue. */
  readonly terms: readonly string[];
  readonly question: number;
}

/** A question made resolvable: which issues carry it and which measure answers it inside the simulation. */
export interface TypedQuestion {
  readonly index: number;
  readonly text: string;
  readonly kind: 'binary' | 'categorical';
  readonly issues: readonly number[];
  /** Answers in the order of `issues`; `['yes', 'no']` for a binary question. */
  readonly options: readonly string[];
  readonly threshold: number;
  readonly baseRate?: number | undefined;
  /** Where it would be looked up in reality; says so when nobody declared it. */
  readonly realWorldResolution: string;
  /** How the simulation answers it, in words, with measure names and units. */
  readonly simulatedResolution: string;
  /** What framing inferred rather than was told, each as a sentence. */
  readonly assumptions: readonly string[];
}

/** A framed set of questions: the one value that fixes what agents have opinions about. */
export interface Framing {
  readonly questions: readonly TypedQuestion[];
  readonly issues: readonly Issue[];
}

export const PLATFORM_KINDS = ['microblog', 'forum', 'chat', 'market'] as const;
export type PlatformKind = (typeof PLATFORM_KINDS)[number];

const weight = z.number().min(0).max(10).optional();
/** Mixture of recommenders that fills a feed; weights are relative and need not sum to one. */
export const FeedSchema = z.strictObject({
  /** Posts (in a chat: messages) shown in one session. */
  size: z.int().min(1).max(100).optional(),
  /** Newest first: a post half a `recency-half-life` older is that much less likely. */
  chronological: weight,
  /** Reddit's published rank by votes and age. */
  hot: weight,
  /** What is engaged with now. */
  popular: weight,
  /** Recency × fans × cosine of text, after TwHIN as OASIS publishes it. */
  similarity: weight,
  /** Any post, by lot. */
  random: weight,
  /** Newest posts of the accounts that the reader follows. */
  following: weight,
  /** Posts of strangers only, by lot. */
  outOfNetwork: weight,
});
export type FeedOverrides = z.infer<typeof FeedSchema>;

export const MARKET_MECHANISMS = ['maker', 'auction'] as const;
export type MarketMechanism = (typeof MARKET_MECHANISMS)[number];

/** A market on the answers of every question. A share of the right answer pays 100 cents. */
export const MarketSchema = z.strictObject({
  /** `maker`: Hanson's logarithmic market maker. `auction`: a continuous double auction between agents. */
  mechanism: z.enum(MARKET_MECHANISMS).optional(),
  /** Maker: b of the cost function in shares; larger = prices move less. */
  liquidity: z.number().min(1).max(10_000_000).optional(),
  /** Cents that each agent begins with. */
  cash: z.int().min(100).max(10_000_000).optional(),
  /** Auction: shares of each answer that each agent begins with. */
  shares: z.int().min(1).max(10_000).optional(),
});
export type MarketOverrides = z.infer<typeof MarketSchema>;

export const PlatformSchema = z.strictObject({
  kind: z.enum(PLATFORM_KINDS),
  feed: FeedSchema.optional(),
  market: MarketSchema.optional(),
});

export const InterventionSchema = z.strictObject({
  /** Takes effect at the start of this round, counted from 0. */
  round: z.int().min(0),
  /** What everyone who is reached reads. */
  text: z.string().min(3).max(600),
  /** Which issue it speaks to: its index, in the order of the questions and their options. */
  issue: z.int().min(0).max(7).default(0),
  /** How far it leans: +1 supports the proposition, −1 opposes it. */
  stance: opinion,
  /** Share of the population that is shown it directly, drawn by seed. */
  reach: share.default(0.3),
});
export type Intervention = z.infer<typeof InterventionSchema>;

export const ScenarioSchema = z.strictObject({
  name: slug,
  title: z.string().min(3).max(120),
  description: z.string().max(2000),
  /** Paths or globs below the scenario's folder. */
  documents: z.array(z.string().min(1)).min(1).max(200),
  questions: z.array(QuestionSchema).min(1).max(8),
  population: z
    .strictObject({
      size: z.int().min(2).max(1_000_000).default(500),
      /** At most this many named actors are taken from the graph, the most salient first. */
      actors: z.int().min(0).max(500).default(40),
      /** Mean number of accounts an agent follows. */
      meanDegree: z.number().min(1).max(200).default(12),
      /** Probability that a tie stays inside the community (0 = none, 1 = all). */
      homophily: share.default(0.7),
      /** Exponent of the power law of reach; smaller = heavier tail. */
      reachExponent: z.number().min(1.5).max(4).default(2.3),
    })
    .prefault({}),
  platforms: z
    .array(PlatformSchema)
    .min(1)
    .max(4)
    .prefault([{ kind: 'microblog' }, { kind: 'forum' }]),
  clock: z
    .strictObject({
      start: z.iso.datetime({ offset: true }).default('2026-01-05T08:00:00Z'),
      rounds: z.int().min(1).max(2000).default(48),
      minutesPerRound: z.int().min(1).max(1440).default(60),
    })
    .prefault({}),
  /** How the population lives: the crowd's rules, or a published model (docs/MODEL.md). */
  dynamics: DynamicsSchema,
  /** Overrides of the behaviour table (`npx shoal doctor --behaviour` prints it; names in engine/contract.ts). */
  behaviour: z.record(z.string(), z.number()).default({}),
  /** Behaviour parameters that are not known well: members of the ensemble draw them evenly from these ranges. */
  priors: z.record(z.string(), z.tuple([z.number(), z.number()])).default({}),
  interventions: z.array(InterventionSchema).max(200).default([]),
  models: z
    .strictObject({
      /** Qualified model name, e.g. `openai/gpt-5-mini`; absent = embedded (rule-based). */
      model: z.string().optional(),
      /** Share of each round's active agents that decide by that model; named actors go first. */
      agentShare: share.default(0.05),
    })
    .prefault({}),
  /** Hard limit of this run in USD; calls that do not fit are not made. */
  budget: z.strictObject({ usd: z.number().min(0).max(100_000).default(1) }).prefault({}),
  /** Number of worlds the forecast is taken over at most, the main run among them. */
  ensemble: z.int().min(1).max(200).default(20),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(1),
});
/** A complete scenario, every default filled in. */
export type Scenario = z.infer<typeof ScenarioSchema>;
/** A scenario as written, defaults left out. */
export type ScenarioInput = z.input<typeof ScenarioSchema>;

/** A scenario found on disk. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** Absolute folder it was read from; undefined for one made from a list of files. */
  readonly folder: string | undefined;
  /** SHA-256 over the canonical scenario and every document's bytes. */
  readonly hash: string;
  readonly documents: readonly ScenarioDocument[];
  /** Digest that a run of the bundled scenario must give, where its folder declares one. */
  readonly expectedDigest: string | undefined;
  /** What loading or overriding changed of its own accord, each as a sentence for a person. */
  readonly notes: readonly string[];
}

export interface ScenarioDocument {
  /** Unique in its scenario: the path below the folder that all its documents share. */
  readonly name: string;
  readonly bytes: Uint8Array;
}
