import { describe, expect, it } from 'vitest';
import { bedrockConverse } from '../../../gateway/models/dialects/bedrock-converse/index.ts';
import type { Json, ModelRequest, Part } from '../../../gateway/models/exchange.ts';

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
const TOOL = { name: 'look', description: 'Look', parameters: { type: 'object', properties: {} } };
const FORM = { kind: 'json-schema' as const, name: 'answer', schema: { type: 'object' }, strict: true };

describe('reading a Converse request', () => {
  it('takes model and stream from the body, where the door has written them', () => {
    expect(bedrockConverse.peek(asked({ stream: true }))).toEqual({
      model: 'anthropic.claude-sonnet-4-6',
      stream: true,
      maxOutputTokens: 4000,
      choices: 1,
    });
  });

  it.each([
    [{ messages: [] }, 'messages'],
    [{ messages: [{ role: 'system', content: [] }] }, 'messages[0].role'],
    [{ messages: [{ role: 'user', content: [{ toolResult: {} }] }] }, 'messages[0].content[0].toolResult.toolUseId'],
    [{ toolConfig: { tools: [{ toolSpec: { name: 'a' } }] } }, 'toolConfig.tools[0].toolSpec.inputSchema'],
    [{ toolConfig: { toolChoice: {} } }, 'toolConfig.toolChoice'],
    [{ inferenceConfig: { maxTokens: '9' } }, 'inferenceConfig.maxTokens'],
    [
      { outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: '[]' } } } } },
      'outputConfig.textFormat.structure.jsonSchema.schema',
    ],
  ])('names the field that is wrong: %j', (more, field) => {
    expect(() => read(more)).toThrow(expect.objectContaining({ code: 'invalid_input', details: { param: field } }));
  });

  it('reads results of every kind', () => {
    const toolResult = {
      toolUseId: 't',
      status: 'error',
      content: [{ json: { a: 1 } }, { document: { format: 'txt', name: 'n', source: { text: 'abc' } } }],
    };
    expect(read({ messages: [{ role: 'user', content: [{ toolResult }] }] }).messages[0]).toEqual({
      role: 'tool',
      parts: [
        {
          kind: 'tool-result',
          toolCallId: 't',
          isError: true,
          content: [
            text('{"a":1}'),
            { kind: 'file', name: 'n', source: { kind: 'bytes', mediaType: 'text/plain', base64: 'YWJj' } },
          ],
        },
      ],
    });
  });

  it('keeps what is Bedrock\u2019s own, and writes it again', () => {
    const more = {
      guardrailConfig: { guardrailIdentifier: 'g' },
      performanceConfig: { latency: 'optimized' },
      additionalModelRequestFields: { anthropic_beta: ['x'] },
    };
    expect(bedrockConverse.encodeRequest(read(more)).json).toMatchObject(more);
  });
});

