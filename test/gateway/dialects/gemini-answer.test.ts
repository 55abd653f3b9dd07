import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import { gemini } from '../../../gateway/models/dialects/gemini/index.ts';
import type { Json, ModelEvent } from '../../../gateway/models/exchange.ts';
import { fold } from './folded.ts';
import { STREAMS } from './published-streams.ts';

const chunk = (parts: readonly Json[], more: Json = {}, usage: Json = {}): { data: string } => ({
  data: JSON.stringify({
    candidates: [{ content: { role: 'model', parts }, index: 0, ...more }],
    usageMetadata: { promptTokenCount: 5, ...usage },
    responseId: 'r',
  }),
});
const take = (chunks: readonly { data: string }[]): readonly ModelEvent[] => {
  const decoder = gemini.createStreamDecoder();
  return chunks.flatMap((event) => decoder.take(event));
};

const two = (first: Json, second: Json): { data: string } => ({
  data: JSON.stringify({
    candidates: [
      { index: 0, ...first },
      { index: 1, ...second },
    ],
  }),
});
describe('reading a generateContent answer', () => {
  it.each([
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content-filter'],
    ['PROHIBITED_CONTENT', 'content-filter'],
    ['MALFORMED_FUNCTION_CALL', 'other'],
    ['A_REASON_OF_TOMORROW', 'other'],
  ])('%s is %s', (finishReason, reason) => {
    const answer = gemini.decodeResponse({ candidates: [{ content: { parts: [{ text: 'x' }] }, finishReason }] });
    expect(answer.choices[0]?.finishReason).toBe(reason);
  });

  it('reads a refused prompt as filtered content, and charges its input', () => {
    const json = {
      promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
      usageMetadata: { promptTokenCount: 9 },
      responseId: 'r',
    };
    expect(gemini.decodeResponse(json)).toMatchObject({
      choices: [{ parts: [], finishReason: 'content-filter' }],
      usage: { inputTokens: 9 },
    });
    expect(fold(take([{ data: JSON.stringify(json) }]))).toMatchObject({
      finishReason: 'content-filter',
      usage: { inputTokens: 9 },
    });
  });

  it('counts thoughts as output and results of Google\u2019s tools as input', () => {
    const usageMetadata = {
      promptTokenCount: 10,
      toolUsePromptTokenCount: 4,
      cachedContentTokenCount: 3,
      candidatesTokenCount: 5,
      thoughtsTokenCount: 7,
    };
    expect(gemini.usageOf({ usageMetadata })).toEqual({
      inputTokens: 14,
      outputTokens: 12,
      cachedInputTokens: 3,
      cacheWriteTokens: 0,
      reasoningTokens: 7,
    });
  });

  it('passes log-probabilities on in OpenAI\u2019s form, and back', () => {
    const logprobsResult = {
      chosenCandidates: [{ token: 'é', logProbability: -0.1 }],
      topCandidates: [
        {
          candidates: [
            { token: 'é', logProbability: -0.1 },
            { token: 'a', logProbability: -3 },
          ],
        },
      ],
    };
    const answer = gemini.decodeResponse({
      candidates: [{ content: { parts: [{ text: 'é' }] }, finishReason: 'STOP', logprobsResult }],
    });
    expect(answer.choices[0]?.logprobs).toEqual({
      content: [
        {
          token: 'é',
          logprob: -0.1,
          bytes: [195, 169],
          top_logprobs: [
            { token: 'é', logprob: -0.1, bytes: [195, 169] },
            { token: 'a', logprob: -3, bytes: [97] },
          ],
        },
      ],
      refusal: null,
    });
    expect(gemini.encodeResponse(answer, { model: 'm' })).toMatchObject({ candidates: [{ logprobsResult }] });
  });

  it('gives calls without ids ids of their own, never the same twice', () => {
    const json = {
      candidates: [
        { content: { parts: [{ functionCall: { name: 'a' } }, { functionCall: { name: 'a' } }] }, finishReason: 'STOP' },
      ],
    };
    const ids = [gemini.decodeResponse(json), gemini.decodeResponse(json)].flatMap(({ choices }) =>
      choices.flatMap(({ parts }) => parts.map((part) => (part.kind === 'tool-call' ? part.id : ''))),
    );
    expect(new Set(ids).size).toBe(4);
  });

  it('refuses an answer of another API', () => {
    expect(() => gemini.decodeResponse({ choices: [] })).toThrow(expect.objectContaining({ code: 'model_invalid_output' }));
  });
});

