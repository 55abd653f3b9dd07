import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import { openAiChat } from '../../../gateway/models/dialects/openai-chat/index.ts';
import { openAiResponses } from '../../../gateway/models/dialects/openai-responses/index.ts';
import {
  continueThread,
  finalResponseIn,
  inputItems,
  withNativeThoughts,
} from '../../../gateway/models/dialects/openai-responses/thread.ts';
import type { Json, ModelEvent, ModelRequest } from '../../../gateway/models/exchange.ts';
import { problemsUnder } from './published-schema.ts';

const asked = (fields: object = {}): ModelRequest => openAiResponses.decodeRequest({ model: 'gpt-5', input: 'Hello', ...fields });
const complaint = (fields: object): string => {
  try {
    asked(fields);
  } catch (error) {
    if (error instanceof ShoalError && error.code === 'invalid_input') return String(error.details['param']);
    throw error;
  }
  return 'accepted';
};
const read = (...events: readonly (Json & { readonly type: string })[]): readonly ModelEvent[] => {
  const decoder = openAiResponses.createStreamDecoder();
  return events.flatMap((event) => decoder.take({ event: event.type, data: JSON.stringify(event) }));
};
const CREATED = { type: 'response.created', response: { id: 'resp_1', model: 'gpt-5', created_at: 5 } };
const completed = (output: readonly Json[] = []): Json & { readonly type: string } => ({
  type: 'response.completed',
  response: { status: 'completed', output, usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 } },
});
const summaryPart = (summary_index: number): Json & { readonly type: string } => ({
  type: 'response.reasoning_summary_part.added',
  output_index: 0,
  summary_index,
});

describe('a responses request', () => {
  it('is read with every kind of item; a turn of the model is one message', () => {
    const { messages } = asked({
      instructions: 'Be brief',
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'See' },
            { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'high' },
          ],
        },
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm' }], encrypted_content: 'gAAA' },
        {
          type: 'message',
          role: 'assistant',
          id: 'msg_1',
          status: 'completed',
          content: [{ type: 'output_text', text: 'I look', annotations: [] }],
        },
        { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'look', arguments: '{}' },
        { type: 'function_call_output', call_id: 'call_1', output: 'a cat' },
        { type: 'message', role: 'developer', content: 'Now answer' },
      ],
    });
    expect(messages).toEqual([
      { role: 'system', parts: [{ kind: 'text', text: 'Be brief' }] },
      {
        role: 'user',
        parts: [
          { kind: 'text', text: 'See' },
          { kind: 'image', source: { kind: 'bytes', mediaType: 'image/png', base64: 'AAAA' }, detail: 'high' },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { kind: 'thinking', text: 'Hm', signature: 'openai:rs_1:gAAA' },
          { kind: 'text', text: 'I look' },
          { kind: 'tool-call', id: 'call_1', name: 'look', arguments: '{}' },
        ],
      },
      { role: 'tool', parts: [{ kind: 'tool-result', toolCallId: 'call_1', content: [{ kind: 'text', text: 'a cat' }] }] },
      { role: 'system', parts: [{ kind: 'text', text: 'Now answer' }] },
    ]);
    const { json } = openAiResponses.encodeRequest({ ...asked(), messages });
    expect(json).toMatchObject({ instructions: 'Be brief' });
    expect(json['input']).toContainEqual({
      type: 'reasoning',
      id: 'rs_1',
      summary: [{ type: 'summary_text', text: 'Hm' }],
      encrypted_content: 'gAAA',
    });
  });

  it('names the field that is wrong, and the item that no other model could take', () => {
    expect(complaint({ input: 7 })).toBe('input');
    expect(complaint({ input: [{ type: 'computer_call' }] })).toBe('input[0].type');
    expect(complaint({ input: [{ role: 'poet', content: 'x' }] })).toBe('input[0].role');
    expect(complaint({ input: [{ type: 'function_call', name: 'x', arguments: '' }] })).toBe('input[0].call_id');
    expect(complaint({ text: { format: { type: 'xml' } } })).toBe('text.format.type');
    expect(complaint({ reasoning: { effort: 'much' } })).toBe('reasoning.effort');
    expect(complaint({ tools: [{ type: 'function' }] })).toBe('tools[0].name');
    expect(complaint({ max_output_tokens: -1 })).toBe('max_output_tokens');
  });

  it('keeps hosted tools and its other words for its own API, and another does without them', () => {
    const words = { previous_response_id: 'resp_0', store: true, truncation: 'auto', metadata: { a: 'b' } };
    const request = asked({
      ...words,
      tools: [{ type: 'web_search' }],
      text: { verbosity: 'low' },
      reasoning: { effort: 'low', summary: 'auto' },
    });
    expect(request.extra).toMatchObject({ ...words, tools: [{ type: 'web_search' }] });
    expect(request.thinking).toEqual({ effort: 'low' });
    const { json, dropped } = openAiResponses.encodeRequest(request);
    expect(dropped).toEqual([]);
    expect(json).toMatchObject({
      ...words,
      tools: [{ type: 'web_search' }],
      text: { verbosity: 'low' },
      reasoning: { effort: 'low', summary: 'auto' },
    });
    expect(openAiChat.encodeRequest(request).dropped).toContain('tools');
  });

  it('drops by name what the API has no word for', () => {
    const request: ModelRequest = {
      ...asked(),
      model: 'some/model',
      topK: 4,
      stop: ['x'],
      seed: 1,
      presencePenalty: 1,
      choices: 2,
    };
    expect(openAiResponses.encodeRequest(request).dropped).toEqual(['topK', 'stop', 'seed', 'presencePenalty', 'choices']);
  });

  it('asks reasoning models for sealed thoughts, since the conversation is kept here', () => {
    const { json } = openAiResponses.encodeRequest(asked({ temperature: 1 }));
    expect(json).toMatchObject({ store: false, include: ['reasoning.encrypted_content'] });
    expect(json).not.toHaveProperty('temperature');
  });

  it('leaves out the thoughts of other APIs, which OpenAI could not read', () => {
    const messages = [{ role: 'assistant', parts: [{ kind: 'thinking', text: 'Hm', signature: 'another’s' }] }] as const;
    expect(openAiResponses.encodeRequest({ ...asked(), messages })).toMatchObject({ json: { input: [] }, dropped: ['thinking'] });
  });
});

