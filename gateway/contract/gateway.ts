// The door itself: bindings for those who call in process, and all that stands behind it.
import type { Cassette, LanguageModel, Stage, ToolBox } from '#foundation';
import type { Audit } from './audit.ts';
import type { Ledger } from './budgets.ts';
import type { Keys } from './keys.ts';
import type { ModelInfo } from './models.ts';
import type { ToolDefinition, Tools } from './tools.ts';
import type { CostRow, RequestRecord, Traces } from './trace.ts';
import type { Workflows } from './workflows.ts';

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
  /** Upstream tool servers. */
  readonly tools: Tools;
  models(): readonly ModelInfo[];
  requests(query: { readonly runId?: string; readonly limit?: number }): readonly RequestRecord[];
  costs(query: { readonly runId?: string }): readonly CostRow[];
  readonly traces: Traces;
  /** Replaces the gateway's own secrets in a text that is about to be logged or shown. */
  redact(text: string): string;
  /** Writes what is buffered; call before exit. */
  close(): Promise<void>;
}
