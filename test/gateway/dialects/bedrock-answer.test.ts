import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import { bedrockConverse } from '../../../gateway/models/dialects/bedrock-converse/index.ts';
import type { Json, ModelEvent, ModelRequest, Part } from '../../../gateway/models/exchange.ts';
import { fold } from './folded.ts';
import { STREAMS } from './published-streams.ts';

const asked = (more: Json = {}): Json => ({
  model: 'anthropic.claude-sonnet-4-6',
  inferenceConfig: { maxTokens: 4000 },
  messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
  ...more,
});
const read = (more: Json = {}): ModelRequest => bedrockConverse.decodeRequest(asked(more));
const written = (request: Partial<ModelRequest>): ReturnType<typeof bedrockConverse.encodeRequest> =>
  bedrockConverse.encodeRequest({ ...read(), ...request });
const text = (value: string): Part => ({ kind: 'text', text: value });
describe('sealed thoughts', () => {
  it('go back to Bedrock as they came, and to nobody else', () => {
    const answer = bedrockConverse.decodeResponse({
      output: { message: { content: [{ reasoningContent: { redactedContent: 'c2VhbGVk' } }, { text: 'x' }] } },
      stopReason: 'end_turn',
    });
    const parts = answer.choices[0]?.parts ?? [];
    expect(parts[0]).toEqual({ kind: 'thinking', text: '', redacted: 'bedrock:c2VhbGVk' });
    const { json } = written({ messages: [{ role: 'assistant', parts }] });
    expect(json['messages']).toMatchObject([{ content: [{ reasoningContent: { redactedContent: 'c2VhbGVk' } }, { text: 'x' }] }]);
  });

  it('of Anthropic survive a client of Bedrock, which decodes and encodes them as bytes', () => {
    const part: Part = { kind: 'thinking', text: '', redacted: 'anthropic:not base64!' };
    const json = bedrockConverse.encodeResponse(
      {
        id: '',
        model: '',
        created: 0,
        choices: [{ parts: [part], finishReason: 'stop' }],
        usage: { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
      },
      { model: 'm' },
    );
    expect(bedrockConverse.decodeResponse(json).choices[0]?.parts).toEqual([part]);
  });
});

const take = (events: readonly { event?: string; json: Json }[]): readonly ModelEvent[] => {
  const decoder = bedrockConverse.createStreamDecoder();
  return events.flatMap(({ event, json }) =>
    decoder.take({ ...(event === undefined ? {} : { event }), data: JSON.stringify(json) }),
  );
};

describe('reading a ConverseStream stream', () => {
  it('gives the events of the published shape in order', () => {
    expect(take(STREAMS['bedrock-converse']).map((event) => event.kind)).toEqual([
      'start',
      'thinking-delta',
      'thinking-delta',
      'thinking-end',
      'text-delta',
      'tool-call-start',
      'tool-call-delta',
      'tool-call-delta',
      'choice-end',
      'usage',
      'end',
    ]);
  });

  it('is complete only with both the reason to stop and the usage, whichever comes first', () => {
    const usage = { event: 'metadata', json: { usage: { inputTokens: 1, outputTokens: 2 } } };
    const stop = {
      event: 'messageStop',
      json: { stopReason: 'stop_sequence', additionalModelResponseFields: { delta: { stop_sequence: 'END' } } },
    };
    for (const events of [
      [usage, stop],
      [stop, usage],
    ]) {
      expect(take(events).at(-1)).toEqual({ kind: 'end' });
      expect(fold(take(events))).toMatchObject({ finishReason: 'stop', stopped: 'END', usage: { outputTokens: 2 } });
    }
    expect(take([stop]).some((event) => event.kind === 'end')).toBe(false);
  });

  it('reads the answer tool\u2019s call as the answer', () => {
    const events = take([
      {
        event: 'contentBlockStart',
        json: { contentBlockIndex: 0, start: { toolUse: { toolUseId: 't', name: 'shoal_answer' } } },
      },
      { event: 'contentBlockDelta', json: { contentBlockIndex: 0, delta: { toolUse: { input: '{"a":1}' } } } },
      { event: 'messageStop', json: { stopReason: 'tool_use' } },
    ]);
    expect(fold(events)).toMatchObject({ parts: [text('{"a":1}')], finishReason: 'stop' });
  });

  it.each(['throttlingException', 'modelStreamErrorException', 'internalServerException', 'error', 'invented'])(
    'throws model_unavailable for %s',
    (event) => {
      expect(() => take([{ event, json: { message: 'Slow down' } }])).toThrow(
        expect.objectContaining({ code: 'model_unavailable', details: { code: event } }),
      );
    },
  );

  it('tells a client of an error by the exception that belongs to it', () => {
    const encoder = bedrockConverse.createStreamEncoder({ model: 'm', streamUsage: true });
    const events = (['model_rate_limited', 'model_stream_cut', 'internal', 'invalid_input'] as const).flatMap((code) =>
      encoder.fail(new ShoalError(code, 'Wrong.')),
    );
    expect(events.map(({ event }) => event)).toEqual([
      'throttlingException',
      'serviceUnavailableException',
      'internalServerException',
      'validationException',
    ]);
    for (const event of events) expect(() => bedrockConverse.createStreamDecoder().take(event)).toThrow(/Wrong\./);
  });
});

describe('errors in Bedrock\u2019s words', () => {
  it.each([
    ['invalid_input', 400, 'ValidationException'],
    ['unauthenticated', 403, 'UnrecognizedClientException'],
    ['forbidden', 403, 'AccessDeniedException'],
    ['model_unknown', 404, 'ResourceNotFoundException'],
    ['limit_exceeded', 429, 'ThrottlingException'],
    ['budget_exceeded', 400, 'ServiceQuotaExceededException'],
    ['model_timeout', 408, 'ModelTimeoutException'],
    ['internal', 500, 'InternalServerException'],
  ] as const)('%s is %i %s, and is read back', (code, status, type) => {
    const encoded = bedrockConverse.encodeError(new ShoalError(code, 'Wrong.'));
    expect(encoded).toEqual({ status, json: { __type: type, message: 'Wrong.' } });
    expect(bedrockConverse.readError(JSON.stringify(encoded.json))).toEqual({ message: 'Wrong.', code: type });
  });

  it('reads a type behind its namespace, and bodies that are no JSON', () => {
    expect(bedrockConverse.readError('{"__type":"com.amazon.coral.service#ThrottlingException","Message":"Slow"}')).toEqual({
      message: 'Slow',
      code: 'ThrottlingException',
    });
    expect(bedrockConverse.readError('<html>502</html>')).toEqual({ message: '<html>502</html>', code: '' });
  });
});
