import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAiEmbeddings } from '../../../gateway/models/dialects/openai-embeddings.ts';
import { problemsUnder } from './published-schema.ts';

const { decodeRequest, decodeResponse, encodeRequest, encodeResponse, tokensIn, withEncoding } = openAiEmbeddings;

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
    expect(() => decodeRequest({ model: 'm', input: [1, 2] })).toThrow('`input[0]`');
    expect(() => decodeRequest({ model: 'm', input: ['a', { text: 'b' }] })).toThrow('`input[1]`');
    expect(() => decodeRequest({ model: 'm', input: 'a', encoding_format: 'int8' })).toThrow('`encoding_format`');
    expect(() => decodeRequest({ model: '', input: 'a' })).toThrow('`model`');
  });

  it('may be asked for with tokens, of one text or of several', () => {
    expect(tokensIn({ input: [1, 2] })).toEqual([[1, 2]]);
    expect(tokensIn({ input: [[1, 2], [3]] })).toEqual([[1, 2], [3]]);
    for (const input of ['a', ['a', 'b'], [], undefined, { a: 1 }]) expect(tokensIn({ input })).toBeUndefined();
    expect(() => tokensIn({ input: [1, 2.5] })).toThrow('`input[1]`');
    expect(() => tokensIn({ input: [[1], [-2]] })).toThrow('`input[1][0]`');
    expect(() => tokensIn({ input: [[1], 'a'] })).toThrow('`input[1]`');
    expect(() => tokensIn({ input: [[1], []] })).toThrow('at least one token');
    expect(decodeRequest({ model: 'm', input: [1, 2] }, ['ab']).texts).toEqual(['ab']);
  });

  it('of a server that does not write vectors as it was asked to are written anew, and nothing else of its answer', () => {
    const floats = { object: 'list', data: [{ index: 0, embedding: [0.5, -2], own: 1 }], model: 'm', own: { kept: true } };
    const base64 = withEncoding(floats, 'base64');
    expect(base64).toEqual({ ...floats, data: [{ index: 0, embedding: 'AAAAPwAAAMA=', own: 1 }] });
    expect(withEncoding(base64, 'float')).toEqual(floats);
    expect(withEncoding(floats, 'float')).toBe(floats);
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
