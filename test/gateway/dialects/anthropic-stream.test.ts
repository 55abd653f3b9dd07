import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../../gateway/models/dialects/anthropic-messages/index.ts';
import type { ModelEvent } from '../../../gateway/models/exchange.ts';
import { fold } from './folded.ts';
import { STREAMS } from './published-streams.ts';

const stream = () => anthropicMessages.createStreamDecoder();
const wire = (json: Readonly<Record<string, unknown>>): { event: string; data: string } => ({
  event: String(json['type']),
  data: JSON.stringify(json),
});
const START = wire({ type: 'message_start', message: { id: 'm', model: 'c', usage: { input_tokens: 7, output_tokens: 1 } } });

describe('reading a Messages stream', () => {
  it('gives the events of the published shape in order', () => {
    const decoder = stream();
    const events = STREAMS['anthropic-messages'].flatMap(({ json }) => decoder.take(wire(json)));
    expect(events.map((event) => event.kind)).toEqual([
      'start',
      'usage',
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
    expect(fold(events)).toEqual({
      parts: [
        { kind: 'thinking', text: 'Look it up.', signature: 'anthropic:c2lnbmVkMg==' },
        { kind: 'text', text: 'One moment.' },
        { kind: 'tool-call', id: 'toolu_2', name: 'weather', arguments: '{"city":"Paris"}' },
      ],
      finishReason: 'tool-calls',
      stopped: undefined,
      usage: { inputTokens: 60, outputTokens: 40, cachedInputTokens: 30, cacheWriteTokens: 20, reasoningTokens: 0 },
    });
  });

  it('gives a call without arguments an empty object', () => {
    const decoder = stream();
    const events: ModelEvent[] = [
      START,
      wire({ type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 't', name: 'now', input: {} } }),
      wire({ type: 'content_block_stop', index: 0 }),
    ].flatMap((event) => decoder.take(event));
    expect(events.at(-1)).toEqual({ kind: 'tool-call-delta', choice: 0, index: 0, arguments: '{}' });
  });

  it('unwraps the answer tool: its arguments are the text', () => {
    const decoder = stream();
    const events = [
      START,
      wire({
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'tool_use', id: 't', name: 'shoal_answer', input: {} },
      }),
      wire({ type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"a":1}' } }),
      wire({ type: 'content_block_stop', index: 0 }),
      wire({ type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 3 } }),
      wire({ type: 'message_stop' }),
    ].flatMap((event) => decoder.take(event));
    expect(fold(events)).toMatchObject({ parts: [{ kind: 'text', text: '{"a":1}' }], finishReason: 'stop' });
  });

  it('passes over events, blocks and deltas that are new to it', () => {
    const decoder = stream();
    decoder.take(START);
    expect(decoder.take(wire({ type: 'invented' }))).toEqual([]);
    expect(decoder.take(wire({ type: 'content_block_start', index: 0, content_block: { type: 'invented' } }))).toEqual([]);
    expect(decoder.take(wire({ type: 'content_block_delta', index: 0, delta: { type: 'invented' } }))).toEqual([]);
  });

  it.each([
    ['the error it carries', [START, wire({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })]],
    ['text that is not JSON', [{ data: 'upstream connect error' }]],
    ['an event without a type', [{ data: '{}' }]],
    ['a block before the message', [wire({ type: 'content_block_start', index: 0, content_block: { type: 'text' } })]],
    [
      'a delta of a block that is not open',
      [START, wire({ type: 'content_block_delta', index: 3, delta: { type: 'text_delta', text: 'x' } })],
    ],
  ])('throws model_unavailable for %s', (_, events) => {
    const decoder = stream();
    expect(() => events.map((event) => decoder.take(event))).toThrow(expect.objectContaining({ code: 'model_unavailable' }));
    expect(decoder.finished).toBe(false);
  });

  it('keeps the provider\u2019s own word for its error', () => {
    const error = wire({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });
    expect(() => stream().take(error)).toThrow(
      expect.objectContaining({ details: { code: 'overloaded_error' }, message: expect.stringContaining('Overloaded') }),
    );
  });
});

describe('usage in a Messages stream', () => {
  it('grows over message_start and message_delta, and null says nothing', () => {
    const first = anthropicMessages.usageOfEvent(START, undefined);
    expect(first).toMatchObject({ inputTokens: 7, outputTokens: 1 });
    const delta = wire({
      type: 'message_delta',
      delta: {},
      usage: { output_tokens: 9, input_tokens: null, cache_read_input_tokens: 3 },
    });
    expect(anthropicMessages.usageOfEvent(delta, first)).toEqual({
      inputTokens: 10,
      outputTokens: 9,
      cachedInputTokens: 3,
      cacheWriteTokens: 0,
      reasoningTokens: 0,
    });
  });

  it('is not found in a text that speaks of it', () => {
    const told = {
      data: JSON.stringify({
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'text_delta', text: '"usage": {"input_tokens": 9}' },
      }),
    };
    expect(anthropicMessages.usageOfEvent(told, undefined)).toBeUndefined();
  });
});

describe('writing a Messages stream', () => {
  it('writes one answer; the API has no more', () => {
    const encoder = anthropicMessages.createStreamEncoder({ model: 'm', streamUsage: true });
    encoder.put({ kind: 'start', id: 'a', model: 'm', created: 1 });
    expect(encoder.put({ kind: 'text-delta', choice: 1, text: 'second' })).toEqual([]);
  });

  it('refuses pieces of two calls that are mixed', () => {
    const encoder = anthropicMessages.createStreamEncoder({ model: 'm', streamUsage: true });
    encoder.put({ kind: 'start', id: 'a', model: 'm', created: 1 });
    encoder.put({ kind: 'tool-call-start', choice: 0, index: 0, id: 'x', name: 'n' });
    encoder.put({ kind: 'tool-call-start', choice: 0, index: 1, id: 'y', name: 'n' });
    expect(() => encoder.put({ kind: 'tool-call-delta', choice: 0, index: 0, arguments: '{' })).toThrow(
      expect.objectContaining({ code: 'model_invalid_output' }),
    );
  });
});
