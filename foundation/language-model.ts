// The two ports through which the simulation thinks and acts: LanguageModel and ToolBox.
// The gateway implements them; engine, knowledge-graph and reports only ever see these types.
import type { z } from 'zod';

/** The stage of a run that a call is made for; costs are reported by it. */
export const STAGES = ['extraction', 'population', 'agents', 'chat', 'survey', 'report', 'outside'] as const;
export type Stage = (typeof STAGES)[number];

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** Parsed arguments; `undefined` where the model wrote something that is not JSON. */
  readonly arguments: unknown;
}

export type Message =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly toolCalls?: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly content: string };

export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface GenerateRequest<T = unknown> {
  /** What is asked for (`extract`, `persona`, `decide`, `chat`, `report` …): chooses the embedded skill. */
  readonly task: string;
  readonly stage: Stage;
  /** What a provider's model reads. */
  readonly messages: readonly Message[];
  /** The same facts in structured form: what the embedded model reads instead of prose. */
  readonly input?: unknown;
  /** With a schema the answer is parsed, repaired, validated and returned as `value`. */
  readonly schema?: { readonly name: string; readonly type: z.ZodType<T> };
  readonly tools?: readonly ToolSpec[];
  readonly temperature?: number;
  readonly maxOutputTokens?: number;
  readonly seed?: number;
  readonly agent?: number;
  readonly round?: number;
}

export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
}

export interface GenerateResult<T = unknown> {
  readonly text: string;
  /** Present exactly when the request had a schema. */
  readonly value: T | undefined;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';
  readonly usage: TokenUsage;
  /** Integer nano-USD that this call was charged; 0 for embedded calls and cassette hits. */
  readonly costNanoUsd: number;
  readonly model: string;
  readonly requestId: string;
  /** Answered from the run's cassette, so nothing was sent or charged. */
  readonly fromCassette: boolean;
}

export interface EmbedResult {
  /** Of unit length, one per text. */
  readonly vectors: readonly Float32Array[];
  readonly usage: TokenUsage;
  /** Integer nano-USD that this call was charged; 0 for embedded calls. */
  readonly costNanoUsd: number;
}

export type StreamPart =
  | { readonly kind: 'text-delta'; readonly text: string }
  | { readonly kind: 'tool-call'; readonly call: ToolCall }
  | { readonly kind: 'finish'; readonly result: GenerateResult };

/**
 * A model bound to a purpose (run, budget, cassette). Throws ShoalError: `budget_exceeded`,
 * `model_unavailable`, `model_invalid_output`, `model_refused`, `cancelled`.
 */
export interface LanguageModel {
  /** `embedded` = rules, statistics and grounded text generation; never call it an AI model. */
  readonly kind: 'embedded' | 'provider';
  /** Qualified name, e.g. `embedded/rules-1` or `openai/gpt-5-mini`. */
  readonly model: string;
  generate<T = unknown>(request: GenerateRequest<T>, signal?: AbortSignal): Promise<GenerateResult<T>>;
  stream(request: GenerateRequest, signal?: AbortSignal): AsyncIterable<StreamPart>;
  embed(texts: readonly string[], stage: Stage, signal?: AbortSignal): Promise<EmbedResult>;
}

/** One stored answer; a run's file keeps them so that replay costs nothing and changes nothing. */
export interface CassetteEntry {
  readonly result: GenerateResult;
  readonly recordedAt: string;
}

/** Answers by request hash. Implemented by a run's record; read and written by the gateway only. */
export interface Cassette {
  get(requestHash: string): CassetteEntry | undefined;
  put(requestHash: string, entry: CassetteEntry): void;
}

export interface ToolResult {
  readonly ok: boolean;
  readonly content: string;
  readonly data?: unknown;
}

export interface ToolBox {
  list(): readonly ToolSpec[];
  /** Unknown tools, denied calls and bad arguments come back as `ok: false`, faults throw. */
  call(name: string, args: unknown, signal?: AbortSignal): Promise<ToolResult>;
}

/** A pure, deterministic function that the embedded provider runs for one `task`. */
export type EmbeddedSkill = (request: GenerateRequest) => string | Promise<string>;
/** Keyed by `GenerateRequest.task`; each room exports the skills it understands best. */
export type EmbeddedSkills = Readonly<Record<string, EmbeddedSkill>>;
