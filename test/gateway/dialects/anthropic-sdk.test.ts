// Anthropic's own client against our encoders, over HTTP.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic, {
  AuthenticationError,
  BadRequestError,
  ContentTooLargeError,
  GatewayTimeoutError,
  InternalServerError,
  NotFoundError,
  OverloadedError,
  PaymentRequiredError,
  PermissionDeniedError,
  RateLimitError,
} from '@anthropic-ai/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import type { ErrorCode } from '#foundation';
import { anthropicMessages, tokenCountJson } from '../../../gateway/models/dialects/anthropic-messages/index.ts';
import type { WireEvent } from '../../../gateway/models/dialects/dialect.ts';
import type { ModelEvent, Usage } from '../../../gateway/models/exchange.ts';

let server: Server | undefined;
afterEach(async () => {
  const closing = server;
  server = undefined;
  if (closing !== undefined) await new Promise((resolve) => closing.close(resolve));
});

async function client(answer: {
  readonly status?: number;
  readonly json?: unknown;
  readonly events?: readonly WireEvent[];
}): Promise<Anthropic> {
  const started = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      if (answer.events === undefined) {
        response
          .writeHead(answer.status ?? 200, { 'content-type': 'application/json', connection: 'close' })
          .end(JSON.stringify(answer.json));
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream', connection: 'close' });
      for (const { event, data } of answer.events) response.write(`event: ${event}\ndata: ${data}\n\n`);
      response.end();
    });
  });
  server = started;
  await new Promise<void>((resolve) => {
    started.listen(0, '127.0.0.1', resolve);
  });
  return new Anthropic({ apiKey: 'test', baseURL: `http://127.0.0.1:${(started.address() as AddressInfo).port}`, maxRetries: 0 });
}

