import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../../gateway/models/dialects/anthropic-messages/index.ts';
import { strictSchema } from '../../../gateway/models/dialects/anthropic-messages/strict-schema.ts';
import type { Json, ModelRequest, Part } from '../../../gateway/models/exchange.ts';

const asked = (more: Json = {}): Json => ({
  model: 'claude-sonnet-4-6',
  max_tokens: 4000,
  messages: [{ role: 'user', content: 'Hello' }],
  ...more,
});
const read = (more: Json = {}): ModelRequest => anthropicMessages.decodeRequest(asked(more));
const written = (request: Partial<ModelRequest>): ReturnType<typeof anthropicMessages.encodeRequest> =>
  anthropicMessages.encodeRequest({ ...read(), ...request });
const text = (value: string): Part => ({ kind: 'text', text: value });
const call: Part = { kind: 'tool-call', id: 'call_1', name: 'look', arguments: '{"at":1}' };
const result: Part = { kind: 'tool-result', toolCallId: 'call_1', content: [text('found')] };
const TOOL = { name: 'look', description: undefined, parameters: { type: 'object', properties: {} } };

describe('writing a Messages request', () => {
  it('needs a cap of the output, which the gateway always sets', () => {
    expect(() => written({ maxOutputTokens: undefined })).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });

  it('joins neighbouring turns of one speaker and puts results of tools first', () => {
    const { json } = written({
      messages: [
        { role: 'user', parts: [text('a')] },
        { role: 'user', parts: [text('b')] },
        { role: 'assistant', parts: [call] },
        { role: 'user', parts: [text('c')] },
        { role: 'tool', parts: [result] },
      ],
    });
    expect(json['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'look', input: { at: 1 } }] },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'call_1', content: 'found' },
          { type: 'text', text: 'c' },
        ],
      },
    ]);
  });

  it('keeps a system message inside the conversation at its place, marked, since only some models take the role there', () => {
    const { json } = written({
      messages: [
        { role: 'system', parts: [text('first')] },
        { role: 'user', parts: [text('a')] },
        { role: 'system', parts: [text('later')] },
      ],
    });
    expect(json['system']).toBe('first');
    expect(json['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: '<system>\nlater\n</system>' },
        ],
      },
    ]);
  });

  it('leaves out empty texts, which the API refuses', () => {
    const { json } = written({
      messages: [
        { role: 'user', parts: [text(''), text('a')] },
        { role: 'assistant', parts: [text('')] },
      ],
    });
    expect(json['messages']).toEqual([{ role: 'user', content: [{ type: 'text', text: 'a' }] }]);
  });

  it('keeps arguments that are not JSON where the model can see them', () => {
    const { json } = written({
      messages: [
        { role: 'user', parts: [text('a')] },
        { role: 'assistant', parts: [{ ...call, arguments: '{"at":' }] },
      ],
    });
    expect(json['messages']).toMatchObject([{}, { content: [{ input: { INVALID_JSON: '{"at":' } }] }]);
    expect(anthropicMessages.decodeRequest(json).messages[1]?.parts).toMatchObject([{ arguments: '{"at":' }]);
  });

  it('names every setting that the API has no word for', () => {
    const { dropped } = written({
      seed: 1,
      presencePenalty: 0.1,
      frequencyPenalty: 0.1,
      logprobs: { top: 2 },
      choices: 2,
      form: { kind: 'json' },
      messages: [{ role: 'user', name: 'Ann', parts: [text('a')] }],
    });
    expect(new Set(dropped)).toEqual(
      new Set(['seed', 'presencePenalty', 'frequencyPenalty', 'logprobs', 'choices', 'form', 'name']),
    );
  });

  it('refuses what the model could not be shown, without telling where it is', () => {
    const parts: readonly Part[] = [
      { kind: 'file', source: { kind: 'url', url: 'openai-file:file-1' } },
      { kind: 'image', source: { kind: 'url', url: 'gs://bucket/secret.png' } },
      { kind: 'file', source: { kind: 'bytes', mediaType: 'application/zip', base64: 'AA==' } },
      { kind: 'audio', base64: 'AA==', format: 'wav' },
    ];
    for (const part of parts) {
      const write = () => written({ messages: [{ role: 'user', parts: [text('a'), part] }] });
      expect(write).toThrow(/cannot be shown/);
      expect(write).not.toThrow(/file-1|secret/);
    }
  });

  it.each([
    ['claude-sonnet-4-5', { effort: 'medium' }, { type: 'enabled', budget_tokens: 3200 }, undefined],
    ['claude-sonnet-4-6', { effort: 'minimal' }, { type: 'adaptive', display: 'summarized' }, { effort: 'low' }],
    ['claude-sonnet-4-6', { effort: 'xhigh' }, { type: 'adaptive', display: 'summarized' }, { effort: 'high' }],
    ['claude-opus-4-8', { effort: 'xhigh' }, { type: 'adaptive', display: 'summarized' }, { effort: 'xhigh' }],
    ['claude-haiku-5-5', { budgetTokens: 6000 }, { type: 'adaptive', display: 'summarized' }, { effort: 'medium' }],
    ['claude-opus-5-5', { effort: 'none' }, undefined, { effort: 'low' }],
    ['claude-sonnet-4-5', { effort: 'none' }, { type: 'disabled' }, undefined],
  ] as const)('%s thinks %j in its own words', (model, thinking, json, config) => {
    expect(written({ model, thinking }).json['thinking']).toEqual(json);
    expect(written({ model, thinking }).json['output_config']).toEqual(config);
  });

  it('leaves out settings that thinking or the model excludes, and names them', () => {
    const thinks = written({ model: 'claude-sonnet-4-5', thinking: { budgetTokens: 2000 }, temperature: 0.2, topK: 5 });
    expect(thinks.dropped).toEqual(['temperature', 'topK']);
    expect(written({ model: 'claude-opus-5', temperature: 0.2 }).dropped).toEqual(['temperature']);
    expect(written({ temperature: 1.7 }).json['temperature']).toBe(1);
    expect(written({ temperature: 0.5, topP: 0.9 })).toMatchObject({ json: { temperature: 0.5 }, dropped: ['topP'] });
  });

  it('keeps a forced tool rather than the wish to think, which it excludes', () => {
    const forced = { tools: [TOOL], toolChoice: { kind: 'required' as const }, thinking: { effort: 'medium' as const } };
    for (const model of ['claude-sonnet-4-5', 'claude-sonnet-4-6']) {
      const { json, dropped } = written({ ...forced, model });
      expect(json).toMatchObject({ tool_choice: { type: 'any' } });
      expect(json['thinking']).toBeUndefined();
      expect(dropped).toEqual(['thinking']);
    }
    expect(written(forced).json['output_config']).toEqual({ effort: 'medium' });
    const unforced = written({ ...forced, model: 'claude-opus-5-5' });
    expect(unforced).toMatchObject({
      json: { tool_choice: { type: 'auto' }, thinking: { type: 'adaptive' } },
      dropped: ['toolChoice'],
    });
  });

  it('does not ask an older model to think on where the thought of its calls is missing', () => {
    const messages: ModelRequest['messages'] = [
      { role: 'user', parts: [text('a')] },
      { role: 'assistant', parts: [call] },
      { role: 'tool', parts: [result] },
    ];
    const thinking = { budgetTokens: 2000 };
    expect(written({ model: 'claude-sonnet-4-5', thinking, messages })).toMatchObject({ dropped: ['thinking'] });
    expect(written({ model: 'claude-sonnet-4-6', thinking, messages }).json['thinking']).toMatchObject({ type: 'adaptive' });
  });

  it('asks for a form by the API\u2019s own field, or by a tool where the model has none', () => {
    const form = {
      kind: 'json-schema' as const,
      name: 'answer',
      schema: { type: 'object', properties: { a: { type: 'string' } } },
      strict: true,
    };
    const schema = { ...form.schema, additionalProperties: false };
    expect(written({ form }).json['output_config']).toEqual({ format: { type: 'json_schema', schema } });
    const byTool = written({ model: 'claude-3-haiku-20240307', form }).json;
    expect(byTool['output_config']).toBeUndefined();
    expect(byTool['tools']).toMatchObject([{ name: 'shoal_answer', input_schema: form.schema }]);
    expect(byTool['tool_choice']).toEqual({ type: 'tool', name: 'shoal_answer' });
    expect(written({ model: 'claude-3-haiku-20240307', form, tools: [TOOL] }).json['tool_choice']).toEqual({ type: 'any' });
  });

  it('reads the answer tool\u2019s call as the answer', () => {
    const answer = anthropicMessages.decodeResponse({
      content: [{ type: 'tool_use', id: 't', name: 'shoal_answer', input: { a: 'b' } }],
      stop_reason: 'tool_use',
      usage: { input_tokens: 1, output_tokens: 1 },
    });
    expect(answer.choices).toEqual([{ parts: [text('{"a":"b"}')], finishReason: 'stop' }]);
  });
});

