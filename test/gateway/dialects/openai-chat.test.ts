import { describe, expect, it } from 'vitest';
import type { ModelEvent, ModelRequest, Usage } from '../../../gateway/models/exchange.ts';
import { openAiChat } from '../../../gateway/models/dialects/openai-chat/index.ts';
import { ShoalError } from '#foundation';
import { problemsUnder } from './published-schema.ts';

const USER = { role: 'user', content: 'Hello' };
const asked = (fields: object = {}): ModelRequest => openAiChat.decodeRequest({ model: 'gpt-4o', messages: [USER], ...fields });
const complaint = (fields: object): string => {
  try {
    asked(fields);
  } catch (error) {
    if (error instanceof ShoalError && error.code === 'invalid_input') return String(error.details['param']);
    throw error;
  }
  return 'accepted';
};
const read = (...chunks: readonly unknown[]): readonly ModelEvent[] => {
  const decoder = openAiChat.createStreamDecoder();
  return chunks.flatMap((chunk) => decoder.take({ data: typeof chunk === 'string' ? chunk : JSON.stringify(chunk) }));
};
const chunkOf = (delta: object, rest: object = {}): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, delta, finish_reason: null, ...rest }],
});
const START = { kind: 'start', id: 'chatcmpl-1', model: 'gpt-4o-2024-08-06', created: 1_700_000_000 };

const resultWithImage = (id: string): ModelRequest['messages'][number] => ({
  role: 'tool',
  parts: [
    {
      kind: 'tool-result',
      toolCallId: id,
      content: [
        { kind: 'text', text: id },
        { kind: 'image', source: { kind: 'bytes', mediaType: 'image/png', base64: 'AAAA' } },
      ],
    },
  ],
});
/** What stands before the text of an answer. */
const thoughtsIn = (message: object): unknown =>
  openAiChat.decodeResponse({ choices: [{ message: { content: 'Hi', ...message } }] }).choices[0]?.parts.slice(0, -1);
const usageIn = (said: object): Usage | undefined => openAiChat.usageOf({ usage: said });
const errorWords = (error: ShoalError): unknown => {
  const { status, json } = openAiChat.encodeError(error);
  expect(problemsUnder('shared', 'ErrorObject', json['error'])).toEqual([]);
  const { type, code, param } = json['error'] as Record<string, unknown>;
  return [status, type, code, param];
};