describe('writing a Converse request', () => {
  it('asks Claude in Anthropic\u2019s words beside Converse\u2019s own', () => {
    expect(written({ topK: 5, thinking: { effort: 'high' }, model: 'eu.anthropic.claude-opus-4-8' })).toMatchObject({
      json: { additionalModelRequestFields: { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } } },
      dropped: ['topK'],
    });
    expect(written({ topK: 5 }).json['additionalModelRequestFields']).toEqual({ top_k: 5 });
  });

  it.each([
    ['amazon.nova-2-lite-v1:0', { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'medium' } }],
    ['openai.gpt-oss-120b-1:0', { reasoning_effort: 'high' }],
    ['us.openai.gpt-5.2', { reasoning: { effort: 'high' } }],
  ])('%s is asked to think in its own words', (model, fields) => {
    expect(written({ model, thinking: { effort: 'high' } }).json['additionalModelRequestFields']).toEqual(fields);
  });

  it('names thinking and topK where the model has no word for them', () => {
    expect(written({ model: 'meta.llama4-scout', thinking: { effort: 'high' }, topK: 4 })).toMatchObject({
      dropped: ['thinking', 'topK'],
    });
  });

  it('asks for a form by the API\u2019s own field, or by a tool where the model has none', () => {
    const jsonSchema = { name: 'answer', schema: '{"type":"object","additionalProperties":false}' };
    expect(written({ form: FORM }).json['outputConfig']).toEqual({
      textFormat: { type: 'json_schema', structure: { jsonSchema } },
    });
    expect(written({ form: FORM, model: 'amazon.nova-pro-v1:0' }).json).toMatchObject({
      toolConfig: {
        tools: [{ toolSpec: { name: 'shoal_answer', inputSchema: { json: FORM.schema } } }],
        toolChoice: { tool: { name: 'shoal_answer' } },
      },
    });
  });

  it('has no choice of no tool: it leaves the tools out, unless the conversation holds calls of them', () => {
    const none = { tools: [TOOL], toolChoice: { kind: 'none' as const } };
    expect(written(none).json['toolConfig']).toBeUndefined();
    const messages: ModelRequest['messages'] = [
      { role: 'user', parts: [text('a')] },
      { role: 'assistant', parts: [{ kind: 'tool-call', id: '1', name: 'look', arguments: '' }] },
    ];
    expect(written({ ...none, messages })).toMatchObject({
      json: { toolConfig: { tools: [{ toolSpec: { name: 'look' } }] } },
      dropped: ['toolChoice'],
    });
  });

  it('remembers the tools of past calls, which the API wants to see, where the caller offers none', () => {
    const messages: ModelRequest['messages'] = [
      { role: 'user', parts: [text('a')] },
      { role: 'assistant', parts: [{ kind: 'tool-call', id: '1', name: 'look', arguments: '' }] },
      { role: 'tool', parts: [{ kind: 'tool-result', toolCallId: '1', content: [text('b')] }] },
    ];
    expect(written({ messages }).json['toolConfig']).toEqual({
      tools: [{ toolSpec: { name: 'look', inputSchema: { json: { type: 'object' } } } }],
    });
  });

  it('makes a system prompt alone the question', () => {
    expect(written({ messages: [{ role: 'system', parts: [text('a')] }] }).json).toEqual({
      messages: [{ role: 'user', content: [{ text: 'a' }] }],
      inferenceConfig: { maxTokens: 4000 },
    });
  });

  it('takes media by bytes or from S3, and refuses what it cannot be shown', () => {
    const parts: readonly Part[] = [
      { kind: 'image', source: { kind: 'bytes', mediaType: 'image/jpeg', base64: 'AA==' } },
      { kind: 'image', source: { kind: 'url', url: 's3://bucket/a.PNG' } },
      { kind: 'file', source: { kind: 'bytes', mediaType: 'application/pdf', base64: 'AA==' }, name: 'My  report_1.pdf' },
      { kind: 'audio', base64: 'AA==', format: 'mp3' },
    ];
    const { json, dropped } = written({ messages: [{ role: 'user', parts }] });
    expect(json['messages']).toEqual([
      {
        role: 'user',
        content: [
          { image: { format: 'jpeg', source: { bytes: 'AA==' } } },
          { image: { format: 'png', source: { s3Location: { uri: 's3://bucket/a.PNG' } } } },
          { document: { format: 'pdf', name: 'My report-1-pdf', source: { bytes: 'AA==' } } },
          { audio: { format: 'mp3', source: { bytes: 'AA==' } } },
        ],
      },
    ]);
    expect(dropped).toEqual([]);
    const others: readonly Part[] = [
      { kind: 'image', source: { kind: 'url', url: 'https://example.org/a.png' } },
      { kind: 'file', source: { kind: 'bytes', mediaType: 'application/zip', base64: 'AA==' } },
    ];
    for (const part of others) expect(() => written({ messages: [{ role: 'user', parts: [part] }] })).toThrow('cannot be shown');
  });

  it('names every setting that the API has no word for', () => {
    const { dropped } = written({
      seed: 1,
      choices: 2,
      user: 'u',
      form: { kind: 'json' },
      parallelToolCalls: false,
      extra: { store: true },
    });
    expect(new Set(dropped)).toEqual(new Set(['seed', 'choices', 'user', 'form', 'parallelToolCalls', 'store']));
  });
});