const USAGE: Usage = { inputTokens: 60, outputTokens: 40, cachedInputTokens: 30, cacheWriteTokens: 20, reasoningTokens: 5 };
const EVENTS: readonly ModelEvent[] = [
  { kind: 'start', id: 'msg_1', model: 'upstream', created: 1 },
  { kind: 'usage', usage: { ...USAGE, outputTokens: 0, reasoningTokens: 0 } },
  { kind: 'thinking-delta', choice: 0, text: 'Look ' },
  { kind: 'thinking-delta', choice: 0, text: 'it up.' },
  { kind: 'thinking-end', choice: 0, signature: 'anthropic:sig' },
  { kind: 'thinking-end', choice: 0, redacted: 'anthropic:sealed' },
  { kind: 'text-delta', choice: 0, text: 'One ' },
  { kind: 'text-delta', choice: 0, text: 'moment “é\n”.' },
  { kind: 'tool-call-start', choice: 0, index: 0, id: 'toolu_1', name: 'weather' },
  { kind: 'tool-call-delta', choice: 0, index: 0, arguments: '{"city":' },
  { kind: 'tool-call-delta', choice: 0, index: 0, arguments: '"Paris"}' },
  { kind: 'tool-call-start', choice: 0, index: 1, id: 'toolu_2', name: 'weather' },
  { kind: 'tool-call-delta', choice: 0, index: 1, arguments: '{"city":"Rome"}' },
  { kind: 'choice-end', choice: 0, finishReason: 'tool-calls' },
  { kind: 'usage', usage: USAGE },
  { kind: 'end' },
];
const PARAMETERS = { model: 'asked', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Weather?' }] };

function encoded(events: readonly ModelEvent[]): readonly WireEvent[] {
  const encoder = anthropicMessages.createStreamEncoder({ model: 'asked', streamUsage: true });
  return events.flatMap((event) => encoder.put(event));
}

describe('the official client', () => {
  it('puts our stream together: thought, sealed thought, text, two calls and usage', async () => {
    const stream = (await client({ events: encoded(EVENTS) })).messages.stream(PARAMETERS);
    const order: string[] = [];
    stream.on('streamEvent', (event) => {
      if (order.at(-1) !== event.type) order.push(event.type);
    });
    const message = await stream.finalMessage();
    expect(message.content).toEqual([
      { type: 'thinking', thinking: 'Look it up.', signature: 'sig' },
      { type: 'redacted_thinking', data: 'sealed' },
      { type: 'text', text: 'One moment “é\n”.', citations: null },
      { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Paris' } },
      { type: 'tool_use', id: 'toolu_2', name: 'weather', input: { city: 'Rome' } },
    ]);
    expect(message).toMatchObject({ id: 'msg_1', model: 'asked', stop_reason: 'tool_use' });
    expect(message.usage).toMatchObject({
      input_tokens: 10,
      cache_creation_input_tokens: 20,
      cache_read_input_tokens: 30,
      output_tokens: 40,
    });
    expect(order[0]).toBe('message_start');
    expect(order.slice(-2)).toEqual(['message_delta', 'message_stop']);
  });

  it('reads the input\u2019s usage from the very first event', () => {
    expect(JSON.parse(encoded(EVENTS)[0]?.data ?? '')).toMatchObject({
      type: 'message_start',
      message: { usage: { input_tokens: 10, cache_read_input_tokens: 30 } },
    });
  });

  it('is told of an error that comes after the answer has begun', async () => {
    const encoder = anthropicMessages.createStreamEncoder({ model: 'asked', streamUsage: true });
    const events = [
      ...EVENTS.slice(0, 4).flatMap((event) => encoder.put(event)),
      ...encoder.fail(new ShoalError('model_stream_cut', 'It was cut.')),
    ];
    const stream = (await client({ events })).messages.stream(PARAMETERS);
    await expect(stream.finalMessage()).rejects.toThrow(
      expect.objectContaining({ type: 'api_error', message: expect.stringContaining('It was cut.') }),
    );
  });

  it('reads a whole answer', async () => {
    const json = anthropicMessages.encodeResponse(
      {
        id: 'msg_1',
        model: 'upstream',
        created: 1,
        choices: [{ parts: [{ kind: 'text', text: 'Hi' }], finishReason: 'stop', stopped: 'END' }],
        usage: USAGE,
      },
      { model: 'asked' },
    );
    const message = await (await client({ json })).messages.create(PARAMETERS);
    expect(message).toMatchObject({
      content: [{ type: 'text', text: 'Hi' }],
      stop_reason: 'stop_sequence',
      stop_sequence: 'END',
    });
  });

  it('reads a count of tokens', async () => {
    const counted = await (
      await client({ json: tokenCountJson(42) })
    ).messages.countTokens({ model: 'asked', messages: PARAMETERS.messages });
    expect(counted.input_tokens).toBe(42);
  });

  it.each([
    ['unauthenticated', AuthenticationError, 'authentication_error'],
    ['forbidden', PermissionDeniedError, 'permission_error'],
    ['model_unknown', NotFoundError, 'not_found_error'],
    ['limit_exceeded', RateLimitError, 'rate_limit_error'],
    ['invalid_input', BadRequestError, 'invalid_request_error'],
    ['context_exceeded', BadRequestError, 'invalid_request_error'],
    ['guardrail_blocked', BadRequestError, 'invalid_request_error'],
    ['budget_exceeded', PaymentRequiredError, 'billing_error'],
    ['document_too_large', ContentTooLargeError, 'request_too_large'],
    ['model_rate_limited', OverloadedError, 'overloaded_error'],
    ['model_timeout', GatewayTimeoutError, 'timeout_error'],
    ['internal', InternalServerError, 'api_error'],
  ] as const)('throws the class that belongs to %s', async (code: ErrorCode, type, word) => {
    const { status, json } = anthropicMessages.encodeError(new ShoalError(code, 'What is wrong.', { hint: 'What to do.' }));
    const failed = await (await client({ status, json })).messages.create(PARAMETERS).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(type);
    expect(failed).toMatchObject({ status, type: word, message: expect.stringContaining('What is wrong. What to do.') });
    expect(anthropicMessages.readError(JSON.stringify(json))).toEqual({ message: 'What is wrong. What to do.', code: word });
  });
});