describe('a chat completion request', () => {
  it('is read with every kind of message and part', () => {
    const { messages } = asked({
      messages: [
        { role: 'developer', content: [{ type: 'text', text: 'Be brief', cache_control: { type: 'ephemeral', ttl: '1h' } }] },
        {
          role: 'user',
          name: 'ann',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'https://example.org/a.png', detail: 'low' } },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,BBBB' } },
            { type: 'file', file: { file_id: 'file-1' } },
            { type: 'input_audio', input_audio: { data: 'CCCC', format: 'wav' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'Hm',
          refusal: null,
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'a cat' },
      ],
    });
    expect(messages).toEqual([
      { role: 'system', parts: [{ kind: 'text', text: 'Be brief', cache: { ttl: '1h' } }] },
      {
        role: 'user',
        name: 'ann',
        parts: [
          { kind: 'text', text: 'What is this?' },
          { kind: 'image', source: { kind: 'url', url: 'https://example.org/a.png' }, detail: 'low' },
          { kind: 'image', source: { kind: 'bytes', mediaType: 'image/png', base64: 'AAAA' } },
          { kind: 'file', source: { kind: 'bytes', mediaType: 'application/pdf', base64: 'BBBB' }, name: 'a.pdf' },
          { kind: 'file', source: { kind: 'url', url: 'openai-file:file-1' } },
          { kind: 'audio', base64: 'CCCC', format: 'wav' },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { kind: 'thinking', text: 'Hm' },
          { kind: 'tool-call', id: 'call_1', name: 'look', arguments: '{"at":1}' },
        ],
      },
      { role: 'tool', parts: [{ kind: 'tool-result', toolCallId: 'call_1', content: [{ kind: 'text', text: 'a cat' }] }] },
    ]);
  });

  it('names the field that is wrong', () => {
    expect(complaint({ model: undefined })).toBe('model');
    expect(complaint({ messages: 'Hello' })).toBe('messages');
    expect(complaint({ messages: [USER, { role: 'poet', content: 'x' }] })).toBe('messages[1].role');
    expect(complaint({ messages: [{ role: 'user', content: [{ type: 'video' }] }] })).toBe('messages[0].content[0].type');
    expect(complaint({ messages: [{ role: 'tool', content: 'x' }] })).toBe('messages[0].tool_call_id');
    expect(complaint({ temperature: 'warm' })).toBe('temperature');
    expect(complaint({ max_tokens: 0 })).toBe('max_tokens');
    expect(complaint({ n: 1.5 })).toBe('n');
    expect(complaint({ tools: [{ type: 'function', function: {} }] })).toBe('tools[0].function.name');
    expect(complaint({ tool_choice: 'maybe' })).toBe('tool_choice');
    expect(complaint({ response_format: { type: 'xml' } })).toBe('response_format.type');
    expect(complaint({ reasoning_effort: 'much' })).toBe('reasoning_effort');
    expect(complaint({ stop: [1] })).toBe('stop[0]');
  });

  it('keeps what the common form has no word for, and gives it to this API only as far as it is its own', () => {
    const custom = { type: 'custom', custom: { name: 'grammar' } };
    const request = asked({ logit_bias: { 50256: -100 }, store: true, invented: 1, tools: [custom], safety_identifier: 'u1' });
    expect(request.user).toBe('u1');
    expect(request.extra).toEqual({ logit_bias: { 50256: -100 }, store: true, invented: 1, tools: [custom] });
    const { json, dropped } = openAiChat.encodeRequest(request);
    expect(json).toMatchObject({ logit_bias: { 50256: -100 }, store: true, tools: [custom] });
    expect(dropped).toEqual(['invented']);
  });

  it('for a reasoning model caps the thinking too, and leaves out what such models refuse', () => {
    const fields = { max_tokens: 100, temperature: 0.3, top_k: 5, reasoning_effort: 'high', stop: 'x' };
    const forModel = (model: string): ReturnType<typeof openAiChat.encodeRequest> =>
      openAiChat.encodeRequest({ ...asked(fields), model });
    for (const model of ['o3-mini', 'gpt-5-mini', 'openai/gpt-5.1']) {
      const { json, dropped } = forModel(model);
      expect(json).toMatchObject({ max_completion_tokens: 100, reasoning_effort: 'high' });
      expect(json).not.toHaveProperty('max_tokens');
      expect(dropped).toEqual(['temperature', 'topK', 'stop']);
    }
    const plain = forModel('gpt-4o-mini');
    expect(plain.json).toMatchObject({ max_tokens: 100, temperature: 0.3, stop: ['x'] });
    expect(plain.dropped).toEqual(['topK', 'thinking']);
    const other = forModel('openai/gpt-oss-120b');
    expect(other.json).toMatchObject({ max_tokens: 100, temperature: 0.3, top_k: 5, reasoning_effort: 'high' });
    expect(other.dropped).toEqual([]);
  });

  it('puts the images of tool results behind the last result in a row', () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
    const { json } = openAiChat.encodeRequest({
      ...asked(),
      messages: [resultWithImage('a'), resultWithImage('b'), ...asked().messages],
    });
    expect(json['messages']).toEqual([
      { role: 'tool', tool_call_id: 'a', content: 'a' },
      { role: 'tool', tool_call_id: 'b', content: 'b' },
      { role: 'user', content: [image, image] },
      USER,
    ]);
  });

  it('sends thoughts back to servers that show them, and not to OpenAI', () => {
    const messages = asked({ messages: [USER, { role: 'assistant', content: 'Hi', reasoning_content: 'Hm' }] }).messages;
    const to = (model: string): unknown => openAiChat.encodeRequest({ ...asked(), messages, model });
    expect(to('deepseek-reasoner')).toMatchObject({ json: { messages: [USER, { reasoning_content: 'Hm' }] }, dropped: [] });
    expect(to('gpt-4o')).toMatchObject({
      json: { messages: [USER, { role: 'assistant', content: 'Hi' }] },
      dropped: ['thinking'],
    });
  });
});