describe('a response', () => {
  it('carries the proof of a thought of any API to its client and back', () => {
    for (const proof of [
      { text: 'Hm', signature: 'sig' },
      { text: '', redacted: 'dark' },
      { text: 'Hm', signature: 'openai:rs_1:gAAA' },
    ]) {
      const thought = { kind: 'thinking', ...proof } as const;
      const json = openAiResponses.encodeResponse(
        {
          id: 'resp_1',
          model: 'm',
          created: 1,
          choices: [{ parts: [thought], finishReason: 'stop' }],
          usage: { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
        },
        asked(),
      );
      const again = openAiResponses.decodeRequest({ model: 'm', input: json['output'] });
      expect(again.messages).toEqual([{ role: 'assistant', parts: [thought] }]);
    }
  });

  it('repeats the request', () => {
    const tool = { type: 'function', name: 'look', description: 'Looks', parameters: { type: 'object' }, strict: true };
    const request = asked({
      tools: [tool],
      tool_choice: 'required',
      temperature: 0.2,
      instructions: 'Be brief',
      max_output_tokens: 9,
      metadata: { a: 'b' },
    });
    const response = {
      id: 'x',
      model: '',
      created: 1,
      choices: [{ parts: [], finishReason: 'length' }],
      usage: { inputTokens: 1, outputTokens: 9, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
    } as const;
    const json = openAiResponses.encodeResponse(response, request);
    expect(problemsUnder('responses', 'Response', json)).toEqual([]);
    expect(json).toMatchObject({
      id: 'resp_x',
      model: 'gpt-5',
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      tools: [tool],
      tool_choice: 'required',
      temperature: 0.2,
      instructions: 'Be brief',
      max_output_tokens: 9,
      metadata: { a: 'b' },
    });
  });

  it('is read from servers that leave half of it out; one that failed is an error', () => {
    const output = [{ type: 'message', content: [{ text: 'Hi' }] }, { type: 'web_search_call' }];
    expect(openAiResponses.decodeResponse({ output }).choices).toEqual([
      { parts: [{ kind: 'text', text: 'Hi' }], finishReason: 'stop' },
    ]);
    expect(() => openAiResponses.decodeResponse({ status: 'failed', output: [], error: { message: 'broken' } })).toThrow(
      'broken',
    );
    expect(() => openAiResponses.decodeResponse({ error: { message: 'no key' } })).toThrow('no key');
  });

  it('has log-probabilities that chat completions can pass on, and back', () => {
    const logprobs = [{ token: 'Hi', bytes: [72, 105], logprob: -0.1, top_logprobs: [{ token: 'Ho', bytes: [], logprob: -2 }] }];
    const output = [
      {
        type: 'message',
        id: 'msg_1',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: 'Hi', annotations: [], logprobs }],
      },
    ];
    const response = openAiResponses.decodeResponse({ output });
    expect(problemsUnder('chat', 'ChatCompletion', openAiChat.encodeResponse(response, { model: 'm' }))).toEqual([]);
    expect(openAiResponses.encodeResponse(response, asked())['output']).toMatchObject([{ content: [{ logprobs }] }]);
  });
});

