// The one governed door: what models cost, who may call them, what was called. Amounts are integer nano-USD.
import type {
  Cassette,
  GenerateRequest,
  GenerateResult,
  LanguageModel,
  Stage,
  StreamPart,
  ToolBox,
  ToolResult,
  ToolSpec,
} from '#foundation';

// ---- models ---------------------------------------------------------------------------------------------

/** Integer nano-USD per token. */
export interface Price {
  readonly inputNanoUsdPerToken: number;
  readonly cachedInputNanoUsdPerToken: number;
  readonly outputNanoUsdPerToken: number;
  /** Where and when the price was read. */
  readonly source: string;
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
}

/** What a provider is asked: the request, the bare model name, and the output cap that was paid for. */
export interface ProviderCall {
  readonly model: string;
  readonly request: GenerateRequest;
  readonly maxOutputTokens: number;
}

/** One provider: a folder under gateway/models/providers. Throws `model_*` errors, retryable as the table says. */
export interface Provider {
  readonly id: string;
  readonly kind: 'embedded' | 'provider';
  readonly available: boolean;
  models(): readonly ModelInfo[];
  generate(call: ProviderCall, signal: AbortSignal): Promise<ProviderAnswer>;
  stream(call: ProviderCall, signal: AbortSignal): AsyncIterable<ProviderStreamPart>;
  embed(model: string, texts: readonly string[], signal: AbortSignal): Promise<ProviderEmbedding>;
}

export type ProviderAnswer = Pick<GenerateResult, 'text' | 'toolCalls' | 'finishReason' | 'usage'>;
export type ProviderStreamPart =
  | Extract<StreamPart, { kind: 'text-delta' | 'tool-call' }>
  | { readonly kind: 'finish'; readonly answer: ProviderAnswer };
export interface ProviderEmbedding {
  readonly vectors: readonly Float32Array[];
  readonly inputTokens: number;
}

// ---- policy ---------------------------------------------------------------------------------------------

/** The root of the budget tree; it is always open. */
export const ROOT_BUDGET = 'shoal';

/** A node of the budget tree, e.g. `shoal`, `shoal/run:abc`. Children are charged to all ancestors. */
export interface BudgetNode {
  readonly id: string;
  readonly parent: string | undefined;
  /** Hard limit; undefined = only its ancestors limit it. */
  readonly limitNanoUsd: number | undefined;
}

export interface BudgetBalance extends BudgetNode {
  readonly spentNanoUsd: number;
  readonly reservedNanoUsd: number;
}

/**
 * Reserve → settle. Spent + reserved never exceeds a hard limit on any ancestor, under any interleaving.
 * Counters live in memory in one owner; every change is on disk before the call it allows goes out.
 */
export interface Ledger {
  open(node: BudgetNode): void;
  /** All ancestors or none. `denied` names the node that has no headroom and how much it has. */
  reserve(
    node: string,
    nanoUsd: number,
  ):
    | { readonly kind: 'held'; readonly id: string }
    | { readonly kind: 'denied'; readonly node: string; readonly headroomNanoUsd: number };
  /** Exactly once per id; later calls change nothing. Returns what was charged. */
  settle(id: string, nanoUsd: number): number;
  release(id: string): void;
  headroom(node: string): number;
  balance(node: string): BudgetBalance | undefined;
  balances(): readonly BudgetBalance[];
}

// ---- trace ----------------------------------------------------------------------------------------------

/** One call through the chain, for models and tools alike. No bodies, no secrets. */
export interface RequestRecord {
  readonly id: string;
  readonly at: string;
  readonly kind: 'model' | 'tool';
  readonly target: string;
  readonly runId: string | undefined;
  readonly stage: Stage;
  readonly agent: number | undefined;
  readonly round: number | undefined;
  readonly outcome: 'ok' | 'cassette' | 'denied' | 'failed' | 'cancelled';
  readonly errorCode: string | undefined;
  readonly attempts: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costNanoUsd: number;
  readonly latencyMs: number;
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
  /** Throws `model_unknown` (with what is known) or `model_unavailable` (with which key to set). */
  languageModel(binding: Binding): LanguageModel;
  toolBox(tools: readonly ToolDefinition[], binding: ToolBinding): ToolBox;
  models(): readonly ModelInfo[];
  requests(query: { readonly runId?: string; readonly limit?: number }): readonly RequestRecord[];
  costs(query: { readonly runId?: string }): readonly CostRow[];
  /** Replaces the gateway's own secrets in a text that is about to be logged or shown. */
  redact(text: string): string;
  /** Writes what is buffered; call before exit. */
  close(): Promise<void>;
}