const turnWithThought = (proof: object): ModelRequest['messages'][number] => ({
  role: 'assistant',
  parts: [
    { kind: 'thinking', text: 'Hm', ...proof },
    { kind: 'text', text: 'Hi' },
  ],
});

const sentWith = (proof: object): unknown =>
  openAiChat.encodeRequest({ ...asked(), model: 'openrouter/claude', messages: [turnWithThought(proof)] }).json['messages'];

describe('a thought of another API', () => {
  it('is sent with its proof only where an Anthropic model may stand behind the server', () => {
    const said = { role: 'assistant', content: 'Hi', reasoning_content: 'Hm' };
    const proven = [{ ...said, reasoning_details: [{ type: 'reasoning.text', text: 'Hm', signature: 'sig' }] }];
    expect(sentWith({ signature: 'anthropic:sig' })).toEqual(proven);
    expect(sentWith({ signature: 'sig' })).toEqual(proven);
    expect(sentWith({ signature: 'openai:rs_1:gAAA' })).toEqual([said]);
    expect(sentWith({ signature: 'gemini:AAAA' })).toEqual([said]);
  });
});

describe('a chat completion', () => {
  it('is read from servers that leave half of it out', () => {
    expect(openAiChat.decodeResponse({ choices: [{ message: { content: 'Hi' } }] })).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-\w{32}$/) as unknown,
      choices: [{ parts: [{ kind: 'text', text: 'Hi' }], finishReason: 'other' }],
      usage: { inputTokens: 0 },
    });
    const parts = { content: [{ type: 'text', text: 'a' }, { text: 'b' }], tool_calls: null };
    expect(openAiChat.decodeResponse({ choices: [{ message: parts, finish_reason: 'stop' }] }).choices[0]?.parts).toEqual([
      { kind: 'text', text: 'ab' },
    ]);
    const calls = [{ function: { name: 'look', arguments: { at: 1 } } }, { id: 'x', function: { name: 'go' } }];
    const called = openAiChat.decodeResponse({ choices: [{ message: { tool_calls: calls }, finish_reason: 'stop' }] });
    expect(called.choices[0]).toEqual({
      parts: [
        { kind: 'tool-call', id: 'call-0', name: 'look', arguments: '{"at":1}' },
        { kind: 'tool-call', id: 'x', name: 'go', arguments: '' },
      ],
      finishReason: 'tool-calls',
    });
  });

  it('that is an error in disguise, or nothing of the kind, is one', () => {
    expect(() => openAiChat.decodeResponse({ error: { message: 'no capacity' } })).toThrow('no capacity');
    expect(() => openAiChat.decodeResponse({ choices: [] })).toThrow('without choices');
    expect(() => openAiChat.decodeResponse('<html>')).toThrow(ShoalError);
  });

  it('has its thoughts under every name, with their proof', () => {
    expect(thoughtsIn({ reasoning_content: 'Hm' })).toEqual([{ kind: 'thinking', text: 'Hm' }]);
    const details = [
      { type: 'reasoning.text', text: 'Hm', signature: 'sig' },
      { type: 'reasoning.encrypted', data: 'dark' },
    ];
    expect(thoughtsIn({ reasoning: 'Hm', reasoning_details: details })).toEqual([
      { kind: 'thinking', text: 'Hm', signature: 'sig' },
      { kind: 'thinking', text: '', redacted: 'dark' },
    ]);
    expect(
      thoughtsIn({ reasoning_content: 'Hm', reasoning_details: [{ type: 'reasoning.text', text: '', signature: 'sig' }] }),
    ).toEqual([{ kind: 'thinking', text: 'Hm', signature: 'sig' }]);
  });

  it('passes log-probabilities on as they are', () => {
    const logprobs = { content: [{ token: 'Hi', logprob: -0.1, bytes: [72, 105], top_logprobs: [] }], refusal: null };
    const response = openAiChat.decodeResponse({ choices: [{ message: { content: 'Hi' }, finish_reason: 'stop', logprobs }] });
    const json = openAiChat.encodeResponse(response, { model: 'm' });
    expect(json['choices']).toMatchObject([{ logprobs }]);
    expect(problemsUnder('chat', 'ChatCompletion', json)).toEqual([]);
  });

  it('without an id or a model gets one, the same however often it is written', () => {
    const response = openAiChat.decodeResponse({ choices: [{ message: { content: 'Hi' } }] });
    const json = openAiChat.encodeResponse(response, { model: 'mine' });
    expect(json).toMatchObject({ id: response.id, model: 'mine' });
    expect(openAiChat.encodeResponse(response, { model: 'mine' })).toEqual(json);
  });
});

