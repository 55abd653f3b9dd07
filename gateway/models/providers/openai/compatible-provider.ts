// Any server that speaks OpenAI's chat completions and embeddings, as a provider.
import { z } from 'zod';
import type { ModelInfo, Provider, ProviderAnswer, ProviderCall, ProviderStreamPart } from '../../../contract.ts';
import { textsTokenBound } from '../../tokens.ts';
import { ProviderError } from '../../provider-error.ts';
import { answerOf, ChatAnswer } from './chat-answer.ts';
import { gatherChat } from './chat-stream.ts';
import type { Gathered } from './chat-stream.ts';
import { firstDialect, nextDialect } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import { eventData } from './event-stream.ts';
import { complaintOf, unreadable } from './failures.ts';
import type { Answered, HttpClient } from './http-client.ts';
import { chatBody } from './request-body.ts';

export interface CompatibleOptions {
  readonly id: string;
  readonly available: boolean;
  readonly client: HttpClient;
  readonly models: readonly ModelInfo[];
  /** Limits and price of any model of this server, listed or not. */
  readonly describe: (name: string) => ModelInfo;
}

const Embeddings = z.object({
  data: z.array(z.object({ index: z.int().optional(), embedding: z.array(z.number()) })),
  usage: z
    .object({ prompt_tokens: z.int().min(0) })
    .nullish()
    .catch(undefined),
});

export function createCompatibleProvider({ id, available, client, models, describe }: CompatibleOptions): Provider {
  const dialects = new Map<string, Dialect>();

  /** Runs an attempt, and again in a simpler dialect as long as the server names a field that it refuses. */
  const inDialect = async <T>(call: ProviderCall, attempt: (dialect: Dialect) => Promise<T>): Promise<T> => {
    const key = `${call.model}\n${call.request.schema?.name ?? ''}`;
    let dialect = dialects.get(key) ?? firstDialect(isReasoning(call.model));
    for (;;) {
      try {
        const result = await attempt(dialect);
        dialects.set(key, dialect);
        return result;
      } catch (error) {
        const simpler = error instanceof ProviderError ? simplerDialect(dialect, error) : undefined;
        if (simpler === undefined) throw error;
        dialect = simpler;
      }
    }
  };
  const isReasoning = (model: string): boolean => describe(model).reasoningTokens !== undefined;

  async function* oneStream(call: ProviderCall, dialect: Dialect, signal: AbortSignal): AsyncGenerator<ProviderStreamPart> {
    const gathered = gatherChat(call, isReasoning(call.model));
    const read = (answer: Answered): AsyncGenerator<ProviderStreamPart> => readStream(id, call, answer, gathered);
    yield* client.stream('/chat/completions', chatBody(call, dialect, true), signal, read, () => gathered.usage());
  }

  return {
    id,
    kind: 'provider',
    available,
    models: () => models,
    generate: (call, signal) =>
      inDialect(call, (dialect) =>
        client.post('/chat/completions', chatBody(call, dialect, false), signal, (answer) =>
          readAnswer(id, call, answer, isReasoning(call.model)),
        ),
      ),
    async *stream(call, signal) {
      // The first part is awaited inside the dialect loop: refusals come before it, and nothing was passed on yet.
      const { first, rest } = await inDialect(call, async (dialect) => {
        const parts = oneStream(call, dialect, signal);
        return { first: await parts.next(), rest: parts };
      });
      try {
        if (first.done) return;
        yield first.value;
        yield* rest;
      } finally {
        await rest.return(undefined);
      }
    },
    embed: (model, texts, signal) =>
      client.post('/embeddings', { model, input: texts, encoding_format: 'float' }, signal, async ({ body, contentType }) => {
        const parsed = Embeddings.safeParse(parsedJson(await body.text()));
        const inputTokens = textsTokenBound(texts);
        if (!parsed.success || parsed.data.data.length !== texts.length) {
          const usage = { inputTokens, outputTokens: 0, cachedInputTokens: 0 };
          throw unreadable(id, 'did not answer with one vector per text', usage, contentType);
        }
        const vectors = parsed.data.data
          .map((row, position) => ({ at: row.index ?? position, vector: unit(row.embedding) }))
          .toSorted((left, right) => left.at - right.at)
          .map((row) => row.vector);
        return { vectors, inputTokens: parsed.data.usage?.prompt_tokens ?? inputTokens };
      }),
  };
}

function simplerDialect(dialect: Dialect, error: ProviderError): Dialect | undefined {
  const status = error.details['status'];
  return status === 400 || status === 422 ? nextDialect(dialect, error.message) : undefined;
}

async function readAnswer(
  id: string,
  call: ProviderCall,
  { body, contentType }: Answered,
  reasoning: boolean,
): Promise<ProviderAnswer> {
  const text = await body.text();
  const parsed = ChatAnswer.safeParse(parsedJson(text));
  if (parsed.success) return answerOf(call, parsed.data, reasoning);
  // Some servers say 200 and put the error inside.
  const complaint = complaintOf(text);
  throw unreadable(id, `did not answer with a completion (${complaint.message || 'empty answer'})`, undefined, contentType);
}

async function* readStream(
  id: string,
  call: ProviderCall,
  answer: Answered,
  gathered: Gathered,
): AsyncGenerator<ProviderStreamPart> {
  if (!answer.contentType.includes('event-stream')) {
    // A server that does not stream answers all at once.
    const whole = await readAnswer(id, call, answer, gathered.reasoning);
    if (whole.text !== '') yield { kind: 'text-delta', text: whole.text };
    for (const toolCall of whole.toolCalls) yield { kind: 'tool-call', call: toolCall };
    yield { kind: 'finish', answer: whole };
    return;
  }
  let done = false;
  for await (const data of eventData(answer.body)) {
    if (data === '[DONE]') {
      done = true;
      break;
    }
    const text = takeChunk(id, data, gathered);
    if (text !== '') yield { kind: 'text-delta', text };
  }
  if (!done && !gathered.finished) {
    const billed = { kind: 'usage', usage: gathered.usage() } as const;
    throw new ProviderError('model_stream_cut', `${id} ended its stream before the answer was complete.`, { billed });
  }
  const whole = gathered.answer();
  for (const toolCall of whole.toolCalls) yield { kind: 'tool-call', call: toolCall };
  yield { kind: 'finish', answer: whole };
}

function takeChunk(id: string, data: string, gathered: Gathered): string {
  const value = parsedJson(data);
  if (typeof value === 'object' && value !== null && 'error' in value && value.error) {
    throw new ProviderError('model_unavailable', `${id} failed inside its stream: ${complaintOf(data).message}`, {
      billed: { kind: 'usage', usage: gathered.usage() },
    });
  }
  try {
    return gathered.take(value);
  } catch (error) {
    throw new ProviderError('model_unavailable', `${id} sent an event that is not a part of a completion.`, {
      billed: { kind: 'usage', usage: gathered.usage() },
      cause: error,
    });
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function unit(values: readonly number[]): Float32Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return Float32Array.from(values, (value) => (length === 0 ? 0 : value / length));
}