describe('reading a streamGenerateContent stream', () => {
  it('gives the events of the published shape in order', () => {
    const events = take(STREAMS.gemini.map(({ json }) => ({ data: JSON.stringify(json) })));
    expect(events.map((event) => event.kind)).toEqual([
      'start',
      'thinking-delta',
      'thinking-end',
      'text-delta',
      'tool-call-start',
      'tool-call-delta',
      'choice-end',
      'usage',
      'end',
    ]);
    expect(fold(events).usage).toEqual({
      inputTokens: 60,
      outputTokens: 40,
      cachedInputTokens: 30,
      cacheWriteTokens: 0,
      reasoningTokens: 5,
    });
  });

  it('keeps a signature that comes alone with the last chunk', () => {
    const events = take([chunk([{ text: '4' }]), chunk([{ text: '', thoughtSignature: 'c2ln' }], { finishReason: 'STOP' })]);
    expect(fold(events).parts).toEqual([
      { kind: 'text', text: '4' },
      { kind: 'thinking', text: '', signature: 'gemini:c2ln' },
    ]);
  });

  it('is complete when every candidate has told why it stopped', () => {
    const decoder = gemini.createStreamDecoder();
    decoder.take(two({}, {}));
    decoder.take(two({ finishReason: 'STOP' }, {}));
    expect(decoder.finished).toBe(false);
    expect(decoder.take(two({}, { finishReason: 'MAX_TOKENS' })).map((event) => event.kind)).toEqual(['choice-end', 'end']);
    expect(decoder.finished).toBe(true);
  });

  it('throws model_unavailable for the error it carries, with the provider\u2019s word', () => {
    const error = { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } };
    expect(() => take([chunk([{ text: 'a' }]), { data: JSON.stringify(error) }])).toThrow(
      expect.objectContaining({ code: 'model_unavailable', details: { code: 'UNAVAILABLE' } }),
    );
    expect(() => take([{ data: '<html>' }])).toThrow(expect.objectContaining({ code: 'model_unavailable' }));
    expect(() => take([{ data: '{"choices":[]}' }])).toThrow(expect.objectContaining({ code: 'model_unavailable' }));
  });

  it('finds usage without reading the rest of the chunk', () => {
    const told = {
      data: chunk([{ text: 'say "usageMetadata": {"promptTokenCount": 99}' }], {}, { candidatesTokenCount: 2 }).data,
    };
    expect(gemini.usageOfEvent(told, undefined)).toMatchObject({ inputTokens: 5, outputTokens: 2 });
    expect(gemini.usageOfEvent({ data: '{"candidates":[]}' }, undefined)).toBeUndefined();
    expect(gemini.usageOfEvent({ data: '"usageMetadata":{"promptTokenCount":' }, undefined)).toBeUndefined();
  });
});

describe('errors in Gemini\u2019s words', () => {
  it.each([
    ['invalid_input', 400, 'INVALID_ARGUMENT'],
    ['unauthenticated', 401, 'UNAUTHENTICATED'],
    ['forbidden', 403, 'PERMISSION_DENIED'],
    ['model_unknown', 404, 'NOT_FOUND'],
    ['budget_exceeded', 400, 'FAILED_PRECONDITION'],
    ['limit_exceeded', 429, 'RESOURCE_EXHAUSTED'],
    ['model_unavailable', 503, 'UNAVAILABLE'],
    ['model_timeout', 504, 'DEADLINE_EXCEEDED'],
    ['internal', 500, 'INTERNAL'],
  ] as const)('%s is %i %s, and is read back', (code, status, word) => {
    const encoded = gemini.encodeError(new ShoalError(code, 'Wrong.', { hint: 'Do.' }));
    expect(encoded).toEqual({ status, json: { error: { code: status, message: 'Wrong. Do.', status: word } } });
    expect(gemini.readError(JSON.stringify(encoded.json))).toEqual({ message: 'Wrong. Do.', code: word });
    expect(gemini.readError(JSON.stringify([encoded.json]))).toEqual({ message: 'Wrong. Do.', code: word });
  });
});
