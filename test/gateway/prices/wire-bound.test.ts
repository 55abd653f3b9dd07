// The bound of a whole body: no tokenizer counts more, and what the bytes do not tell is allowed for.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTokens } from '../../../gateway/models/prices/count-tokens.ts';
import { boundAtModel, wireTokenBound } from '../../../gateway/models/prices/wire-bound.ts';

const bytesOf = (json: object): number => Buffer.byteLength(JSON.stringify(json));
const extra = (json: Readonly<Record<string, unknown>>): number => wireTokenBound(json, bytesOf(json)) - bytesOf(json);
const chat = (content: unknown, more: object = {}): Readonly<Record<string, unknown>> => ({
  model: 'gpt-6.2-sol',
  messages: [{ role: 'user', content }],
  ...more,
});
const image = (detail?: string) => ({ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail } });
const at = (json: Readonly<Record<string, unknown>>, model?: string): number => wireTokenBound(json, 0, model);
const WHOLE = 1_000_000;

describe('the bound of a body', () => {
  it('is never below what a tokenizer counts in its texts, with 16 tokens for each message', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 200 }));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 6 }), async (texts) => {
        const json = { model: 'gpt-4o', messages: texts.map((content) => ({ role: 'user', content })) };
        const { tokens } = await countTokens('gpt-4o', texts);
        expect(wireTokenBound(json, bytesOf(json))).toBeGreaterThanOrEqual(tokens + 16 * texts.length);
      }),
      { numRuns: 200 },
    );
  });

  it('is little more than the bytes where the bytes tell all', () => {
    expect(extra(chat('Hello'))).toBeLessThan(100);
  });

  it.each([
    ['OpenAI chat', chat([{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }])],
    [
      'OpenAI responses',
      { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'https://example.com/a.png' }] }] },
    ],
    ['Anthropic', chat([{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }])],
    ['Anthropic, in the result of a tool', chat([{ type: 'tool_result', content: [{ type: 'image', source: {} }] }])],
    ['Gemini', { contents: [{ parts: [{ inlineData: { mimeType: 'image/png', data: 'AAAA' } }] }] }],
    ['Bedrock', { messages: [{ role: 'user', content: [{ image: { format: 'png', source: { bytes: 'AAAA' } } }] }] }],
  ])('allows for an image in %s, but not for the whole context', (_name, json) => {
    expect(extra(json)).toBeGreaterThan(100_000);
    expect(extra(json)).toBeLessThan(WHOLE);
  });

  it('allows for each image, and less where the model that it is sent to, or the detail, is known', () => {
    expect(at(chat([image(), image()])) - at(chat([image()]))).toBe(131_072);
    expect(at(chat([image()]), 'gpt-6.2-sol')).toBe(at(chat([image()])));
    expect(at(chat([image('high')]), 'gpt-6.2-sol')).toBeLessThan(5000);
    expect(at(chat([image('high')]))).toBeGreaterThan(48_169);
    expect(at(chat([image()]), 'gpt-4o-mini')).toBeGreaterThan(48_169);
    expect(at(chat([image()]), 'anthropic.claude-opus-5-5-v1:0')).toBeLessThan(6000);
    expect(at(chat([image()]), 'a-deployment')).toBe(at(chat([image()])));
    expect(
      at({ input: [{ type: 'input_image', image_url: 'https://example.com/a.png', detail: 'low' }] }, 'gpt-5.6'),
    ).toBeLessThan(5000);
  });

  it.each([
    ['a file by its id', chat([{ type: 'file', file: { file_id: 'file-1' } }])],
    ['a file in the body', chat([{ type: 'input_file', file_data: 'data:application/pdf;base64,AAAA' }])],
    ['a document', chat([{ type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } }])],
    ['an image by the id of its file', chat([{ type: 'image', source: { type: 'file', file_id: 'file_1' } }])],
    ['earlier answers', { input: 'go on', previous_response_id: 'resp_1' }],
    ['a conversation', { input: 'go on', conversation: { id: 'conv_1' } }],
    ['a stored prompt', { prompt: { id: 'pmpt_1' } }],
    ['a cache', { contents: [], cachedContent: 'cachedContents/1' }],
    ['a video', { contents: [{ parts: [{ fileData: { fileUri: 'https://example.com/v' } }] }] }],
    ['a document of Bedrock', { messages: [{ content: [{ document: { name: 'a', source: {} } }] }] }],
    ['a search by the provider', chat('Hi', { tools: [{ type: 'web_search_20260209', name: 'web_search' }] })],
    ['a search by Gemini', { contents: [], tools: [{ googleSearch: {} }] }],
    ['other servers’ tools', chat('Hi', { mcp_servers: [{ url: 'https://example.com' }] })],
    ['nesting that no API has', chat(JSON.parse('['.repeat(80) + ']'.repeat(80)))],
  ])('takes the whole context for %s', (_name, json) => {
    expect(extra(json)).toBeGreaterThan(WHOLE);
  });

  it('takes a caller’s own JSON for what it is', () => {
    const properties = { file_id: { type: 'string' }, document: { type: 'object' }, kind: { type: 'string', enum: ['image'] } };
    const tools = [{ type: 'function', function: { name: 'read', parameters: { type: 'object', properties } } }];
    expect(extra(chat('Hi', { tools }))).toBeLessThan(2000);
    expect(extra(chat([{ type: 'tool_use', id: 'a', name: 'read', input: { file_id: 'file-1' } }]))).toBeLessThan(2000);
    expect(extra(chat('Hi', { tools: [{ name: 'read', input_schema: { type: 'object', properties } }] }))).toBeLessThan(2000);
  });

  it('is at most the model’s context, unless that is a guess', () => {
    expect(boundAtModel(5_000_000, { contextTokens: 128_000 })).toBe(128_000);
    expect(boundAtModel(5_000_000, { contextTokens: 128_000, undescribed: true })).toBe(5_000_000);
    expect(boundAtModel(10, { contextTokens: 128_000 })).toBe(10);
  });
});
