// Servers that speak OpenAI's Chat Completions differ in what they accept; what is known of one is applied, what a
// refusal teaches is taken over step by step until nothing is left to give way.
import { describe, expect, it } from 'vitest';
import { DEEPSEEK } from '../../../gateway/models/providers/definitions/deepseek.ts';
import { MISTRAL } from '../../../gateway/models/providers/definitions/mistral.ts';
import { fitChatBody, quirksAfter } from '../../../gateway/models/providers/quirks.ts';
import type { Quirks } from '../../../gateway/models/providers/quirks.ts';
import { resolveProviders } from '../../../gateway/models/providers/resolve-providers.ts';

const schema = { type: 'object', properties: {} };
const strict = { type: 'json_schema', json_schema: { name: 'a', schema, strict: true } };
const openai = resolveProviders({ providers: {}, prices: {} }, {})[0];

describe('a body is fitted to a server', () => {
  it('and is the same object where nothing has to change', () => {
    const body = { model: 'm', messages: [], max_tokens: 5, seed: 1 };
    expect(fitChatBody(body, { capField: 'max_tokens', seedField: 'seed', refuses: ['user'] })).toEqual({
      json: body,
      dropped: [],
    });
    expect(fitChatBody(body, { capField: 'max_tokens' }).json).toBe(body);
  });

  it('by the names that Mistral has', () => {
    const body = {
      model: 'm',
      max_completion_tokens: 5,
      seed: 1,
      stream: true,
      stream_options: { include_usage: true },
      user: 'u',
    };
    expect(fitChatBody(body, MISTRAL.quirks)).toEqual({
      json: { model: 'm', max_tokens: 5, random_seed: 1, stream: true },
      dropped: ['user'],
    });
  });

  it('by what OpenAI’s thinking models take', () => {
    const body = { model: 'gpt-5', max_tokens: 5, temperature: 0.2 };
    expect(fitChatBody(body, openai?.quirks('gpt-5') ?? {})).toEqual({
      json: { model: 'gpt-5', max_completion_tokens: 5 },
      dropped: ['temperature'],
    });
    expect(fitChatBody(body, openai?.quirks('gpt-4o') ?? {}).json).toBe(body);
  });

  it('by sharing the cap where it holds for the answer only, so that no more is written than is paid for', () => {
    const qwen = resolveProviders({ providers: {}, prices: {} }, {}).find(({ id }) => id === 'qwen');
    const fitted = (model: string, more: object): unknown =>
      fitChatBody({ max_tokens: 1000, ...more }, qwen?.quirks(model) ?? {}).json;
    expect(fitted('qwen3.7-max', {})).toEqual({ max_tokens: 500, thinking_budget: 500 });
    expect(fitted('qwen3.7-max', { thinking_budget: 200 })).toEqual({ max_tokens: 800, thinking_budget: 200 });
    expect(fitted('qwen3.7-max', { thinking_budget: 9000 })).toEqual({ max_tokens: 1, thinking_budget: 999 });
    expect(fitted('qwen3.7-max', { enable_thinking: false })).toEqual({ max_tokens: 1000, enable_thinking: false });
    expect(fitted('qwen3-max', {})).toEqual({ max_tokens: 1000 });
    expect(fitted('qwen3-max', { enable_thinking: true })).toEqual({
      max_tokens: 500,
      thinking_budget: 500,
      enable_thinking: true,
    });
  });

  it('by putting a schema into the prompt where it is not enforced', () => {
    const body = { model: 'm', messages: [{ role: 'user', content: 'Hi' }], response_format: strict };
    const { json, dropped } = fitChatBody(body, DEEPSEEK.quirks);
    expect(json['response_format']).toEqual({ type: 'json_object' });
    expect(json['messages']).toEqual([
      { role: 'system', content: `Answer with JSON only, valid under this JSON Schema: ${JSON.stringify(schema)}` },
      { role: 'user', content: 'Hi' },
    ]);
    expect(dropped).toEqual(['response_format']);
    expect(body.messages).toHaveLength(1);
  });
});

describe('a refusal teaches', () => {
  it('the other name of the cap, once', () => {
    const sent = { max_tokens: 5 };
    const next = quirksAfter({}, "Unsupported parameter: 'max_tokens' is not supported with this model.", sent);
    expect(next).toEqual({ capField: 'max_completion_tokens', capFieldTried: true });
    expect(quirksAfter(next ?? {}, 'max_completion_tokens is too large', { max_completion_tokens: 5 })).toBeUndefined();
  });

  it('a weaker form of the answer, step by step to the words of the prompt', () => {
    const steps: (string | undefined)[] = [];
    let quirks: Quirks | undefined = {};
    while (quirks !== undefined && steps.length < 10) {
      const { json } = fitChatBody({ messages: [], response_format: strict }, quirks);
      quirks = quirksAfter(quirks, 'response_format is not supported', json);
      steps.push(quirks?.answerForm);
    }
    expect(steps).toEqual(['json-schema', 'json-object', 'words', undefined]);
  });

  it('to leave out a field that was sent and is named, and nothing that was not sent', () => {
    expect(quirksAfter({}, 'Unknown field: seed', { seed: 1 })).toEqual({ refuses: ['seed'] });
    expect(quirksAfter({}, 'Unknown field: seed', {})).toBeUndefined();
    expect(quirksAfter({ refuses: ['user'] }, 'stream_options: extra fields not permitted', { stream_options: {} })).toEqual({
      refuses: ['user'],
      streamUsage: 'always',
    });
    const camel = 'Model grok-4.5 does not support parameter presencePenalty.';
    expect(quirksAfter({}, camel, { presence_penalty: 0 })).toEqual({ refuses: ['presence_penalty'] });
    expect(quirksAfter({}, 'messages is required', { messages: [] })).toBeUndefined();
  });
});
