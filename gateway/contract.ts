// The one governed door: what models cost, who may call them, what was called. Amounts are integer nano-USD.
import type { Cassette, LanguageModel, Stage, ToolBox, ToolResult, ToolSpec } from '#foundation';

// ---- models ---------------------------------------------------------------------------------------------

/**
 * What tokens cost, in nano-USD each; at most three decimals (a picodollar), so that sums are exact. A token has one
 * rate only: what is absent costs what `input` or `output` does.
 */
export interface Rates {
  readonly inputNanoUsdPerToken: number;
  readonly cachedInputNanoUsdPerToken: number;
  readonly outputNanoUsdPerToken: number;
  /** Input written into the provider's prompt cache for its usual time (minutes). */
  readonly cacheWriteNanoUsdPerToken?: number;
  /** The same for the longest time that it offers (an hour and more). */
  readonly longCacheWriteNanoUsdPerToken?: number;
  readonly reasoningNanoUsdPerToken?: number;
  readonly imageInputNanoUsdPerToken?: number;
  readonly audioInputNanoUsdPerToken?: number;
}

/** Rates of the whole call, output too, once its input is longer than this. */
export interface PriceTier extends Rates {
  readonly aboveInputTokens: number;
}

export interface Price extends Rates {
  /** Rising by `aboveInputTokens`; below the first, the price's own rates hold. */
  readonly tiers?: readonly PriceTier[];
  /** Where the price was read. */
  readonly source: string;
  /** When it was read there, `2026-11-18`. */
  readonly date?: string;
}

export interface ModelInfo {
  /** `provider/name`. */
  readonly id: string;
  readonly kind: 'embedded' | 'provider';
  readonly price: Price | undefined;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /** Output tokens that a reasoning model may think with; added to every cap, since they are billed as output. */
  readonly reasoningTokens?: number;
  /** Whether its provider is configured (key present, URL set). */
  readonly available: boolean;
  /** The environment variable that would make it available. */
  readonly missing?: string;
  /** Nobody described its limits: they are guesses, and no bound may be taken from them. */
  readonly undescribed?: true;
}

// ---- budgets --------------------------------------------------------------------------------------------

/** The root of the budget tree; it is always open. */
export const ROOT_BUDGET = 'shoal';

/** The time over which spending counts. Hours are those of UTC; other calendar windows follow a time zone. */
export type BudgetWindow =
  /** Prepaid: what is spent stays spent until the limit is raised. */
  | { readonly kind: 'none' }
  | { readonly kind: 'rolling'; readonly hours: number }
  | { readonly kind: 'calendar'; readonly unit: 'hour' | 'day' | 'week' | 'month'; readonly timeZone: string };

/** A node of the budget tree, e.g. `shoal`, `shoal/run:abc`. Children are charged to all ancestors. */
export interface BudgetNode {
  readonly id: string;
  readonly parent: string | undefined;
  /** Undefined = only its ancestors limit it. */
  readonly limitNanoUsd: number | undefined;
  readonly limitTokens?: number | undefined;
  /** Default none. */
  readonly window?: BudgetWindow;
  /** `hard` (default) is never passed; past a `soft` limit calls are admitted, flagged and alerted. */
  readonly edge?: 'hard' | 'soft';
  /** Percent of a limit at which an alert is written, once in each window; default 50, 80, 100. */
  readonly alertPercents?: readonly number[];
}

/** What may be changed of an open node: a key that is absent stays, a limit that is undefined is taken away. */
export type BudgetEdit = Partial<Omit<BudgetNode, 'id' | 'parent'>>;