describe('a strict schema', () => {
  it('closes objects, keeps what can be enforced and tells the model the rest', () => {
    expect(
      strictSchema({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: {
          name: { type: 'string', minLength: 2, description: 'A name.' },
          when: { type: 'string', format: 'date' },
          few: { type: 'array', items: { type: 'integer', maximum: 9 }, minItems: 1, maxItems: 3 },
          either: { oneOf: [{ type: 'null' }, { $ref: '#/$defs/Other' }] },
        },
        $defs: { Other: { type: 'object', additionalProperties: true } },
        required: ['name'],
      }),
    ).toEqual({
      type: 'object',
      additionalProperties: false,
      properties: {
        name: { type: 'string', description: 'A name. (minLength: 2)' },
        when: { type: 'string', format: 'date' },
        few: {
          type: 'array',
          items: { type: 'integer', description: '(maximum: 9)' },
          minItems: 1,
          description: '(maxItems: 3)',
        },
        either: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/Other' }] },
      },
      $defs: { Other: { type: 'object', additionalProperties: false } },
      required: ['name'],
    });
  });

  it('is written for strict tools, where the model enforces them', () => {
    const tools = [{ ...TOOL, strict: true }];
    expect(written({ tools }).json['tools']).toMatchObject([{ strict: true, input_schema: { additionalProperties: false } }]);
    expect(written({ tools, model: 'claude-3-haiku-20240307' }).dropped).toEqual(['strict']);
  });
});
