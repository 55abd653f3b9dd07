import { describe, expect, it } from 'vitest';
import { gemini } from '../../../gateway/models/dialects/gemini/index.ts';
import type { Json, ModelMessage, ModelRequest, Part } from '../../../gateway/models/exchange.ts';

const asked = (more: Json = {}): Json => ({
  model: 'gemini-3-pro',
  contents: [{ role: 'user', parts: [{ text: 'Hello' }] }],
  ...more,
});
const read = (more: Json = {}): ModelRequest => gemini.decodeRequest(asked(more));
const written = (request: Partial<ModelRequest>): ReturnType<typeof gemini.encodeRequest> =>
  gemini.encodeRequest({ ...read(), ...request });
const text = (value: string): Part => ({ kind: 'text', text: value });
const call = (id: string): Part => ({ kind: 'tool-call', id, name: 'look', arguments: '{"at":1}' });
const result = (id: string, more: Partial<Extract<Part, { kind: 'tool-result' }>> = {}): Part => ({
  kind: 'tool-result',
  toolCallId: id,
  content: [text('found')],
  ...more,
});
const user: ModelMessage = { role: 'user', parts: [text('a')] };

describe('writing a generateContent request', () => {
  it('leaves the model to the address', () => {
    expect(written({ stream: true }).json).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] });
  });

  it('gives a signature back on the part that follows its thought', () => {
    const messages: readonly ModelMessage[] = [
      user,
      { role: 'assistant', parts: [{ kind: 'thinking', text: 'hm', signature: 'gemini:c2ln' }, call('1'), call('2')] },
      { role: 'tool', parts: [result('1'), result('2')] },
      { role: 'assistant', parts: [text('so'), { kind: 'thinking', text: '', signature: 'gemini:ZW5k' }] },
    ];
    const { json, dropped } = written({ messages });
    expect(json['contents']).toMatchObject([
      {},
      {
        parts: [
          { text: 'hm', thought: true },
          { functionCall: { name: 'look' }, thoughtSignature: 'c2ln' },
          { functionCall: { id: '2' } },
        ],
      },
      { parts: [{ functionResponse: { id: '1', name: 'look', response: { output: 'found' } } }, {}] },
      { parts: [{ text: 'so' }, { text: '', thoughtSignature: 'ZW5k' }] },
    ]);
    expect(JSON.stringify(json).match(/thoughtSignature/g)).toHaveLength(2);
    expect(dropped).toEqual([]);
    expect(gemini.decodeRequest({ ...json, model: 'gemini-3-pro' }).messages).toEqual(messages);
  });

  it('marks calls of another model as unsigned where Gemini wants them signed', () => {
    const messages: readonly ModelMessage[] = [
      user,
      { role: 'assistant', parts: [{ kind: 'thinking', text: 'hm', signature: 'anthropic:x' }, call('1'), call('2')] },
    ];
    const parts = (model: string): unknown => (written({ model, messages }).json['contents'] as readonly Json[])[1]?.['parts'];
    expect(parts('gemini-3-pro')).toMatchObject([
      { thought: true },
      { thoughtSignature: 'skip_thought_signature_validator' },
      {},
    ]);
    expect(JSON.stringify(parts('gemini-2.5-pro'))).not.toContain('thoughtSignature');
    expect(written({ messages }).dropped).toEqual(['thinking']);
  });

  it('puts media of results inside them, or beside them for models that cannot read them there', () => {
    const image: Part = { kind: 'image', source: { kind: 'bytes', mediaType: 'image/png', base64: 'AA==' } };
    const messages: readonly ModelMessage[] = [
      user,
      { role: 'assistant', parts: [call('1')] },
      { role: 'tool', parts: [result('1', { content: [text('found'), image], isError: true })] },
    ];
    const last = (model: string): unknown => (written({ model, messages }).json['contents'] as readonly Json[])[2]?.['parts'];
    const inline = { inlineData: { mimeType: 'image/png', data: 'AA==' } };
    const response = { id: '1', name: 'look', response: { error: 'found' } };
    expect(last('gemini-3-pro')).toEqual([{ functionResponse: { ...response, parts: [inline] } }]);
    expect(last('gemini-2.5-pro')).toEqual([{ functionResponse: response }, inline]);
  });

  it.each([
    ['gemini-3-pro', { effort: 'low' }, { thinkingLevel: 'low', includeThoughts: true }],
    ['gemini-3-pro', { effort: 'none' }, { thinkingLevel: 'low', includeThoughts: false }],
    ['gemini-2.5-pro', { effort: 'medium' }, { thinkingBudget: 8192, includeThoughts: true }],
    ['gemini-2.5-flash', { effort: 'none' }, { thinkingBudget: 0, includeThoughts: false }],
    ['gemini-2.5-flash', { budgetTokens: 99 }, { thinkingBudget: 99, includeThoughts: true }],
  ] as const)('%s thinks %j in its own words', (model, thinking, json) => {
    expect(written({ model, thinking }).json['generationConfig']).toEqual({ thinkingConfig: json });
  });

  it('carries forms, logprobs, penalties and several answers', () => {
    const settings = {
      seed: 3,
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      choices: 2,
      logprobs: { top: 4 },
      topK: 5,
      topP: 0.5,
    };
    const form = {
      kind: 'json-schema' as const,
      name: 'answer',
      schema: { type: 'object', properties: { a: { type: 'string' } } },
      strict: true,
    };
    const { json, dropped } = written({ ...settings, form });
    expect(json['generationConfig']).toEqual({
      seed: 3,
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      candidateCount: 2,
      responseLogprobs: true,
      logprobs: 4,
      topK: 5,
      topP: 0.5,
      responseMimeType: 'application/json',
      responseJsonSchema: form.schema,
    });
    expect(dropped).toEqual([]);
    expect(gemini.decodeRequest({ ...json, model: 'gemini-3-pro' })).toMatchObject({ ...settings, form });
    expect(written({ form: { kind: 'json' } }).json['generationConfig']).toEqual({ responseMimeType: 'application/json' });
  });

  it('does not ask an older model for JSON while it has tools, which that refuses', () => {
    const asking = { form: { kind: 'json' as const }, tools: [{ name: 'now', description: undefined, parameters: {} }] };
    expect(written({ ...asking, model: 'gemini-2.5-flash' })).toMatchObject({ dropped: ['form'] });
    expect(written(asking)).toMatchObject({ json: { generationConfig: { responseMimeType: 'application/json' } }, dropped: [] });
  });

  it('names what the API has no word for', () => {
    const cached: Part = { kind: 'text', text: 'a', cache: { ttl: undefined } };
    const { dropped } = written({
      messages: [
        {
          role: 'user',
          name: 'Ann',
          parts: [cached, { kind: 'image', source: { kind: 'url', url: 'https://example.org/a.png' }, detail: 'low' }],
        },
      ],
      parallelToolCalls: false,
      user: 'u',
      extra: { logit_bias: {} },
      tools: [{ name: 'look', description: undefined, parameters: {}, strict: true }],
    });
    expect(new Set(dropped)).toEqual(new Set(['name', 'cache', 'detail', 'parallelToolCalls', 'user', 'logit_bias', 'strict']));
  });

  it('says a function without parameters by saying nothing', () => {
    expect(
      written({ tools: [{ name: 'now', description: 'Time', parameters: { type: 'object', properties: {} } }] }).json['tools'],
    ).toEqual([{ functionDeclarations: [{ name: 'now', description: 'Time' }] }]);
  });
});