describe('a stream of response events', () => {
  it('is read where deltas are missing: what is done brings them', () => {
    const call = { type: 'function_call', call_id: 'c', name: 'go', arguments: '{"a":1}' };
    const events = read(
      CREATED,
      { type: 'response.output_item.added', output_index: 0, item: { type: 'message', content: [] } },
      { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'He', logprobs: [] },
      { type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'Hello' },
      {
        type: 'response.output_item.done',
        output_index: 0,
        item: { type: 'message', content: [{ type: 'output_text', text: 'Hello' }] },
      },
      { type: 'response.output_item.done', output_index: 1, item: call },
      completed([call]),
    );
    expect(events.slice(1, -2)).toEqual([
      { kind: 'text-delta', choice: 0, text: 'He' },
      { kind: 'text-delta', choice: 0, text: 'llo' },
      { kind: 'tool-call-start', choice: 0, index: 0, id: 'c', name: 'go' },
      { kind: 'tool-call-delta', choice: 0, index: 0, arguments: '{"a":1}' },
      { kind: 'choice-end', choice: 0, finishReason: 'tool-calls' },
    ]);
    const whole = read(CREATED, completed([{ type: 'message', content: [{ type: 'output_text', text: 'Hi' }] }]));
    expect(whole[1]).toEqual({ kind: 'text-delta', choice: 0, text: 'Hi' });
  });

  it('is read with several parts of a summary and the sealed thought behind them', () => {
    const summary = [
      { type: 'summary_text', text: 'One' },
      { type: 'summary_text', text: 'Two' },
    ];
    const events = read(
      CREATED,
      summaryPart(0),
      { type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index: 0, delta: 'One' },
      summaryPart(1),
      { type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index: 1, delta: 'Two' },
      {
        type: 'response.output_item.done',
        output_index: 0,
        item: { type: 'reasoning', id: 'rs_1', summary, encrypted_content: 'gAAA' },
      },
    );
    expect(events.slice(1)).toEqual([
      { kind: 'thinking-delta', choice: 0, text: 'One' },
      { kind: 'thinking-delta', choice: 0, text: '\n\n' },
      { kind: 'thinking-delta', choice: 0, text: 'Two' },
      { kind: 'thinking-end', choice: 0, signature: 'openai:rs_1:gAAA' },
    ]);
  });

  it('passes over the progress of hosted tools, and refuses what is no event of this API', () => {
    expect(read({ type: 'response.web_search_call.searching', output_index: 0 }, { type: 'keepalive' })).toEqual([]);
    expect(() => read({ type: 'message_start' })).toThrow('not a part of a response');
    expect(() => read({ type: 'error', message: 'overloaded', code: 'server_error' })).toThrow('overloaded');
    expect(() => read({ type: 'response.failed', response: { error: { code: 'server_error', message: 'broken' } } })).toThrow(
      'broken',
    );
  });

  it('that fails says so in an error event and in the failed response', () => {
    const encoder = openAiResponses.createStreamEncoder(asked());
    encoder.put({ kind: 'start', id: 'resp_1', model: 'm', created: 1 });
    encoder.put({ kind: 'text-delta', choice: 0, text: 'Hal' });
    const events = encoder.fail(new ShoalError('model_stream_cut', 'Cut.')).map(({ data }) => JSON.parse(data) as Json);
    expect(events.map((event) => event['type'])).toEqual([
      'error',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.failed',
    ]);
    for (const event of events) expect(problemsUnder('responses', 'ResponseStreamEvent', event)).toEqual([]);
    expect(events.at(-1)).toMatchObject({
      response: { status: 'failed', error: { code: 'server_error', message: 'Cut.' }, output: [{ status: 'incomplete' }] },
    });
  });

  it('tells of every step in the API’s order, numbered without a gap', () => {
    const encoder = openAiResponses.createStreamEncoder(asked());
    const events: readonly ModelEvent[] = [
      { kind: 'start', id: 'resp_1', model: 'm', created: 1 },
      { kind: 'thinking-delta', choice: 0, text: 'Hm' },
      { kind: 'thinking-end', choice: 0 },
      { kind: 'text-delta', choice: 0, text: 'Hi' },
      { kind: 'tool-call-start', choice: 0, index: 0, id: 'c', name: 'go' },
      { kind: 'tool-call-delta', choice: 0, index: 0, arguments: '{}' },
      { kind: 'choice-end', choice: 0, finishReason: 'tool-calls' },
      { kind: 'end' },
    ];
    const written = events.flatMap((event) => encoder.put(event)).map(({ data }) => JSON.parse(data) as Json);
    expect(written.map((event) => event['sequence_number'])).toEqual([...written.keys()]);
    expect(written.map((event) => String(event['type']).slice('response.'.length))).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'reasoning_summary_part.added',
      'reasoning_summary_text.delta',
      'reasoning_summary_text.done',
      'reasoning_summary_part.done',
      'output_item.done',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'output_item.done',
      'output_item.added',
      'function_call_arguments.delta',
      'function_call_arguments.done',
      'output_item.done',
      'completed',
    ]);
    const done = written.filter((event) => event['type'] === 'response.output_item.done').map((event) => event['item']);
    expect(written.at(-1)).toMatchObject({ response: { output: done } });
  });
});

