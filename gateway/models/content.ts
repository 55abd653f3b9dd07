// The forms in which a request and an answer can be had, each made when first asked for and kept.
import { ShoalError } from '#foundation';
import type { GenerateRequest } from '#foundation';
import { openAiEmbeddings } from './dialects/openai-embeddings.ts';
import { changeArgumentsValue } from './dialects/argument-texts.ts';
import type { ChangeText, Dialect } from './dialects/dialect.ts';
import type { EmbeddingRequest, EmbeddingResponse, Json, ModelRequest, ModelResponse } from './exchange.ts';
import type { AnswerContent, Content } from './model-call.ts';
import { slotsOf, withRequestTexts, withResponseTexts } from './part-texts.ts';

/** A request that came by HTTP. */
export function wireContent(dialect: Dialect, json: Json, raw: Buffer | undefined): Content {
  let request: ModelRequest | undefined;
  return {
    wire: { dialect: dialect.id, json, raw },
    local: undefined,
    request: () => (request ??= dialect.decodeRequest(json)),
    embedding: notEmbedding,
    texts: () => dialect.requestTexts(json),
    withTexts: (change) => wireContent(dialect, dialect.withRequestTexts(json, change), undefined),
  };
}

/** A request in the common form: an agent's own, or one that a door had to put together. */
export function formedContent(request: ModelRequest, local: GenerateRequest | undefined): Content {
  return {
    wire: undefined,
    local,
    request: () => request,
    embedding: notEmbedding,
    texts: () => slotsOf((change) => withRequestTexts(request, change)),
    withTexts: (change) =>
      formedContent(withRequestTexts(request, change), local === undefined ? undefined : withLocalTexts(local, change)),
  };
}

/** `texts`: what the input says where it is tokens. */
export function embeddingContent(json: Json, raw: Buffer | undefined, texts?: readonly string[]): Content {
  let request: EmbeddingRequest | undefined;
  const readable = (): Json => (texts === undefined ? json : { ...json, input: texts });
  return {
    wire: { dialect: 'openai-embeddings', json, raw },
    local: undefined,
    request: notGenerate,
    embedding: () => (request ??= openAiEmbeddings.decodeRequest(json, texts)),
    texts: () => openAiEmbeddings.requestTexts(readable()),
    withTexts: (change) => embeddingContent(openAiEmbeddings.withRequestTexts(readable(), change), undefined),
  };
}

export function formedEmbedding(request: EmbeddingRequest): Content {
  return {
    wire: undefined,
    local: undefined,
    request: notGenerate,
    embedding: () => request,
    texts: () => request.texts.map((text) => ({ role: 'user', text })),
    withTexts: (change) => formedEmbedding({ ...request, texts: request.texts.map((text) => change({ role: 'user', text })) }),
  };
}

/** An answer as its provider sent it, parsed when somebody first looks into it. */
export function wireAnswer(dialect: Dialect, parse: () => Json, raw: Buffer | undefined): AnswerContent {
  let parsed: Json | undefined;
  let response: ModelResponse | undefined;
  const json = (): Json => (parsed ??= parse());
  return {
    wire: { dialect: dialect.id, json, raw },
    response: () => (response ??= dialect.decodeResponse(json())),
    embedding: notEmbedding,
    texts: () => dialect.responseTexts(json()),
    withTexts: (change) => {
      const changed = dialect.withResponseTexts(json(), change);
      return wireAnswer(dialect, () => changed, undefined);
    },
  };
}

export function formedAnswer(response: ModelResponse): AnswerContent {
  return {
    wire: undefined,
    response: () => response,
    embedding: notEmbedding,
    texts: () => slotsOf((change) => withResponseTexts(response, change)),
    withTexts: (change) => formedAnswer(withResponseTexts(response, change)),
  };
}

export function embeddingAnswer(
  response: EmbeddingResponse,
  wire: { readonly json: Json; readonly raw: Buffer } | undefined,
): AnswerContent {
  return {
    wire: wire === undefined ? undefined : { dialect: 'openai-embeddings', json: () => wire.json, raw: wire.raw },
    response: notGenerate,
    embedding: () => response,
    texts: () => [],
    withTexts: () => embeddingAnswer(response, wire),
  };
}

/** The embedded model reads the messages of an agent's own request, so they must say the same. */
function withLocalTexts(local: GenerateRequest, change: ChangeText): GenerateRequest {
  return {
    ...local,
    messages: local.messages.map((message) => {
      const content = change({ role: message.role, text: message.content });
      if (message.role !== 'assistant' || message.toolCalls === undefined) return { ...message, content };
      const toolCalls = message.toolCalls.map((call) => ({
        ...call,
        arguments: changeArgumentsValue(call.arguments, 'assistant', change),
      }));
      return { ...message, content, toolCalls };
    }),
  };
}

const notEmbedding = (): never => {
  throw new ShoalError('internal', 'This call asks for an answer, not for an embedding.');
};
const notGenerate = (): never => {
  throw new ShoalError('internal', 'This call asks for an embedding, not for an answer.');
};
