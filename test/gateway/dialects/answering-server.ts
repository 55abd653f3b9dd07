// A server that only decodes and encodes by OpenAI's dialects, for official clients to talk to.
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ShoalError } from '#foundation';
import type { Dialect } from '../../../gateway/models/dialects/dialect.ts';
import { openAiChat } from '../../../gateway/models/dialects/openai-chat/index.ts';
import { openAiEmbeddings } from '../../../gateway/models/dialects/openai-embeddings.ts';
import { openAiResponses } from '../../../gateway/models/dialects/openai-responses/index.ts';
import { writeEvent } from '../../../gateway/models/dialects/server-sent-events.ts';
import type { Json, ModelEvent, ModelRequest, ModelResponse, Part } from '../../../gateway/models/exchange.ts';

const USAGE = { inputTokens: 5, outputTokens: 7, cachedInputTokens: 2, cacheWriteTokens: 0, reasoningTokens: 1 };

/** A thought, then JSON where JSON is asked for, a call where there are tools, and words otherwise. */
function answerTo(request: ModelRequest): ModelResponse {
  if (request.user === 'spender') throw new ShoalError('budget_exceeded', 'Used up.');
  const said = request.form === undefined ? 'Grüße 🐟' : '{"fish":"herring","count":3}';
  const call = { kind: 'tool-call', id: 'call_1', name: request.tools[0]?.name ?? '', arguments: '{"depth":3}' } as const;
  const parts: readonly Part[] = [
    { kind: 'thinking', text: 'Let me see.' },
    ...(request.tools.length === 0 ? [{ kind: 'text', text: said } as const] : [call]),
  ];
  const finishReason = request.tools.length === 0 ? 'stop' : 'tool-calls';
  const choices = Array.from({ length: request.choices }, () => ({ parts, finishReason }) as const);
  return { id: 'resp_abc', model: 'model-1', created: 1_700_000_000, choices, usage: USAGE };
}

function* eventsOf(response: ModelResponse): Generator<ModelEvent> {
  yield { kind: 'start', id: response.id, model: response.model, created: response.created };
  for (const [choice, { parts, finishReason }] of response.choices.entries()) {
    for (const part of parts) {
      if (part.kind === 'thinking') {
        yield { kind: 'thinking-delta', choice, text: part.text };
        yield { kind: 'thinking-end', choice };
      } else if (part.kind === 'text') {
        for (const text of part.text) yield { kind: 'text-delta', choice, text };
      } else if (part.kind === 'tool-call') {
        yield { kind: 'tool-call-start', choice, index: 0, id: part.id, name: part.name };
        for (const text of part.arguments) yield { kind: 'tool-call-delta', choice, index: 0, arguments: text };
      }
    }
    yield { kind: 'choice-end', choice, finishReason };
  }
  yield { kind: 'usage', usage: response.usage };
  yield { kind: 'end' };
}

const DIALECTS: Readonly<Record<string, Dialect>> = { '/v1/chat/completions': openAiChat, '/v1/responses': openAiResponses };

async function bodyOf(message: IncomingMessage): Promise<Json> {
  let text = '';
  for await (const chunk of message.setEncoding('utf8')) text += String(chunk);
  return JSON.parse(text) as Json;
}

export interface AnsweringServer {
  readonly baseURL: string;
  close(): Promise<void>;
}

export async function startAnsweringServer(): Promise<AnsweringServer> {
  const server = createServer((message, reply) => {
    const send = (status: number, json: Json): void =>
      void reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    const dialect = DIALECTS[message.url ?? ''] ?? openAiChat;
    const serve = (json: Json): void => {
      if (message.url === '/v1/embeddings') {
        const request = openAiEmbeddings.decodeRequest(json);
        const vectors = request.texts.map((text) => [text.length, 0.5]);
        send(200, openAiEmbeddings.encodeResponse({ model: 'e', vectors, inputTokens: 4 }, request));
        return;
      }
      const request = dialect.decodeRequest(json);
      const response = answerTo(request);
      if (!request.stream) {
        send(200, dialect.encodeResponse(response, request));
        return;
      }
      reply.writeHead(200, { 'content-type': 'text/event-stream' });
      const encoder = dialect.createStreamEncoder(request);
      for (const event of eventsOf(response)) {
        if (event.kind === 'choice-end' && request.user === 'unlucky') {
          for (const wire of encoder.fail(new ShoalError('model_stream_cut', 'Cut off.'))) reply.write(writeEvent(wire));
          break;
        }
        for (const wire of encoder.put(event)) reply.write(writeEvent(wire));
      }
      reply.end();
    };
    bodyOf(message)
      .then(serve)
      .catch((error: unknown) => {
        const { status, json } = dialect.encodeError(
          error instanceof ShoalError ? error : new ShoalError('internal', String(error)),
        );
        send(status, json);
      });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}