const carriedThought = (encrypted_content: string): Json => ({
  type: 'reasoning',
  id: 'rs_here',
  summary: [],
  encrypted_content,
});

describe('a thread', () => {
  const first = { model: 'm', input: 'Hello', instructions: 'Be brief' };
  const output = [
    { type: 'reasoning', id: 'rs_1', summary: [] },
    { type: 'reasoning', id: 'rs_2', summary: [], encrypted_content: 'gAAA' },
    {
      type: 'message',
      id: 'msg_1',
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'Hi', annotations: [] }],
    },
    { type: 'function_call', id: 'fc_1', status: 'completed', call_id: 'c', name: 'go', arguments: '{}' },
  ];

  it('goes on with what was said before, without the ids of a store that the next model does not have', () => {
    const kept = { input: inputItems(first.input), response: { output } };
    const result = { type: 'function_call_output', call_id: 'c', output: 'gone' };
    const next = continueThread(kept, { model: 'other', previous_response_id: 'resp_1', input: [result], user: 'u' });
    expect(next).toEqual({
      model: 'other',
      user: 'u',
      input: [
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] },
        { type: 'reasoning', id: 'rs_2', summary: [], encrypted_content: 'gAAA' },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi', annotations: [] }] },
        { type: 'function_call', call_id: 'c', name: 'go', arguments: '{}' },
        result,
      ],
    });
    expect(openAiResponses.decodeRequest(next).messages.map((message) => message.role)).toEqual(['user', 'assistant', 'tool']);
    expect(inputItems(next['input'])).toEqual(next['input']);
  });

  it('leaves out the work of tools that OpenAI runs itself', () => {
    const searched = { type: 'web_search_call', id: 'ws_1', status: 'completed' };
    const kept = { input: [], response: { output: [searched, { type: 'computer_call', call_id: 'c' }] } };
    expect(continueThread(kept, { model: 'm' })['input']).toEqual([{ type: 'computer_call', call_id: 'c' }]);
  });

  it('finds the response at the end of a stream', () => {
    const [completed, incomplete, created] = ['completed', 'incomplete', 'created'].map((state) =>
      JSON.stringify({ type: `response.${state}`, response: { id: 'resp_1' } }),
    ) as [string, string, string];
    expect(finalResponseIn({ data: completed })).toEqual({ id: 'resp_1' });
    expect(finalResponseIn({ data: incomplete })).toEqual({ id: 'resp_1' });
    for (const data of [created, '"response.completed"', '{"type":"response.completed"', '[DONE]']) {
      expect(finalResponseIn({ data })).toBeUndefined();
    }
  });

  it('goes to OpenAI itself with the thoughts that OpenAI had, in their own form', () => {
    const own = { type: 'reasoning', id: 'rs_9', summary: [], encrypted_content: 'gAAA' };
    const input = [
      own,
      carriedThought('signature:anthropic:sig'),
      carriedThought('signature:openai:rs_1:gBBB'),
      carriedThought('redacted:openai:rs_2:gCCC'),
    ];
    expect(withNativeThoughts({ model: 'm', input })).toEqual({
      model: 'm',
      input: [own, { ...carriedThought('gBBB'), id: 'rs_1' }, { ...carriedThought('gCCC'), id: 'rs_2' }],
    });
    const untouched = { model: 'm', input: [own, { role: 'user', content: 'signature:' }] };
    expect(withNativeThoughts(untouched)).toBe(untouched);
  });
});
