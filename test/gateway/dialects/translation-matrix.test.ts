// Every way between the three APIs: what a conversation says arrives, or is named as dropped; a streamed tool call
// arrives; and what proves a thought comes back to its maker through a client of another API.
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../../gateway/models/dialects/anthropic-messages/index.ts';
import { bedrockConverse } from '../../../gateway/models/dialects/bedrock-converse/index.ts';
import type { Dialect } from '../../../gateway/models/dialects/dialect.ts';
import { gemini } from '../../../gateway/models/dialects/gemini/index.ts';
import type { Json, ModelEvent, ModelRequest, Part } from '../../../gateway/models/exchange.ts';
import type { Tested } from './arbitrary-exchange.ts';
import { fold } from './folded.ts';
import { PIXEL, REQUESTS, RESPONSES } from './published-shapes.ts';
import { STREAMS } from './published-streams.ts';

const DIALECTS: Readonly<Record<Tested, Dialect>> = {
  'anthropic-messages': anthropicMessages,
  gemini,
  'bedrock-converse': bedrockConverse,
};
const IDS = Object.keys(DIALECTS) as readonly Tested[];
const PAIRS = IDS.flatMap((from) => IDS.filter((to) => to !== from).map((to) => [from, to] as const));

const modelOf = (id: Tested): string => String(REQUESTS[id]['model']);

const partsIn = <K extends Part['kind']>(request: ModelRequest, kind: K): readonly Extract<Part, { kind: K }>[] =>
  request.messages.flatMap(({ parts }) => parts.filter((part): part is Extract<Part, { kind: K }> => part.kind === kind));
const textsBy = (request: ModelRequest, role: string): readonly string[] =>
  request.messages
    .filter((message) => message.role === role)
    .flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])));
const hasCacheMarks = (request: ModelRequest): boolean =>
  [...request.messages.flatMap(({ parts }) => parts), ...request.tools].some(
    (thing) => 'cache' in thing && thing.cache !== undefined,
  );

function translate(from: Tested, to: Tested) {
  const asked = DIALECTS[from].decodeRequest(REQUESTS[from]);
  const { json, dropped } = DIALECTS[to].encodeRequest({ ...asked, model: modelOf(to) });
  const model = modelOf(to);
  return { asked, dropped, json, arrived: DIALECTS[to].decodeRequest({ ...(JSON.parse(JSON.stringify(json)) as Json), model }) };
}

function streamed(id: Tested): readonly ModelEvent[] {
  const decoder = DIALECTS[id].createStreamDecoder();
  return STREAMS[id].flatMap(({ event, json }) =>
    decoder.take({ ...(event === undefined ? {} : { event }), data: JSON.stringify(json) }),
  );
}

describe.each(PAIRS)('%s served by %s', (from, to) => {
  it('prompts, picture, tools, call, result and limits of the request arrive', () => {
    const { asked, arrived } = translate(from, to);
    expect(textsBy(arrived, 'system')).toEqual(['You are a weather desk.']);
    expect(textsBy(arrived, 'user')).toEqual(textsBy(asked, 'user'));
    expect(textsBy(arrived, 'assistant')).toEqual(['Let me look.']);
    expect(partsIn(arrived, 'image')).toMatchObject([{ source: { kind: 'bytes', mediaType: 'image/png', base64: PIXEL } }]);
    expect(arrived.tools.map(({ name, parameters }) => ({ name, parameters }))).toEqual(
      asked.tools.map(({ name, parameters }) => ({ name, parameters })),
    );
    expect(arrived.toolChoice).toEqual({ kind: 'auto' });
    const [call] = partsIn(arrived, 'tool-call');
    const [result] = partsIn(arrived, 'tool-result');
    expect(call).toMatchObject({ name: 'weather', arguments: '{"city":"Paris"}' });
    expect(result?.toolCallId).toBe(call?.id);
    expect(result?.content).toEqual([{ kind: 'text', text: '21 degrees' }]);
    expect(arrived).toMatchObject({ maxOutputTokens: 4000, stop: ['END'] });
  });

  it('thoughts and cache marks arrive or are named as dropped', () => {
    const { asked, arrived, dropped } = translate(from, to);
    const [thought] = partsIn(asked, 'thinking');
    const arrivedThought = partsIn(arrived, 'thinking').find((part) => part.text !== '');
    const unchanged = arrivedThought?.text === thought?.text && arrivedThought?.signature === thought?.signature;
    expect(unchanged || dropped.includes('thinking')).toBe(true);
    // No API is ever shown the proof of another.
    const shared = from !== 'gemini' && to !== 'gemini';
    expect(unchanged).toBe(shared);
    expect(!hasCacheMarks(asked) || hasCacheMarks(arrived) || dropped.includes('cache')).toBe(true);
  });

  it('how much to think arrives or is named as dropped', () => {
    const { asked, arrived, dropped } = translate(from, to);
    expect(asked.thinking).toEqual({ budgetTokens: 2000 });
    const effort = arrived.thinking?.effort === 'low';
    expect(arrived.thinking?.budgetTokens === 2000 || effort || dropped.includes('thinking')).toBe(true);
  });

  it('fields that only the caller\u2019s API has are named as dropped', () => {
    const { json, dropped } = translate(from, to);
    const field = from === 'anthropic-messages' ? 'future_field' : 'futureField';
    expect(dropped).toContain(field);
    expect(JSON.stringify(json)).not.toContain(field);
  });

  it('a streamed answer with a thought and a tool call arrives', () => {
    const events = streamed(to);
    const encoder = DIALECTS[from].createStreamEncoder({ model: 'asked', streamUsage: true });
    const client = DIALECTS[from].createStreamDecoder();
    const arrived = fold(events.flatMap((event) => encoder.put(event)).flatMap((event) => client.take(event)));
    const said = fold(events);
    expect(said.parts.map((part) => part.kind)).toEqual(['thinking', 'text', 'tool-call']);
    expect(arrived.parts).toEqual(said.parts);
    expect(arrived.finishReason).toBe('tool-calls');
    expect(arrived.usage).toMatchObject({ inputTokens: 60, outputTokens: 40, cachedInputTokens: 30 });
    expect(client.finished).toBe(true);
  });

  it('a whole answer arrives, and its thought comes back to its maker with its proof', () => {
    const answer = DIALECTS[to].decodeResponse(RESPONSES[to]);
    const seen = DIALECTS[from].decodeResponse(DIALECTS[from].encodeResponse(answer, { model: 'asked' }));
    expect(seen.choices).toEqual(answer.choices);
    const [choice] = seen.choices;
    const question = { role: 'user' as const, parts: [{ kind: 'text' as const, text: 'Go on.' }] };
    const base = DIALECTS[from].decodeRequest(REQUESTS[from]);
    const next = {
      ...base,
      model: modelOf(to),
      messages: [question, { role: 'assistant' as const, parts: choice?.parts ?? [] }, question],
    };
    const { json, dropped } = DIALECTS[to].encodeRequest(next);
    expect(JSON.stringify(json)).toContain('"c2lnbmVkMg=="');
    expect(dropped).not.toContain('thinking');
  });
});
