// What both of OpenAI's dialects must keep, whatever is said in them.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialect, WireEvent } from '../../../gateway/models/dialects/dialect.ts';
import { openAiChat } from '../../../gateway/models/dialects/openai-chat/index.ts';
import { openAiResponses } from '../../../gateway/models/dialects/openai-responses/index.ts';
import { createEventParser, writeEvent } from '../../../gateway/models/dialects/server-sent-events.ts';
import type { ModelEvent, ModelRequest } from '../../../gateway/models/exchange.ts';
import * as arbitrary from './arbitrary.ts';
import { problemsUnder } from './published-schema.ts';

function encode(dialect: Dialect, events: readonly ModelEvent[]): readonly WireEvent[] {
  const encoder = dialect.createStreamEncoder({ model: 'model-1', streamUsage: true });
  return events.flatMap((event) => encoder.put(event));
}

function decode(dialect: Dialect, wire: readonly WireEvent[], piece: number): readonly ModelEvent[] {
  const bytes = new TextEncoder().encode(wire.map(writeEvent).join(''));
  const parser = createEventParser();
  const decoder = dialect.createStreamDecoder();
  const events: ModelEvent[] = [];
  for (let start = 0; start < bytes.length; start += piece) {
    for (const event of parser.push(bytes.subarray(start, start + piece))) events.push(...decoder.take(event));
  }
  expect(decoder.finished).toBe(true);
  return events;
}

/** The end of a thought without proof is known only when the next thing comes, so choices are compared one by one. */
function byChoice(events: readonly ModelEvent[]): readonly (readonly ModelEvent[])[] {
  const apart = Map.groupBy(events, (event) => ('choice' in event ? event.choice : event.kind));
  return [...apart].toSorted(([left], [right]) => String(left).localeCompare(String(right))).map(([, own]) => own);
}

const chatRequests = arbitrary.request({ thoughts: true });
const responsesRequests = arbitrary.request(
  { thoughts: false },
  {
    topK: undefined,
    stop: [],
    seed: undefined,
    presencePenalty: undefined,
    frequencyPenalty: undefined,
    choices: 1,
    extra: { store: false },
  },
);

const CASES = [
  { dialect: openAiChat, choices: 3, requests: chatRequests, file: 'chat', type: 'ChatCompletion', event: 'ChatCompletionChunk' },
  {
    dialect: openAiResponses,
    choices: 1,
    requests: responsesRequests,
    file: 'responses',
    type: 'Response',
    event: 'ResponseStreamEvent',
  },
] as const;

describe.each(CASES)('$dialect.id', ({ dialect, choices, requests, file, type, event }) => {
  it('says a request so that it is read as it was meant', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const { json, dropped } = dialect.encodeRequest(request);
        expect(dropped).toEqual([]);
        const read: ModelRequest = dialect.decodeRequest(JSON.parse(JSON.stringify(json)));
        // The gateway always wants the usage of a stream.
        expect({ ...read, streamUsage: true }).toEqual(request);
        expect(dialect.peek(json)).toEqual({
          model: request.model,
          stream: request.stream,
          maxOutputTokens: request.maxOutputTokens,
          choices: request.choices,
        });
      }),
    );
  });

  it('says an answer so that it is read as it was meant, in the published form', () => {
    fc.assert(
      fc.property(arbitrary.response(choices), requests, (response, request) => {
        const json = dialect.encodeResponse(response, request);
        expect(problemsUnder(file, type, json)).toEqual([]);
        expect(dialect.decodeResponse(JSON.parse(JSON.stringify(json)))).toEqual(response);
        expect(dialect.usageOf(json)).toEqual(response.usage);
      }),
    );
  });

  it('says a stream so that it is read as it was meant, however it is cut', () => {
    fc.assert(
      fc.property(arbitrary.stream(choices), fc.integer({ min: 1, max: 200 }), (events, piece) => {
        const read = decode(dialect, encode(dialect, events), piece);
        expect(byChoice(read)).toEqual(byChoice(events));
        expect(read[0]?.kind).toBe('start');
        expect(read.at(-1)?.kind).toBe('end');
      }),
    );
  });

  it('writes events in the published form, and finds the usage in them', () => {
    fc.assert(
      fc.property(arbitrary.stream(choices), (events) => {
        const wire = encode(dialect, events);
        for (const { data, event: name } of wire) {
          if (data === '[DONE]') continue;
          const json = JSON.parse(data) as { readonly type?: string };
          expect(problemsUnder(file, event, json)).toEqual([]);
          expect(name).toBe(json.type);
        }
        const said = events.find((one) => one.kind === 'usage')?.usage;
        expect(
          wire.reduce<ReturnType<Dialect['usageOf']>>((before, one) => dialect.usageOfEvent(one, before), undefined),
        ).toEqual(said);
      }),
      { numRuns: 30 },
    );
  });

  it('passes the log-probabilities of a stream on', () => {
    const top = [{ token: 'Ho', logprob: -2, bytes: [72, 111] }];
    const logprobs = { content: [{ token: 'Hi', logprob: -0.1, bytes: [72, 105], top_logprobs: top }], refusal: null };
    const events: readonly ModelEvent[] = [
      { kind: 'start', id: 'resp_1', model: 'model-1', created: 1 },
      { kind: 'text-delta', choice: 0, text: 'Hi', logprobs },
      { kind: 'choice-end', choice: 0, finishReason: 'stop' },
      { kind: 'end' },
    ];
    const wire = encode(dialect, events);
    const problems = wire
      .filter(({ data }) => data !== '[DONE]')
      .flatMap(({ data }) => problemsUnder(file, event, JSON.parse(data)));
    expect(problems).toEqual([]);
    expect(decode(dialect, wire, 50)).toEqual(events);
  });
});