/** More for a while: added to the limits from now until then. */
export interface BudgetExtension {
  readonly nanoUsd: number;
  readonly tokens: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface BudgetAlert {
  readonly node: string;
  readonly measure: 'usd' | 'tokens';
  readonly percent: number;
  readonly atMs: number;
  /** In nano-USD, or tokens. */
  readonly spent: number;
  readonly limit: number;
}

/** A node, and how it stands in its present window. */
export interface BudgetBalance extends Required<BudgetNode> {
  readonly spentNanoUsd: number;
  readonly spentTokens: number;
  readonly reservedNanoUsd: number;
  readonly reservedTokens: number;
  /** What this node alone leaves, extensions counted; undefined = no limit. */
  readonly headroomNanoUsd: number | undefined;
  readonly headroomTokens: number | undefined;
  /** When the window ends, or its oldest spending leaves it. */
  readonly resetsAtMs: number | undefined;
  /** Those not yet over. */
  readonly extensions: readonly BudgetExtension[];
  /** Those of the present window. */
  readonly alerts: readonly BudgetAlert[];
  /** Closed nodes admit nothing, and nothing under them. */
  readonly closed: boolean;
  readonly closedAtMs: number | undefined;
}

/** What an administrative act did, for the audit. */
export interface BudgetChange {
  readonly act: 'open' | 'change' | 'raise' | 'extend' | 'close';
  readonly before: BudgetBalance | undefined;
  readonly after: BudgetBalance;
}

export type Reservation =
  | {
      readonly kind: 'held';
      readonly id: string;
      /** Nodes whose soft limit this hold passes. */
      readonly overSoft: readonly string[];
    }
  | {
      readonly kind: 'denied';
      /** The node that has no headroom. */
      readonly node: string;
      readonly measure: 'usd' | 'tokens';
      readonly headroomNanoUsd: number;
      readonly headroomTokens: number;
      /** When its window gives room back by itself; undefined = only when others settle or somebody raises it. */
      readonly retryAfterMs: number | undefined;
    };

/**
 * Reserve → settle. Spent + reserved never exceeds a hard limit on any ancestor in any window, under any interleaving.
 * Counters live in memory in one owner. A call may go out once `durable()` has resolved: its hold is on disk then.
 */
export interface Ledger {
  /** Opens a node, opens a closed one again, or changes an open one; what is not given stays as it was. */
  open(node: BudgetNode): BudgetChange;
  change(node: string, edit: BudgetEdit): BudgetChange;
  extend(node: string, more: { readonly nanoUsd: number; readonly tokens: number; readonly untilMs: number }): BudgetChange;
  /**
   * Adds to its limits for good, whatever others add at the same time; a closed node is open then.
   * Throws `conflict` where there is no limit to add to.
   */
  raise(node: string, more: { readonly nanoUsd: number; readonly tokens: number }): BudgetChange;
  /** Admits nothing any more; what was leased to it is its ancestors' again, what was spent stays. */
  close(node: string): BudgetChange;
  /**
   * Forgets nodes without children that were closed before then (and longer ago than any call of theirs can last); their
   * ancestors keep what was spent. Returns how many went.
   */
  purge(closedBeforeMs: number): number;
  /** All ancestors or none. The same `key` on the same node is the same hold, even after it has been settled. */
  reserve(node: string, nanoUsd: number, options?: { readonly tokens?: number; readonly key?: string }): Reservation;
  /** Resolves when all holds made so far are on disk; undefined = they are. */
  durable(): Promise<void> | undefined;
  /** Exactly once per id; later calls change nothing. Returns what was charged. */
  settle(id: string, nanoUsd: number, tokens?: number): number;
  release(id: string): void;
  headroom(node: string): number;
  balance(node: string): BudgetBalance | undefined;
  /** Open ones, or all. */
  balances(which?: { readonly closed?: boolean }): readonly BudgetBalance[];
  /** Newest first. */
  alerts(query?: { readonly node?: string; readonly limit?: number }): readonly BudgetAlert[];
  /** Calls back after an alert is written, by this process. */
  onAlert(listener: (alert: BudgetAlert) => void): void;
}

// ---- trace ----------------------------------------------------------------------------------------------

/** One call through the chain, for models and tools alike. No bodies, no secrets. */
export interface RequestRecord {
  readonly id: string;
  readonly at: string;
  readonly kind: 'model' | 'tool';
  readonly operation: 'generate' | 'embed' | 'tool';
  /** Which API it came by; `in-process` for agents. */
  readonly door: string;
  /** The model as the caller named it. */
  readonly asked: string;
  /** The model that answered or was tried last; a tool's name. */
  readonly target: string;
  readonly provider: string | undefined;
  /** Public id of the key. */
  readonly key: string | undefined;
  readonly team: string | undefined;
  readonly user: string | undefined;
  readonly runId: string | undefined;
  readonly stage: Stage;
  readonly agent: number | undefined;
  readonly round: number | undefined;
  readonly stream: boolean;
  readonly outcome: 'ok' | 'cassette' | 'denied' | 'failed' | 'cancelled';
  readonly errorCode: string | undefined;
  /** Whose doing the error was: `caller_*`, `policy_*`, `provider_*` or `shoal_*`. */
  readonly errorType: string | undefined;
  readonly attempts: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly reasoningTokens: number;
  readonly costNanoUsd: number;
  readonly latencyMs: number;
  /** To the first piece of a streamed answer. */
  readonly firstOutputMs: number | undefined;
  /** Time in which a provider was at work. */
  readonly upstreamMs: number;
  readonly finishReason: string | undefined;
  readonly cache: string | undefined;
  /** Verdicts of guardrails, by what was done. */
  readonly guardrails: { readonly observed: number; readonly redacted: number; readonly blocked: number };
  readonly traceId: string | undefined;
}

/** Which requests; all conditions hold together. */
export interface RequestFilter {
  readonly runId?: string | undefined;
  readonly team?: string | undefined;
  readonly user?: string | undefined;
  readonly key?: string | undefined;
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  readonly stage?: string | undefined;
  readonly outcome?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly door?: string | undefined;
  readonly agent?: number | undefined;
  readonly sinceMs?: number | undefined;
  readonly untilMs?: number | undefined;
}

/** Newest first. A page may hold fewer than asked for and still have a `next`: the search is bounded, not the answer. */
export interface RequestPage {
  readonly requests: readonly RequestRecord[];
  readonly next: string | undefined;
}

/** A span in OpenTelemetry's words; times in milliseconds since the call began. */
export interface RequestSpan {
  readonly name: string;
  readonly kind: 'server' | 'client' | 'internal';
  readonly startMs: number;
  readonly durationMs: number;
  readonly errorType: string | undefined;
  readonly attributes: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

export interface RequestDetail {
  readonly request: RequestRecord;
  /** The call itself, then each attempt. */
  readonly spans: readonly RequestSpan[];
  /** Own milliseconds of each step of the chain. */
  readonly steps: Readonly<Record<string, number>>;
  /** Kept only where the settings say so; secrets are replaced, long ones cut. */
  readonly bodies: { readonly request: string; readonly answer: string } | undefined;
}

export const USAGE_DIMENSIONS = ['day', 'hour', 'team', 'user', 'key', 'model', 'provider', 'run', 'stage', 'outcome'] as const;
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

/** `since` and `until` count whole hours, and whole days (UTC) where hours have been added up already. */
export interface UsageQuery {
  readonly by: readonly UsageDimension[];
  readonly filter?: Pick<RequestFilter, 'runId' | 'team' | 'user' | 'key' | 'model' | 'provider' | 'stage' | 'outcome'>;
  readonly sinceMs?: number | undefined;
  readonly untilMs?: number | undefined;
  /** Quantiles of latency and of the time to the first token. */
  readonly quantiles?: boolean;
}

export interface UsageRow {
  /** One entry per dimension asked for; `undefined` = none. Days and hours as ISO text. */
  readonly group: Readonly<Partial<Record<UsageDimension, string | undefined>>>;
  readonly calls: number;
  readonly failures: number;
  readonly cacheHits: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly reasoningTokens: number;
  readonly costNanoUsd: number;
  readonly latencyMs: number;
  readonly quantiles:
    | {
        readonly latencyP50Ms: number | undefined;
        readonly latencyP95Ms: number | undefined;
        readonly latencyP99Ms: number | undefined;
        readonly firstOutputP50Ms: number | undefined;
        readonly firstOutputP95Ms: number | undefined;
      }
    | undefined;
}

/** What was called, what it came to, and what may be forgotten. */
export interface Traces {
  requests(filter: RequestFilter, page: { readonly before?: string | undefined; readonly limit: number }): RequestPage;
  request(id: string): RequestDetail | undefined;
  usage(query: UsageQuery): readonly UsageRow[];
  /** Oldest first, in pieces; JSON is one array. */
  exportRequests(filter: RequestFilter, form: 'json' | 'csv'): Iterable<string>;
  exportUsage(query: UsageQuery, form: 'json' | 'csv'): Iterable<string>;
  /** Forgets requests (and their bodies) that ended before; usage stays. Returns how many rows went. */
  purge(what: 'requests' | 'bodies', beforeMs: number, signal?: AbortSignal): Promise<number>;
  /** Prometheus text. */
  metrics(): string;
}

export interface CostRow {
  readonly model: string;
  readonly runId: string | undefined;
  readonly stage: Stage;
  readonly calls: number;
  readonly cassetteHits: number;
  readonly failures: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costNanoUsd: number;
}

// ---- routing and limits ---------------------------------------------------------------------------------

/** How a target is doing by one of its provider's keys. */
export interface TargetHealth {
  /** `provider/name`. */
  readonly target: string;
  readonly keyIndex: number;
  /** `resting`: it, or its key, has been asked to be left alone; the others are its circuit breaker's. */
  readonly state: 'closed' | 'open' | 'half-open' | 'resting';
  /** Moving averages: until a stream's first piece, and until a whole answer; 0 = unknown. */
  readonly firstByteMs: number;
  readonly wholeMs: number;
  readonly inFlight: number;
  readonly attempts: number;
  readonly failures: number;
  /** Until it is chosen again; 0 = now. */
  readonly blockedMs: number;
}

/** Who is at a provider's, or a limited model's, and who waits for a place there. */
export interface PlacesView {
  /** A provider's id, or a model's qualified name. */
  readonly name: string;
  readonly underWay: number;
  readonly waiting: number;
}

// ---- tools and workflows --------------------------------------------------------------------------------

/** A tool as its owner registers it. */
export interface ToolDefinition extends ToolSpec {
  /** `read` may be repeated and cached; `write` may not. */
  readonly effect: 'read' | 'write';
  run(args: unknown, signal: AbortSignal): Promise<ToolResult>;
}

/** A durable workflow: named steps, each done once; after a crash it goes on at the first step not done. */
export interface WorkflowView {
  readonly id: string;
  readonly kind: string;
  /** `interrupted`: its process ended without saying so; `take` goes on with it. */
  readonly state: 'running' | 'waiting' | 'paused' | 'finished' | 'failed' | 'stopped' | 'interrupted';
  readonly error?: string | undefined;
  readonly steps: readonly {
    readonly name: string;
    readonly state: 'running' | 'done' | 'failed';
    readonly startedAt: string;
    readonly endedAt: string | undefined;
    readonly error: string | undefined;
  }[];
  /** Fences a process that lost the run: only the newest generation may write. */
  readonly generation: number;
  readonly updatedAt: string;
}

export interface WorkflowHandle {
  readonly id: string;
  readonly generation: number;
  /** Runs `work` unless this step is already done; its result belongs in the run's file, not here. */
  step(name: string, work: () => Promise<void>): Promise<void>;
  end(state: 'finished' | 'failed' | 'stopped' | 'paused', error?: string): void;
}

export interface Workflows {
  /** Starts or takes over: raises the generation, so an older holder's next write throws `conflict`. */
  take(id: string, kind: string): WorkflowHandle;
  view(id: string): WorkflowView | undefined;
  list(kind?: string): readonly WorkflowView[];
  /** Marks workflows as interrupted whose process is gone, and returns their ids; call at start. */
  interruptOrphans(): readonly string[];
}

// ---- keys and audit -------------------------------------------------------------------------------------

/** From most to least: each scope includes those after it, `invoke` apart: it only lets models and tools be called. */
export const SCOPES = ['admin', 'operate', 'read', 'invoke'] as const;
export type Scope = (typeof SCOPES)[number];

export interface CallLimits {
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly concurrency?: number | undefined;
}

/** On whose behalf a call is made. */
export interface Principal {
  readonly kind: 'local' | 'key';
  /** Public id of the key; never the key. */
  readonly keyId: string | undefined;
  readonly name: string;
  readonly team: string | undefined;
  readonly user: string | undefined;
  readonly scopes: ReadonlySet<Scope>;
  /** Patterns of model names (`openai/*`, a group's name) that may be called; undefined = all. */
  readonly models: readonly string[] | undefined;
  /** Lists of its team and its user: each must allow the model too. Ask `permits`, which reads them all. */
  readonly narrowedBy?: readonly (readonly string[])[];
  /** Leaf of the budget tree that its calls are charged to. */
  readonly budget: string;
  readonly limits: CallLimits;
  /** May call models whose price nobody knows; they count as costing nothing. */
  readonly allowUnpriced: boolean;
}

/** What a key may do, as it was made or last changed. */
export interface KeyGrant {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly models: readonly string[] | undefined;
  readonly limits: CallLimits;
  readonly allowUnpriced: boolean;
  readonly expiresAt: string | undefined;
}
export interface KeyRecord extends KeyGrant {
  readonly id: string;
  readonly team: string | undefined;
  readonly user: string | undefined;
  readonly budget: string;
  readonly disabled: boolean;
  readonly createdAt: string;
  readonly lastUsedAt: string | undefined;
  /** Until when the secret before the last rotation is still taken. */
  readonly oldSecretUntil: string | undefined;
}
export interface NewKey extends KeyGrant {
  readonly team: string | undefined;
  readonly user: string | undefined;
  /** Hard limit of its budget; undefined = only what stands above it limits it. */
  readonly limitNanoUsd: number | undefined;
}
export type KeyChange = { readonly [Name in keyof KeyGrant]?: KeyGrant[Name] } & { readonly disabled?: boolean };

/** A team or a user: its list and limits narrow those of every key that names it. */
export type HolderKind = 'team' | 'user';
export interface Holder {
  readonly name: string;
  readonly models: readonly string[] | undefined;
  readonly limits: CallLimits;
}

export interface RefusedKey {
  readonly kind: 'refused';
  readonly reason: 'unknown' | 'expired' | 'disabled';
}

/** Virtual keys. Only SHA-256 hashes are kept; a secret is in the answer that made it and nowhere else. */
export interface Keys {
  /** In memory, synchronous. A change by another process is seen within a second. */
  authenticate(token: string): Principal | RefusedKey;
  /** The same for a token's digest, which a session keeps instead of the token. */
  recognise(digest: string): Principal | RefusedKey;
  create(key: NewKey, actor: string): { readonly key: KeyRecord; readonly secret: string };
  /** A new secret; the present one is taken for `graceMs` more. */
  rotate(id: string, graceMs: number, actor: string): { readonly key: KeyRecord; readonly secret: string };
  change(id: string, change: KeyChange, actor: string): KeyRecord;
  remove(id: string, actor: string): void;
  view(id: string): KeyRecord;
  list(): readonly KeyRecord[];
  /** Whether a key that is valid now has the scope `admin`. */
  hasAdmin(): boolean;
  holders(kind: HolderKind): readonly Holder[];
  /** Makes or replaces it; a limit is that of the team's node of the budget tree (users have one under each team). */
  setHolder(kind: HolderKind, holder: Holder & { readonly limitNanoUsd?: number | undefined }, actor: string): Holder;
  /** Throws `conflict` while a key names it. */
  removeHolder(kind: HolderKind, name: string, actor: string): void;
}

/** An administrative act; `before` and `after` are JSON without secrets. */
export interface AuditAct {
  readonly actor: string;
  /** `key.created`, `config.applied`: noun, then what happened to it. */
  readonly action: string;
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
}
export interface AuditEntry extends AuditAct {
  readonly seq: number;
  readonly at: string;
  readonly previous: string;
  readonly hash: string;
}
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}
export type AuditVerdict =
  | { readonly kind: 'whole'; readonly entries: number; readonly head: AuditHead }
  /** `seq`: the first entry that is not as it was written, or that is gone. */
  | { readonly kind: 'broken'; readonly seq: number; readonly problem: string };

/** Append-only hash chain of every administrative act. */
export interface Audit {
  /** An act on keys or budgets together with its entry: both are on disk, or neither. What `work` throws undoes it. */
  record<T>(work: () => { readonly result: T; readonly act: AuditAct }): T;
  /** For an act that lies elsewhere: written before it is done, so that it cannot be done without a trace. */
  append(act: AuditAct): AuditEntry;
  /** Oldest first, from after `after`. */
  list(query: { readonly after?: number; readonly limit?: number }): readonly AuditEntry[];
  /** Newest first, from before `before`. */
  newest(query: { readonly before?: number | undefined; readonly limit?: number }): readonly AuditEntry[];
  /** Walks the whole chain. `known`: a head that was noted elsewhere and must be part of it. */
  verify(known?: AuditHead): AuditVerdict;
}

// ---- the door -------------------------------------------------------------------------------------------

/** What a caller is bound to: every call through the binding is checked, charged and logged as this. */
export interface Binding {
  /** `provider/name`, or `embedded/rules-1`. */
  readonly model: string;
  /** For `embed`; default `model` if it is an embedding model, else `embedded/rules-1`: most chat models cannot embed. */
  readonly embeddingModel?: string;
  readonly runId?: string;
  /** Budget node to charge; default the root. */
  readonly budget?: string;
  readonly cassette?: Cassette;
}

/** What tool calls are bound to. A tool that is not allowed is answered exactly as one that does not exist. */
export interface ToolBinding extends Omit<Binding, 'model' | 'embeddingModel' | 'cassette'> {
  readonly stage: Stage;
  /** Names of the tools that may be seen and called; absent = all that are given. */
  readonly allow?: readonly string[];
}

export interface Gateway {
  readonly ledger: Ledger;
  readonly workflows: Workflows;
  readonly keys: Keys;
  readonly audit: Audit;
  /** Throws `model_unknown` (with what is known) or `model_unavailable` (with which key to set). */
  languageModel(binding: Binding): LanguageModel;
  toolBox(tools: readonly ToolDefinition[], binding: ToolBinding): ToolBox;
  models(): readonly ModelInfo[];
  requests(query: { readonly runId?: string; readonly limit?: number }): readonly RequestRecord[];
  costs(query: { readonly runId?: string }): readonly CostRow[];
  readonly traces: Traces;
  /** Replaces the gateway's own secrets in a text that is about to be logged or shown. */
  redact(text: string): string;
  /** Writes what is buffered; call before exit. */
  close(): Promise<void>;
}
