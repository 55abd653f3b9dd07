// What holds for every dialect of this folder, whatever is said in it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import { anthropicMessages } from '../../../gateway/models/dialects/anthropic-messages/index.ts';
import { bedrockConverse } from '../../../gateway/models/dialects/bedrock-converse/index.ts';
import type { Dialect } from '../../../gateway/models/dialects/dialect.ts';
import { gemini } from '../../../gateway/models/dialects/gemini/index.ts';
import type { Json } from '../../../gateway/models/exchange.ts';
import { conversation, streamedAnswer } from './arbitrary-exchange.ts';
import type { Tested } from './arbitrary-exchange.ts';
import { fold } from './folded.ts';
import { REQUESTS, RESPONSES } from './published-shapes.ts';
import { STREAMS } from './published-streams.ts';

const DIALECTS: readonly (readonly [Tested, Dialect])[] = [
  ['anthropic-messages', anthropicMessages],
  ['gemini', gemini],
  ['bedrock-converse', bedrockConverse],
];

/** Only our own errors may come out, whatever goes in. */
function outcome(run: () => unknown): 'read' | 'refused' {
  try {
    run();
    return 'read';
  } catch (error) {
    if (error instanceof ShoalError) return 'refused';
    throw error;
  }
}

/** The value with the thing at one random place in it replaced. */
function spoiled(value: unknown, place: readonly number[], by: unknown): unknown {
  const [first, ...rest] = place;
  if (first === undefined || typeof value !== 'object' || value === null) return by;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.length === 0
      ? by
      : items.map((item, index) => (index === first % items.length ? spoiled(item, rest, by) : item));
  }
  const keys = Object.keys(value);
  const chosen = keys[first % Math.max(1, keys.length)];
  return chosen === undefined ? by : { ...value, [chosen]: spoiled((value as Json)[chosen], rest, by) };
}

/** Blocks that hold blocks. */
const KINDS = ['tool_result', 'document', 'search_result', 'content'];

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const item of Object.values(value)) frozen(item);
  }
  return value;
};

