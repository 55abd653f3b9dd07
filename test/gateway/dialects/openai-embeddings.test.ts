import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAiEmbeddings } from '../../../gateway/models/dialects/openai-embeddings.ts';
import { problemsUnder } from './published-schema.ts';

const { decodeRequest, decodeResponse, encodeRequest, encodeResponse } = openAiEmbeddings;

describe('embeddings', () => {
  it('are asked for with one text or several', () => {
    expect(decodeRequest({ model: 'm', input: 'a' })).toEqual({
      model: 'm',
      texts: ['a'],
      dimensions: undefined,
      encoding: 'float',
    });
    const request = decodeRequest({ model: 'm', input: ['a', 'b'], dimensions: 8, encoding_format: 'base64' });
    expect(encodeRequest(request)).toEqual({ model: 'm', input: ['a', 'b'], dimensions: 8, encoding_format: 'base64' });
    expect(openAiEmbeddings.peek({ model: 'm', input: 7 })).toMatchObject({ model: 'm', stream: false });
  });

  it('of what is no text are refused by the field’s name', () => {
    expect(() => decodeRequest({ model: 'm', input: [] })).toThrow('`input`');
    expect(() => decodeRequest({ model: 'm', input: [1, 2] })).toThrow('holds tokens');
    expect(() => decodeRequest({ model: 'm', input: ['a', { text: 'b' }] })).toThrow('`input[1]`');
    expect(() => decodeRequest({ model: 'm', input: 'a', encoding_format: 'int8' })).toThrow('`encoding_format`');
    expect(() => decodeRequest({ model: '', input: 'a' })).toThrow('`model`');
  });

  it('come back the same as numbers and as base64', () => {
    const vector = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 4 }), fc.constantFrom('float', 'base64'), (vectors, encoding) => {
        const response = { model: 'm', vectors, inputTokens: 7 };
        const json = encodeResponse(response, { model: 'asked', encoding });
        const plain = encodeResponse(response, { model: 'asked', encoding: 'float' });
        expect(problemsUnder('embeddings', 'CreateEmbeddingResponse', plain)).toEqual([]);
        const read = decodeResponse(JSON.parse(JSON.stringify(json)), vectors.length);
        // JSON has no negative zero.
        expect(read).toEqual(
          encoding === 'float' ? { ...response, vectors: vectors.map((one) => one.map((value) => value + 0)) } : response,
        );
        expect(openAiEmbeddings.usageOf(json)).toMatchObject({ inputTokens: 7, outputTokens: 0 });
      }),
    );
  });

  it('are put in order by index, and refused where one is missing', () => {
    const rows = [
      { index: 1, embedding: [2] },
      { index: 0, embedding: [1] },
    ];
    expect(decodeResponse({ data: rows }, 2)).toEqual({ model: '', vectors: [[1], [2]], inputTokens: 0 });
    expect(() => decodeResponse({ data: rows }, 3)).toThrow('one vector per text');
    expect(() => decodeResponse({ data: [{ index: 5, embedding: [1] }] }, 1)).toThrow('one vector per text');
    expect(() => decodeResponse({ data: [{ embedding: 'abc' }] }, 1)).toThrow('one vector per text');
    expect(() => decodeResponse({ data: [{ embedding: ['1'] }] }, 1)).toThrow('one vector per text');
    expect(() => decodeResponse({ error: 'x' }, 1)).toThrow('one vector per text');
  });
});