describe('usage of a chat completion', () => {
  it('is read in every server’s words', () => {
    const details = { prompt_tokens_details: { cached_tokens: 6 }, completion_tokens_details: { reasoning_tokens: 2 } };
    const openAi = usageIn({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, ...details });
    expect(openAi).toEqual({ inputTokens: 10, outputTokens: 5, cachedInputTokens: 6, cacheWriteTokens: 0, reasoningTokens: 2 });
    expect(usageIn({ prompt_tokens: 10, completion_tokens: 5, prompt_cache_hit_tokens: 4 })).toMatchObject({
      cachedInputTokens: 4,
    });
    expect(openAiChat.usageOf({ x_groq: { usage: { prompt_tokens: 1, completion_tokens: 2 } } })).toMatchObject({
      outputTokens: 2,
    });
  });

  it('counts thinking that only the total shows', () => {
    const details = { completion_tokens_details: { reasoning_tokens: 40 } };
    expect(usageIn({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 55, ...details })).toMatchObject({
      outputTokens: 45,
      reasoningTokens: 40,
    });
  });

  it('that makes no sense is unknown, not zero', () => {
    expect(usageIn({ prompt_tokens: -1, completion_tokens: 5 })).toBeUndefined();
    expect(usageIn({ prompt_tokens: 10 })).toBeUndefined();
    expect(usageIn({ prompt_tokens: '10', completion_tokens: 5 })).toBeUndefined();
    expect(openAiChat.usageOf(undefined)).toBeUndefined();
  });

  it('is looked for only where a chunk has the field, and a text cannot fake it', () => {
    const before: Usage = { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
    const after = (data: string): Usage | undefined => openAiChat.usageOfEvent({ data }, before);
    expect(after(JSON.stringify({ usage: { prompt_tokens: 3, completion_tokens: 2 } }))).toMatchObject({ inputTokens: 3 });
    expect(after('{"choices":[], "usage" : {"prompt_tokens":4,"completion_tokens":2}}')).toMatchObject({ inputTokens: 4 });
    expect(after(JSON.stringify(chunkOf({ content: '"usage":{"prompt_tokens":9}' })))).toBe(before);
    expect(after('{"usage":null}')).toBe(before);
    expect(after('{"usage":{"prompt_tokens":')).toBe(before);
    expect(after('[DONE]')).toBe(before);
  });
});

describe('a stream of chunks', () => {
  it('is read with usage in the middle, at the end and with empty choices', () => {
    const usage = { prompt_tokens: 3, completion_tokens: 1 };
    const events = read(
      { id: '', model: '', choices: [], prompt_filter_results: [] },
      chunkOf({ role: 'assistant', content: '' }),
      { ...chunkOf({ content: 'Hi' }), usage },
      chunkOf({}, { finish_reason: 'stop' }),
      { ...chunkOf({}), choices: [], usage: { ...usage, completion_tokens: 2 } },
      '[DONE]',
    );
    expect(events).toEqual([
      START,
      { kind: 'text-delta', choice: 0, text: 'Hi' },
      { kind: 'usage', usage: expect.objectContaining({ outputTokens: 1 }) as unknown },
      { kind: 'choice-end', choice: 0, finishReason: 'stop' },
      { kind: 'usage', usage: expect.objectContaining({ outputTokens: 2 }) as unknown },
      { kind: 'end' },
    ]);
  });

  it('is read with calls whose index is missing or always the same, whose names repeat or come late', () => {
    const call = (fields: object): object => chunkOf({ tool_calls: [fields] });
    const events = read(
      call({ index: 0, id: 'a', function: { name: 'look', arguments: '' } }),
      call({ index: 0, id: 'a', function: { name: 'look', arguments: '{}' } }),
      call({ index: 0, id: 'b', function: { arguments: '{"x":' } }),
      call({ index: 0, function: { name: 'go', arguments: '1}' } }),
      chunkOf({
        tool_calls: [
          { function: { name: 'stop', arguments: '{}' } },
          { id: 'd', function: { name: 'end', arguments: { y: 1 } } },
        ],
      }),
      chunkOf({}, { finish_reason: 'stop' }),
    );
    expect(events.slice(1)).toEqual([
      { kind: 'tool-call-start', choice: 0, index: 0, id: 'a', name: 'look' },
      { kind: 'tool-call-delta', choice: 0, index: 0, arguments: '{}' },
      { kind: 'tool-call-start', choice: 0, index: 1, id: 'b', name: 'go' },
      { kind: 'tool-call-delta', choice: 0, index: 1, arguments: '{"x":' },
      { kind: 'tool-call-delta', choice: 0, index: 1, arguments: '1}' },
      { kind: 'tool-call-delta', choice: 0, index: 1, arguments: '{}' },
      { kind: 'tool-call-start', choice: 0, index: 2, id: 'd', name: 'end' },
      { kind: 'tool-call-delta', choice: 0, index: 2, arguments: '{"y":1}' },
      { kind: 'choice-end', choice: 0, finishReason: 'tool-calls' },
    ]);
  });

  it('is read with thoughts under every name, told once where a server says them twice', () => {
    const said = [{ type: 'reasoning.text', text: 'b' }];
    const logprobs = { content: [{ token: 'a', logprob: -1, bytes: null, top_logprobs: [] }] };
    const events = read(
      chunkOf({ content: '', reasoning_content: 'a' }, { logprobs }),
      chunkOf({ reasoning: 'b', reasoning_details: said }),
      chunkOf({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'c' }] }] }),
      chunkOf({ content: 'Hi' }),
    );
    expect(events.slice(1)).toEqual([
      ...['a', 'b', 'c'].map((text) => ({ kind: 'thinking-delta', choice: 0, text })),
      { kind: 'thinking-end', choice: 0 },
      { kind: 'text-delta', choice: 0, text: 'Hi' },
    ]);
  });

  it('is finished once every choice has ended, with or without [DONE]', () => {
    const decoder = openAiChat.createStreamDecoder();
    expect(decoder.finished).toBe(false);
    decoder.take({ data: JSON.stringify(chunkOf({ content: 'Hi' })) });
    expect(decoder.finished).toBe(false);
    decoder.take({ data: JSON.stringify(chunkOf({}, { finish_reason: 'length' })) });
    expect(decoder.finished).toBe(true);
    expect(read(chunkOf({ content: 'Hi' }), '[DONE]').slice(2)).toEqual([
      { kind: 'choice-end', choice: 0, finishReason: 'other' },
      { kind: 'end' },
    ]);
  });

  it('fails with the words of the error inside it, and with an event that is none of this API', () => {
    expect(() => read({ error: { message: 'overloaded', code: 503 } })).toThrow('overloaded');
    expect(() => read('<html>')).toThrow('not a part of a completion');
    expect(() => read('{"choices":[{"del')).toThrow('not a part of a completion');
  });

  it('is written with usage only when asked for, null until the last chunk', () => {
    const events: readonly ModelEvent[] = [
      { kind: 'start', id: 'chatcmpl-1', model: 'm', created: 1 },
      { kind: 'text-delta', choice: 0, text: 'Hi' },
      { kind: 'choice-end', choice: 0, finishReason: 'stop' },
      {
        kind: 'usage',
        usage: { inputTokens: 3, outputTokens: 1, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
      },
      { kind: 'end' },
    ];
    const write = (streamUsage: boolean): readonly string[] => {
      const encoder = openAiChat.createStreamEncoder({ model: 'm', streamUsage });
      return events.flatMap((event) => encoder.put(event)).map(({ data }) => data);
    };
    expect(write(false)).toHaveLength(3);
    expect(write(false).at(-1)).toBe('[DONE]');
    expect(write(false).some((data) => data.includes('usage'))).toBe(false);
    const [first, second, last] = write(true)
      .slice(0, -1)
      .map((data) => JSON.parse(data) as { choices: unknown[]; usage: unknown });
    expect([first?.usage, second?.usage]).toEqual([null, null]);
    expect(last).toMatchObject({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 } });
  });

  it('gives a call without arguments an empty object, which clients can parse', () => {
    const encoder = openAiChat.createStreamEncoder({ model: 'm', streamUsage: false });
    encoder.put({ kind: 'tool-call-start', choice: 0, index: 0, id: 'a', name: 'go' });
    const [filled, ended] = encoder.put({ kind: 'choice-end', choice: 0, finishReason: 'tool-calls' });
    expect(filled?.data).toContain('"arguments":"{}"');
    expect(ended?.data).toContain('"finish_reason":"tool_calls"');
  });
});