describe.each(DIALECTS)('%s', (id, dialect) => {
  it('a stream that is written and read again says the same', () => {
    fc.assert(
      fc.property(streamedAnswer(id), (events) => {
        const encoder = dialect.createStreamEncoder({ model: 'm', streamUsage: true });
        const decoder = dialect.createStreamDecoder();
        const again = events.flatMap((event) => encoder.put(event)).flatMap((event) => decoder.take(event));
        expect(fold(again)).toEqual(fold(events));
        expect(again[0]?.kind).toBe('start');
        expect(again.at(-1)?.kind).toBe('end');
        expect(decoder.finished).toBe(true);
      }),
    );
  });

  it('usage read event by event is the usage of the whole stream', () => {
    fc.assert(
      fc.property(streamedAnswer(id), (events) => {
        const encoder = dialect.createStreamEncoder({ model: 'm', streamUsage: true });
        const wire = events.flatMap((event) => encoder.put(event));
        let usage: ReturnType<Dialect['usageOfEvent']>;
        for (const event of wire) usage = dialect.usageOfEvent(event, usage);
        expect(usage).toEqual(fold(events).usage);
      }),
    );
  });

  it('a request that is written and read again means the same, and nothing is lost', () => {
    fc.assert(
      fc.property(conversation(id), (request) => {
        const { json, dropped } = dialect.encodeRequest(request);
        expect(dropped).toEqual([]);
        expect(dialect.decodeRequest({ ...json, model: request.model })).toEqual(request);
      }),
    );
  });

  it('an answer that is written and read again says the same', () => {
    fc.assert(
      fc.property(streamedAnswer(id), (events) => {
        const { parts, finishReason, usage } = fold(events);
        if (finishReason === undefined || usage === undefined) return;
        const json = dialect.encodeResponse(
          { id: 'msg_1', model: 'm', created: 1, choices: [{ parts, finishReason }], usage },
          { model: 'm' },
        );
        const again = dialect.decodeResponse(JSON.parse(JSON.stringify(json)));
        expect(again.choices).toEqual([{ parts, finishReason }]);
        expect(again.usage).toEqual(usage);
        expect(dialect.usageOf(json)).toEqual(usage);
      }),
    );
  });

  it('any JSON is read, or refused with an error of ours', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, event) => {
        const object = { value } as Json;
        for (const run of [
          () => dialect.peek(value),
          () => dialect.decodeRequest(object),
          () => dialect.decodeResponse(value),
          () => dialect.createStreamDecoder().take({ event, data: JSON.stringify(value) }),
          () => dialect.createStreamDecoder().take({ data: event }),
        ]) {
          expect(outcome(run)).toMatch(/read|refused/);
        }
        dialect.usageOf(value);
        dialect.usageOfEvent({ event: 'metadata', data: event }, undefined);
        dialect.readError(event);
        dialect.readError(JSON.stringify(value));
        dialect.requestTexts(object);
        dialect.responseTexts(object);
      }),
    );
  });

  it('JSON that is nested without end is read, or refused with an error of ours', () => {
    let deep: Json = {};
    for (let level = 0; level < 20_000; level++)
      deep = { type: KINDS[level % KINDS.length], a: deep, content: [deep], parts: [deep], source: deep };
    const places: readonly (readonly number[])[] = [[], ...Array.from({ length: 8 }, (_, index) => [index])].flatMap((start) =>
      Array.from({ length: 60 }, (_, index) => [...start, index % 3, index % 5, index % 7, index % 2, index % 4]),
    );
    for (const place of places) {
      const request = spoiled(REQUESTS[id], place, deep) as Json;
      expect(outcome(() => dialect.encodeRequest({ ...dialect.decodeRequest(request), maxOutputTokens: 100 }))).toMatch(
        /read|refused/,
      );
      expect(outcome(() => dialect.decodeResponse(spoiled(RESPONSES[id], place, deep)))).toMatch(/read|refused/);
      expect(outcome(() => dialect.requestTexts(request))).toMatch(/read|refused/);
    }
  });

  it('a published request, answer or stream with one thing in it spoiled is read, or refused with an error of ours', () => {
    const place = fc.array(fc.nat(30), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(place, fc.jsonValue(), (at, by) => {
        const request = spoiled(REQUESTS[id], at, by) as Json;
        const read = outcome(() => dialect.encodeRequest({ ...dialect.decodeRequest(request), maxOutputTokens: 100 }));
        expect(read).toMatch(/read|refused/);
        dialect.requestTexts(request);
        outcome(() => dialect.encodeResponse(dialect.decodeResponse(spoiled(RESPONSES[id], at, by)), { model: 'm' }));
        const decoder = dialect.createStreamDecoder();
        outcome(() => {
          for (const event of spoiled(STREAMS[id], at, by) as (typeof STREAMS)[Tested]) {
            decoder.take({
              ...(typeof event?.event === 'string' ? { event: event.event } : {}),
              data: JSON.stringify(event?.json ?? null),
            });
          }
        });
      }),
      { numRuns: 400 },
    );
  });

  it('texts are found, and replaced without a touch on anything else', () => {
    const request = frozen(structuredClone(REQUESTS[id]));
    const answer = frozen(structuredClone(RESPONSES[id]));
    expect(dialect.withRequestTexts(request, (slot) => slot.text)).toBe(request);
    expect(dialect.withResponseTexts(answer, (slot) => slot.text)).toBe(answer);
    const slots = dialect.requestTexts(request);
    expect(new Set(slots.map((slot) => slot.role))).toEqual(new Set(['system', 'user', 'assistant', 'tool']));
    const changed = dialect.withRequestTexts(request, (slot) => `${slot.role}: ${slot.text}`);
    expect(dialect.requestTexts(changed)).toEqual(slots.map((slot) => ({ ...slot, text: `${slot.role}: ${slot.text}` })));
    const back = dialect.withRequestTexts(changed, (slot) => slot.text.slice(slot.role.length + 2));
    expect(back).toEqual(request);
    expect(dialect.responseTexts(answer)).toMatchObject([{ role: 'assistant' }, { role: 'assistant', argument: true }]);
  });
});
