// What any model can be asked and can answer, whatever API it came by: the one form that all dialects are translated
// through. Each API's own words live in dialects/; nothing here names a provider.
import type { TokenUsage } from '#foundation';

export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where a prompt cache may break; translated between APIs that know it, dropped by those that do not. */
export interface CacheMark {
  readonly ttl: '5m' | '1h' | undefined;
}

export type MediaSource =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'bytes'; readonly mediaType: string; readonly base64: string };

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly cache?: CacheMark }
  | { readonly kind: 'image'; readonly source: MediaSource; readonly detail?: string; readonly cache?: CacheMark }
  | { readonly kind: 'file'; readonly source: MediaSource; readonly name?: string; readonly cache?: CacheMark }
  | { readonly kind: 'audio'; readonly base64: string; readonly format: string }
  /** `signature` proves to its own API that the thought is unchanged; `redacted` holds a thought that only the API can read. */
  | { readonly kind: 'thinking'; readonly text: string; readonly signature?: string; readonly redacted?: string }
  | { readonly kind: 'refusal'; readonly text: string }
  /** `arguments` is the model's JSON text as it was written, valid or not. */
  | {
      readonly kind: 'tool-call';
      readonly id: string;
      readonly name: string;
      readonly arguments: string;
      readonly cache?: CacheMark;
    }
  | {
      readonly kind: 'tool-result';
      readonly toolCallId: string;
      /** Text, images and files only. */
      readonly content: readonly Part[];
      readonly isError?: boolean;
      readonly cache?: CacheMark;
    };

export interface ModelMessage {
  /** `system` covers developer messages; results of tools stand in `tool` messages. */
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly parts: readonly Part[];
  readonly name?: string;
}

export interface ModelTool {
  readonly name: string;
  readonly description: string | undefined;
  /** JSON Schema of the arguments. */
  readonly parameters: Json;
  readonly strict?: boolean;
  readonly cache?: CacheMark;
}

export type ToolChoice = { readonly kind: 'auto' | 'none' | 'required' } | { readonly kind: 'tool'; readonly name: string };

export type AnswerForm =
  | { readonly kind: 'json' }
  | {
      readonly kind: 'json-schema';
      readonly name: string;
      readonly schema: Json;
      readonly strict: boolean;
      readonly description?: string;
    };

export type Effort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh';

export interface ModelRequest {
  readonly model: string;
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ModelTool[];
  readonly toolChoice: ToolChoice | undefined;
  readonly parallelToolCalls: boolean | undefined;
  readonly form: AnswerForm | undefined;
  readonly maxOutputTokens: number | undefined;
  readonly temperature: number | undefined;
  readonly topP: number | undefined;
  readonly topK: number | undefined;
  readonly stop: readonly string[];
  readonly seed: number | undefined;
  readonly presencePenalty: number | undefined;
  readonly frequencyPenalty: number | undefined;
  /** How many answers. */
  readonly choices: number;
  /** Log-probabilities wanted: of the tokens written, and of so many alternatives. */
  readonly logprobs: { readonly top: number } | undefined;
  readonly thinking: { readonly effort?: Effort; readonly budgetTokens?: number } | undefined;
  readonly stream: boolean;
  /** The caller of a stream wants to be told the usage in it. */
  readonly streamUsage: boolean;
  /** Who the end user is, as the caller says it. */
  readonly user: string | undefined;
  /** Fields of the caller's API that this form has no word for, untouched, by their name there. */
  readonly extra: Json;
}

export interface EmbeddingRequest {
  readonly model: string;
  readonly texts: readonly string[];
  readonly dimensions: number | undefined;
  readonly encoding: 'float' | 'base64';
}

/**
 * What was used. `cachedInputTokens` and `cacheWriteTokens` are parts of `inputTokens`; `reasoningTokens` of
 * `outputTokens`. The optional parts are charged at rates of their own by some; absent = none, or not told apart.
 */
export interface Usage extends TokenUsage {
  readonly cacheWriteTokens: number;
  readonly reasoningTokens: number;
  /** Part of `cacheWriteTokens`: kept for an hour. */
  readonly longCacheWriteTokens?: number;
  /** Parts of `inputTokens` that came neither from the cache nor went into it. */
  readonly audioInputTokens?: number;
  readonly imageInputTokens?: number;
}

export const NO_USAGE: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
};

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';

export interface ModelChoice {
  /** Text, thinking, refusal and tool-call parts, in the order in which they were written. */
  readonly parts: readonly Part[];
  readonly finishReason: FinishReason;
  /** As OpenAI writes it; only ever passed on. */
  readonly logprobs?: unknown;
  /** The stop sequence that was met. */
  readonly stopped?: string;
}

export interface ModelResponse {
  readonly id: string;
  /** The model that says that it answered. */
  readonly model: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly choices: readonly ModelChoice[];
  readonly usage: Usage;
}

export interface EmbeddingResponse {
  readonly model: string;
  readonly vectors: readonly (readonly number[])[];
  readonly inputTokens: number;
}

/**
 * A streamed answer, piece by piece. `start` comes first and `end` last. A part begins with its first delta (a tool
 * call with its `-start`) and ends where the next begins; `choice-end` ends a choice. A later `usage` replaces earlier ones.
 */
export type ModelEvent =
  | { readonly kind: 'start'; readonly id: string; readonly model: string; readonly created: number }
  | { readonly kind: 'text-delta'; readonly choice: number; readonly text: string; readonly logprobs?: unknown }
  | { readonly kind: 'refusal-delta'; readonly choice: number; readonly text: string }
  | { readonly kind: 'thinking-delta'; readonly choice: number; readonly text: string }
  | { readonly kind: 'thinking-end'; readonly choice: number; readonly signature?: string; readonly redacted?: string }
  /** `index` counts the tool calls of a choice from 0. */
  | {
      readonly kind: 'tool-call-start';
      readonly choice: number;
      readonly index: number;
      readonly id: string;
      readonly name: string;
    }
  | { readonly kind: 'tool-call-delta'; readonly choice: number; readonly index: number; readonly arguments: string }
  | { readonly kind: 'choice-end'; readonly choice: number; readonly finishReason: FinishReason; readonly stopped?: string }
  | { readonly kind: 'usage'; readonly usage: Usage }
  | { readonly kind: 'end' };
