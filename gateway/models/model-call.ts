// A model call on its way down the chain, and the answer on its way up. The content is kept in the form in which it
// came; every other form is made when a step first asks for it, so a call that nobody looks into is never translated.
import type { Cassette, GenerateRequest } from '#foundation';
import type { AttemptMade, Call } from '../chain.ts';
import type { ModelInfo } from '../contract.ts';
import type { DialectId, TextSlot, ChangeText } from './dialects/dialect.ts';
import type {
  EmbeddingRequest,
  EmbeddingResponse,
  FinishReason,
  Json,
  ModelEvent,
  ModelRequest,
  ModelResponse,
  Usage,
} from './exchange.ts';
import type { Provider } from './provider.ts';

/** What is asked. */
export interface Content {
  /** The common form; throws `invalid_input` where the body does not make sense in its dialect. */
  request(): ModelRequest;
  /** The common form of an embedding call. */
  embedding(): EmbeddingRequest;
  /** The body as it came by HTTP; `raw` is absent once a step has changed it. */
  readonly wire:
    | { readonly dialect: DialectId | 'openai-embeddings'; readonly json: Json; readonly raw: Buffer | undefined }
    | undefined;
  /** An agent's own request; the embedded model reads its `task` and `input`. */
  readonly local: GenerateRequest | undefined;
  texts(): readonly TextSlot[];
  withTexts(change: ChangeText): Content;
}

/** Where a streamed answer goes. The first piece fixes the answer: nothing may be tried again after it. */
export interface Output {
  /** Raw events of this dialect may be passed on unread; undefined = only `event` is understood. */
  readonly dialect: DialectId | undefined;
  readonly started: boolean;
  /** Raw bytes of the provider's stream. A promise means: wait before sending more. */
  bytes(chunk: Uint8Array): Promise<void> | undefined;
  event(event: ModelEvent): Promise<void> | undefined;
}

/** What a client said beside its request. */
export interface ClientFacts {
  /** Which API it came by. */
  readonly door: DialectId | 'openai-embeddings';
  readonly traceparent: string | undefined;
}

export interface ModelCall extends Call {
  /** Absent for calls from inside this process. */
  readonly client?: ClientFacts | undefined;
  /** Where a run keeps the answers that it was given. */
  readonly cassette?: Cassette | undefined;
  readonly operation: 'generate' | 'embed';
  /** The model as the caller named it: `provider/name`, a group or an alias. */
  readonly asked: string;
  /** Absent = the answer comes back whole. */
  readonly output: Output | undefined;
  readonly choices: number;
  /** No tokenizer counts more input tokens than this. */
  readonly inputTokenBound: number;
  /** Output cap that the caller asked for. */
  readonly maxOutputTokens: number | undefined;
  readonly content: Content;
  /** The caller's `cache-control` header: `no-cache`, `no-store` and `max-age` are heeded by our own cache. */
  readonly cacheControl?: string;
  /** What the caller marked the call with; groups whose targets carry tags are chosen from by them. */
  readonly tags?: readonly string[];
  /** Set by the router where the group has its own; absent = the settings' timeouts. */
  readonly timeouts?: TimeoutOverrides | undefined;
}

/** Timeouts of one attempt that replace the settings'. */
export interface TimeoutOverrides {
  readonly connectMs?: number | undefined;
  readonly firstByteMs?: number | undefined;
  readonly idleMs?: number | undefined;
  readonly totalMs?: number | undefined;
}

/** A model that a name has been resolved to. */
export interface Target {
  readonly provider: Provider;
  /** The model's name at its provider. */
  readonly name: string;
  readonly info: ModelInfo;
}

/** One attempt of a call at one target. */
export interface Attempt extends ModelCall {
  readonly place: Target;
  /** Which of the provider's keys; absent = its only one. */
  readonly keyIndex?: number;
  /** Its line in the tally, where steps below the router note times. */
  readonly made?: AttemptMade;
  /** Output cap that is paid for; always set for `generate`. */
  readonly cap: number;
}

export interface AnswerContent {
  response(): ModelResponse;
  embedding(): EmbeddingResponse;
  /** The body as the provider sent it; `raw` is absent once a step has changed it. */
  readonly wire:
    | { readonly dialect: DialectId | 'openai-embeddings'; json(): Json; readonly raw: Buffer | undefined }
    | undefined;
  texts(): readonly TextSlot[];
  withTexts(change: ChangeText): AnswerContent;
}

export interface ModelAnswer {
  readonly usage: Usage;
  readonly finishReason: FinishReason;
  /** Absent where the answer was passed on piece by piece through `output`. */
  readonly content: AnswerContent | undefined;
  /** Names of fields that the provider's API had no word for. */
  readonly dropped: readonly string[];
  /** What an agent's schema made of the answer. */
  readonly value?: unknown;
}
