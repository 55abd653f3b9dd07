// A dialect is one model API's words: pure functions between its JSON and the common form of exchange.ts. It knows
// nothing of HTTP, keys or prices. Adding one is one folder here.
import type { ShoalError } from '#foundation';
import type { Json, ModelEvent, ModelRequest, ModelResponse, Usage } from '../exchange.ts';

export const DIALECT_IDS = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini', 'bedrock-converse'] as const;
export type DialectId = (typeof DIALECT_IDS)[number];

/** The few facts about a request that every call needs; read without translating the rest. */
export interface Peeked {
  readonly model: string;
  readonly stream: boolean;
  readonly maxOutputTokens: number | undefined;
  readonly choices: number;
}

/** One server-sent event. `event` is its name where the API names them. */
export interface WireEvent {
  readonly event?: string;
  readonly data: string;
}

/** A text inside a request or an answer. */
export interface TextSlot {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly text: string;
  /** It stands in a tool call's arguments or in a result's JSON: a piece of a value, not something that was said. */
  readonly argument?: true;
}
export type ChangeText = (slot: TextSlot) => string;

/** Reads an upstream's stream. One per stream: it remembers what is open. */
export interface StreamDecoder {
  /** Throws `model_unavailable` for an event that the API does not have, or for the error it carries. */
  take(event: WireEvent): readonly ModelEvent[];
  /** Whether the answer was complete; a stream that ends before is cut. */
  readonly finished: boolean;
}

/** Writes a stream for a client. One per stream. */
export interface StreamEncoder {
  put(event: ModelEvent): readonly WireEvent[];
  /** How this API tells of an error after the answer has begun. */
  fail(error: ShoalError): readonly WireEvent[];
}

export interface Dialect {
  readonly id: DialectId;
  /** Throws `invalid_input` naming the field. Reads only what it needs; `json` is any parsed JSON. */
  peek(json: unknown): Peeked;
  /** Throws `invalid_input` naming the field that is missing or wrong, in words that help a caller of this API. */
  decodeRequest(json: Json): ModelRequest;
  /** What this API has no word for is left out and named in `dropped` (names of ModelRequest's fields or parts). */
  encodeRequest(request: ModelRequest): { readonly json: Json; readonly dropped: readonly string[] };
  decodeResponse(json: unknown): ModelResponse;
  encodeResponse(response: ModelResponse, request: { readonly model: string }): Json;
  /** Usage of a whole answer; undefined where it says none. Never throws. */
  usageOf(json: unknown): Usage | undefined;
  /** Usage as far as one streamed event tells it, merged into what earlier ones said. Cheap: called for every event. */
  usageOfEvent(event: WireEvent, before: Usage | undefined): Usage | undefined;
  createStreamDecoder(): StreamDecoder;
  createStreamEncoder(request: { readonly model: string; readonly streamUsage: boolean }): StreamEncoder;
  /** The API's own error body for one of our errors, and its status. */
  encodeError(error: ShoalError): { readonly status: number; readonly json: Json };
  /** What the API's error body says; `code` is its own machine-readable word. Never throws. */
  readError(body: string): { readonly message: string; readonly code: string };
  /**
   * Every text that people, models or tools wrote: prompts, results, the strings in arguments; tool descriptions
   * excluded. Thoughts may stay out: they were thought about texts that had been checked.
   */
  requestTexts(json: Json): readonly TextSlot[];
  /** A copy with each text replaced; everything else, unknown fields too, stays as it is. */
  withRequestTexts(json: Json, change: ChangeText): Json;
  responseTexts(json: Json): readonly TextSlot[];
  withResponseTexts(json: Json, change: ChangeText): Json;
}
