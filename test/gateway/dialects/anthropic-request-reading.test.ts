import { describe, expect, it } from 'vitest';
import {
  anthropicMessages,
  countTokensBody,
  readTokenCount,
  tokenCountJson,
} from '../../../gateway/models/dialects/anthropic-messages/index.ts';
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
const TOOL = { name: 'look', description: undefined, parameters: { type: 'object', properties: {} } };

const documentOf = (data: Json): Json => ({ type: 'document', source: data, title: 'Notes' });

describe('reading a Messages request', () => {
  it.each([
    [{ model: 7 }, 'model'],
    [{ messages: 'Hello' }, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: [{ role: 'robot', content: 'x' }] }, 'messages[0].role'],
    [{ messages: [{ role: 'user', content: [{ type: 'text' }] }] }, 'messages[0].content[0].text'],
    [{ tools: [{ name: 'look' }] }, 'tools[0].input_schema'],
    [{ tool_choice: { type: 'maybe' } }, 'tool_choice.type'],
    [{ thinking: { type: 'enabled' } }, 'thinking.budget_tokens'],
    [{ temperature: 'hot' }, 'temperature'],
  ])('names the field that is wrong: %j', (more, field) => {
    expect(() => read(more)).toThrow(expect.objectContaining({ code: 'invalid_input', details: { param: field } }));
  });

  it('tells server tools from the caller\u2019s own and keeps them', () => {
    const search = { type: 'web_search_20250305', name: 'web_search', max_uses: 3 };
    const request = read({ tools: [search, { name: 'look', input_schema: TOOL.parameters }] });
    expect(request.tools.map((tool) => tool.name)).toEqual(['look']);
    expect(anthropicMessages.encodeRequest(request).json['tools']).toEqual([
      { name: 'look', input_schema: TOOL.parameters },
      search,
    ]);
  });

  it('keeps what it has no word for in extra, and only writes what is Anthropic\u2019s', () => {
    const request = read({ service_tier: 'standard_only', container: 'c1', invented: 1 });
    expect(request.extra).toEqual({ service_tier: 'standard_only', container: 'c1', invented: 1 });
    const { json, dropped } = anthropicMessages.encodeRequest(request);
    expect(json).toMatchObject({ service_tier: 'standard_only', container: 'c1' });
    expect(dropped).toEqual(['invented']);
    expect(written({ extra: { service_tier: 'flex' } }).dropped).toEqual(['service_tier']);
  });

  it('passes over blocks of server tools, and says so to whoever translates', () => {
    const block = { type: 'server_tool_use', id: 's1', name: 'web_search', input: {} };
    const request = read({
      messages: [
        { role: 'user', content: 'x' },
        { role: 'assistant', content: [block, { type: 'text', text: 'y' }] },
      ],
    });
    expect(request.extra).toEqual({ content: [block] });
    expect(request.messages[1]?.parts).toEqual([text('y')]);
  });

  it('reads documents of every kind as files', () => {
    const { messages } = read({
      messages: [
        {
          role: 'user',
          content: [
            documentOf({ type: 'text', media_type: 'text/plain', data: 'abc' }),
            documentOf({ type: 'content', content: [{ type: 'text', text: 'abc' }] }),
            documentOf({ type: 'base64', media_type: 'application/pdf', data: 'JVBERg==' }),
            documentOf({ type: 'url', url: 'https://example.org/a.pdf' }),
          ],
        },
      ],
    });
    const plain = { kind: 'bytes', mediaType: 'text/plain', base64: 'YWJj' };
    expect(messages[0]?.parts).toMatchObject([
      { kind: 'file', name: 'Notes', source: plain },
      { kind: 'file', source: plain },
      { kind: 'file', source: { mediaType: 'application/pdf' } },
      { kind: 'file', source: { kind: 'url' } },
    ]);
  });

  it('reads structured output by its present and its former name', () => {
    const format = { type: 'json_schema', schema: { type: 'object' } };
    const form = { kind: 'json-schema', name: 'answer', schema: { type: 'object' }, strict: true };
    expect(read({ output_config: { format } }).form).toEqual(form);
    expect(read({ output_format: format }).form).toEqual(form);
  });

  it.each([
    [{ thinking: { type: 'enabled', budget_tokens: 2048 } }, { budgetTokens: 2048 }],
    [{ thinking: { type: 'disabled' } }, { effort: 'none' }],
    [{ thinking: { type: 'adaptive' } }, {}],
    [{ thinking: { type: 'adaptive' }, output_config: { effort: 'max' } }, { effort: 'xhigh' }],
    [{ output_config: { effort: 'low' } }, { effort: 'low' }],
  ])('reads how much to think: %j', (more, thinking) => {
    expect(read(more).thinking).toEqual(thinking);
  });
});

describe('counting tokens', () => {
  it('asks with the input of a Messages body alone', () => {
    const body = countTokensBody(
      asked({ system: 's', temperature: 1, stream: true, metadata: { user_id: 'u' }, thinking: { type: 'adaptive' } }),
    );
    expect(body).toEqual({
      model: 'claude-sonnet-4-6',
      messages: asked()['messages'],
      system: 's',
      thinking: { type: 'adaptive' },
    });
  });

  it('reads its own answer and refuses others', () => {
    expect(readTokenCount(tokenCountJson(42))).toBe(42);
    expect(() => readTokenCount({ tokens: 42 })).toThrow(expect.objectContaining({ code: 'model_invalid_output' }));
  });
});