describe('an error', () => {
  it('has OpenAI’s status and words', () => {
    const invalid = new ShoalError('invalid_input', 'x', { details: { param: 'messages' } });
    expect(errorWords(invalid)).toEqual([400, 'invalid_request_error', null, 'messages']);
    expect(errorWords(new ShoalError('unauthenticated', 'x'))).toEqual([401, 'invalid_request_error', 'invalid_api_key', null]);
    expect(errorWords(new ShoalError('budget_exceeded', 'x'))).toEqual([429, 'insufficient_quota', 'insufficient_quota', null]);
    expect(errorWords(new ShoalError('limit_exceeded', 'x'))).toEqual([429, 'requests', 'rate_limit_exceeded', null]);
    for (const [limit, type] of [
      ['tokensPerMinute', 'tokens'],
      ['limits.providers.openai.tokensPerMinute', 'tokens'],
      ['requestsPerMinute', 'requests'],
    ] as const) {
      const limited = new ShoalError('limit_exceeded', 'x', { details: { limit } });
      expect(errorWords(limited)).toEqual([429, type, 'rate_limit_exceeded', null]);
    }
    expect(errorWords(new ShoalError('model_unknown', 'x'))).toEqual([404, 'invalid_request_error', 'model_not_found', 'model']);
    expect(errorWords(new ShoalError('context_exceeded', 'x'))).toEqual([
      400,
      'invalid_request_error',
      'context_length_exceeded',
      null,
    ]);
    expect(errorWords(new ShoalError('guardrail_blocked', 'x'))).toEqual([400, 'invalid_request_error', 'content_filter', null]);
    expect(errorWords(new ShoalError('model_timeout', 'x'))).toEqual([504, 'server_error', 'model_timeout', null]);
    expect(errorWords(new ShoalError('internal', 'x'))).toEqual([500, 'server_error', 'internal', null]);
  });

  it('tells what to do', () => {
    const { json } = openAiChat.encodeError(new ShoalError('budget_exceeded', 'Used up.', { hint: 'Raise the limit.' }));
    expect(json).toMatchObject({ error: { message: 'Used up. Raise the limit.' } });
  });

  it('is read from every server’s body', () => {
    expect(openAiChat.readError('{"error":{"message":"No","type":"t","code":"invalid_api_key"}}')).toEqual({
      message: 'No',
      code: 'invalid_api_key',
    });
    expect(openAiChat.readError('{"error":{"message":"No","code":429}}')).toEqual({ message: 'No', code: '429' });
    expect(openAiChat.readError('[{"error":{"message":"No","code":400}}]')).toEqual({ message: 'No', code: '400' });
    expect(openAiChat.readError('{"object":"error","message":"No","type":"BadRequestError","code":400}')).toEqual({
      message: 'No',
      code: 'BadRequestError',
    });
    expect(openAiChat.readError('{"error":"No"}')).toEqual({ message: 'No', code: '' });
    expect(openAiChat.readError('{"message":"No","type":"bad"}')).toEqual({ message: 'No', code: 'bad' });
    expect(openAiChat.readError('{"detail":"No"}')).toEqual({ message: 'No', code: '' });
    expect(openAiChat.readError('<html>\n  Bad gateway</html>')).toEqual({ message: '<html> Bad gateway</html>', code: '' });
    expect(openAiChat.readError('')).toEqual({ message: '', code: '' });
  });
});
