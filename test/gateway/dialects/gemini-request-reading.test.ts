import { describe, expect, it } from 'vitest';
import { gemini } from '../../../gateway/models/dialects/gemini/index.ts';
import { geminiSchema } from '../../../gateway/models/dialects/gemini/schema.ts';
import type { Json, ModelRequest, Part } from '../../../gateway/models/exchange.ts';

const asked = (more: Json = {}): Json => ({
  model: 'gemini-3-pro',
  contents: [{ role: 'user', parts: [{ text: 'Hello' }] }],
  ...more,
});
const read = (more: Json = {}): ModelRequest => gemini.decodeRequest(asked(more));
const text = (value: string): Part => ({ kind: 'text', text: value });
const choiceIn = (mode: string, more: Json = {}): unknown =>
  read({ toolConfig: { functionCallingConfig: { mode, ...more } } }).toolChoice;

describe('reading a generateContent request', () => {
  it('takes model and stream from the body, where the door has written them', () => {
    expect(gemini.peek(asked({ stream: true, generationConfig: { maxOutputTokens: 9, candidateCount: 2 } }))).toEqual({
      model: 'gemini-3-pro',
      stream: true,
      maxOutputTokens: 9,
      choices: 2,
    });
  });

  it.each([
    [{ contents: {} }, 'contents'],
    [{ contents: [] }, 'contents'],
    [{ contents: [{ role: 'robot', parts: [] }] }, 'contents[0].role'],
    [{ contents: [{ parts: [{ functionCall: {} }] }] }, 'contents[0].parts[0].functionCall.name'],
    [{ generationConfig: { topK: 1.5 } }, 'generationConfig.topK'],
    [{ toolConfig: { functionCallingConfig: { mode: 'MAYBE' } } }, 'toolConfig.functionCallingConfig.mode'],
  ])('names the field that is wrong: %j', (more, field) => {
    expect(() => read(more)).toThrow(expect.objectContaining({ code: 'invalid_input', details: { param: field } }));
  });

  it('pairs calls and results without ids by name and order', () => {
    const { messages } = read({
      contents: [
        { role: 'user', parts: [{ text: 'x' }] },
        {
          role: 'model',
          parts: [
            { functionCall: { name: 'a', args: {} } },
            { functionCall: { name: 'b', args: {} } },
            { functionCall: { name: 'a', args: {} } },
          ],
        },
        {
          role: 'user',
          parts: [
            { functionResponse: { name: 'a', response: { output: '1' } } },
            { functionResponse: { name: 'a', response: { output: '3' } } },
            { functionResponse: { name: 'b', response: { error: '2' } } },
          ],
        },
      ],
    });
    const ids = messages[1]?.parts.map((part) => (part.kind === 'tool-call' ? part.id : ''));
    expect(new Set(ids).size).toBe(3);
    expect(messages[2]?.parts).toMatchObject([
      { toolCallId: ids?.[0], content: [text('1')] },
      { toolCallId: ids?.[2], content: [text('3')] },
      { toolCallId: ids?.[1], content: [text('2')], isError: true },
    ]);
  });

  it('reads the older schema form as JSON Schema', () => {
    const parameters = {
      type: 'OBJECT',
      properties: {
        type: { type: 'STRING', nullable: true },
        list: { type: 'ARRAY', items: { type: 'INTEGER' }, minItems: '2' },
      },
    };
    const { tools } = read({ tools: [{ functionDeclarations: [{ name: 'look', parameters }] }] });
    expect(tools[0]?.parameters).toEqual({
      type: 'object',
      properties: { type: { type: ['string', 'null'] }, list: { type: 'array', items: { type: 'integer' }, minItems: 2 } },
    });
  });

  it('keeps Google\u2019s own tools and settings, and writes them again', () => {
    const more = {
      tools: [{ googleSearch: {} }],
      safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
      generationConfig: { responseModalities: ['TEXT'] },
    };
    expect(gemini.encodeRequest(read(more)).json).toMatchObject(more);
  });

  it('reads the choice among tools', () => {
    expect([choiceIn('AUTO'), choiceIn('NONE'), choiceIn('ANY'), choiceIn('ANY', { allowedFunctionNames: ['look'] })]).toEqual([
      { kind: 'auto' },
      { kind: 'none' },
      { kind: 'required' },
      { kind: 'tool', name: 'look' },
    ]);
  });
});

const objectWith = (name: string): Json => ({ type: 'object', properties: { [name]: { type: 'string' } }, required: [name] });

describe('a schema for Gemini', () => {
  it('keeps what the API knows and leaves out what it refuses', () => {
    expect(
      geminiSchema({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        additionalProperties: false,
        properties: {
          pattern: { type: 'string', pattern: '^a$', minLength: 1, default: 'a' },
          kind: { const: 'x' },
          either: { anyOf: [{ type: 'string', examples: ['a'] }, { type: 'null' }] },
          other: { $ref: '#/definitions/Other', description: 'dropped beside a reference' },
        },
        required: ['kind'],
        definitions: { Other: { type: 'number', exclusiveMinimum: 3 } },
      }),
    ).toEqual({
      type: 'object',
      additionalProperties: false,
      properties: {
        pattern: { type: 'string' },
        kind: { enum: ['x'] },
        either: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        other: { $ref: '#/$defs/Other' },
      },
      required: ['kind'],
      $defs: { Other: { type: 'number' } },
    });
  });

  it('makes one object of objects that extend each other', () => {
    expect(geminiSchema({ description: 'both', allOf: [objectWith('a'), objectWith('b')] })).toEqual({
      description: 'both',
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      required: ['a', 'b'],
    });
  });
});
