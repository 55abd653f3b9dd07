// What is redacted never leaves, in a text or in the arguments of a call, by any API; and it comes back in the answer.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anthropicMessages } from '../../../gateway/models/dialects/anthropic-messages/index.ts';
import { bedrockConverse } from '../../../gateway/models/dialects/bedrock-converse/index.ts';
import type { Dialect } from '../../../gateway/models/dialects/dialect.ts';
import { gemini } from '../../../gateway/models/dialects/gemini/index.ts';
import { openAiChat } from '../../../gateway/models/dialects/openai-chat/index.ts';
import { openAiResponses } from '../../../gateway/models/dialects/openai-responses/index.ts';
import { formedAnswer, formedContent, wireAnswer, wireContent } from '../../../gateway/models/content.ts';
import type { ModelEvent, ModelMessage, ModelRequest, ModelResponse, Part } from '../../../gateway/models/exchange.ts';
import { requestOf as localRequestOf } from '../../../gateway/models/local-request.ts';
import type { AnswerContent, Content, ModelAnswer, ModelCall } from '../../../gateway/models/model-call.ts';
import { createGuardrails } from '../../../gateway/policy/guardrails/create-guardrails.ts';
import { guarded } from '../../../gateway/policy/guardrails/guarded.ts';
import { GuardrailsSchema } from '../../../gateway/policy/guardrails/settings.ts';
import { eventsOf } from '../../../gateway/models/replay.ts';
import { callOf, collect, message, requestOf, responseOf } from '../cache/calls.ts';
import { fold } from '../dialects/folded.ts';

const word = fc.stringMatching(/^[a-z]{3,8}$/);
const address = fc.tuple(word, word).map(([name, host]) => `${name}@${host}.org`);
const addresses = fc.uniqueArray(address, { minLength: 1, maxLength: 4 });

/** Arguments with addresses at every kind of place; `escape` writes the `@` as JSON may. */
function argumentsOf(list: readonly string[], escape: boolean): string {
  const [first = ''] = list;
  const value = {
    to: list,
    note: `say "hi" to ${first}\\\n`,
    deep: { er: [{ cc: first }, 17, null, true] },
    [first]: { seen: false },
  };
  const text = JSON.stringify(value);
  return escape ? text.replaceAll('@', String.raw`\u0040`) : text;
}

const tool = {
  name: 'send_mail',
  description: 'Sends it.',
  parameters: { type: 'object', properties: { to: { type: 'array' } } },
};

function conversation(list: readonly string[], escape: boolean): ModelRequest {
  const [first = ''] = list;
  const messages: readonly ModelMessage[] = [
    message('system', `Whoever writes from ${first} is a friend.`),
    message('user', `Mail ${list.join(' and ')} for me.`),
    {
      role: 'assistant',
      parts: [
        { kind: 'text', text: `Mailing ${first}.` },
        { kind: 'tool-call', id: 'call_1', name: tool.name, arguments: argumentsOf(list, escape) },
      ],
    },
    {
      role: 'tool',
      parts: [{ kind: 'tool-result', toolCallId: 'call_1', content: [{ kind: 'text', text: `{"sent":"${first}"}` }] }],
    },
    message('user', 'And again.'),
  ];
  return requestOf(messages, { model: 'claude-sonnet-4-6', tools: [tool], maxOutputTokens: 100 });
}

/** What a model makes of what it was sent: it names everybody that it was told of, and one that nobody told it of. */
function answerTo(content: Content): ModelResponse {
  const texts = content.texts().map((slot) => slot.text);
  const named = [...new Set(texts.join(' ').match(/\[EMAIL_\d+\]/g) ?? [])];
  const parts: readonly Part[] = [
    { kind: 'text', text: `Writing to ${named.join(', ')} but not to own@model.com.` },
    { kind: 'tool-call', id: 'call_2', name: tool.name, arguments: argumentsOf(named, false) },
    { kind: 'tool-call', id: 'call_3', name: tool.name, arguments: argumentsOf(['own@model.com'], true) },
  ];
  return responseOf('', { choices: [{ parts, finishReason: 'tool-calls' }] });
}

const inPieces = (event: ModelEvent, size: number): readonly ModelEvent[] => {
  const key = event.kind === 'tool-call-delta' ? 'arguments' : 'text';
  if (event.kind !== 'tool-call-delta' && event.kind !== 'text-delta') return [event];
  const text = event.kind === 'tool-call-delta' ? event.arguments : event.text;
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) => ({
    ...event,
    [key]: text.slice(index * size, (index + 1) * size),
  }));
};

interface Api {
  readonly name: string;
  content(request: ModelRequest): Content;
  answer(response: ModelResponse): AnswerContent;
  /** The events of a stream, as they come from its provider or go to its client. */
  overTheWire(events: readonly ModelEvent[]): readonly ModelEvent[];
}
const apiOf = (dialect: Dialect): Api => ({
  name: dialect.id,
  content: (request) => wireContent(dialect, { ...dialect.encodeRequest(request).json, model: request.model }, undefined),
  answer: (response) => wireAnswer(dialect, () => dialect.encodeResponse(response, { model: 'm' }), undefined),
  overTheWire: (events) => {
    const encoder = dialect.createStreamEncoder({ model: 'm', streamUsage: true });
    const decoder = dialect.createStreamDecoder();
    return events.flatMap((event) => encoder.put(event)).flatMap((event) => decoder.take(event));
  },
});
const APIS: readonly Api[] = [
  ...[openAiChat, openAiResponses, anthropicMessages, gemini, bedrockConverse].map(apiOf),
  {
    name: 'no API: the common form',
    content: (request) => formedContent(request, undefined),
    answer: formedAnswer,
    overTheWire: (events) => events,
  },
];

const sentBody = (content: Content): string => JSON.stringify(content.wire?.json ?? content.request());

function upstream(api: Api, pieceSize: number, sent: string[]): (call: ModelCall) => Promise<ModelAnswer> {
  return async (call) => {
    sent.push(sentBody(call.content));
    const response = answerTo(call.content);
    const answer = { usage: response.usage, finishReason: 'tool-calls' as const, dropped: [] };
    if (call.output === undefined) return { ...answer, content: api.answer(response) };
    const events = [...eventsOf(response)].flatMap((event) => inPieces(event, pieceSize));
    for (const event of api.overTheWire(events)) await call.output.event(event);
    return { ...answer, content: undefined };
  };
}

function expectRestored(parts: readonly Part[], list: readonly string[]): void {
  const [said, first, second] = parts;
  const told = said?.kind === 'text' ? said.text : '';
  for (const one of list) expect(told).toContain(one);
  expect(told).not.toContain('own@model.com');
  const [call, own] = [first, second].map((part) =>
    part?.kind === 'tool-call' ? (JSON.parse(part.arguments) as unknown) : undefined,
  );
  const named = (call as { to: readonly string[] }).to;
  expect(named.toSorted()).toEqual(list.toSorted());
  expect(call).toEqual(JSON.parse(argumentsOf(named, false)));
  const hidden = (own as { to: readonly string[] }).to;
  expect(hidden).toEqual([expect.stringMatching(/^\[EMAIL_\d+\]$/)]);
  expect(own).toEqual(JSON.parse(argumentsOf(hidden, false)));
}

const step = guarded(
  createGuardrails(GuardrailsSchema.parse([{ name: 'personal', kind: 'pii', entities: ['email'] }]), {
    environment: {},
    now: Date.now,
  }),
);

describe.each(APIS)('by $name', (api) => {
  it('no redacted address leaves, and each comes back in a whole answer', async () => {
    await fc.assert(
      fc.asyncProperty(addresses, fc.boolean(), async (list, escape) => {
        const sent: string[] = [];
        const call = callOf('', { content: api.content(conversation(list, escape)) });
        const answer = await step(upstream(api, 1, sent))(call);
        expect(sent.join('')).not.toMatch(/@|u0040/);
        expectRestored(answer.content?.response().choices[0]?.parts ?? [], list);
      }),
      { numRuns: 50 },
    );
  });

  it('no redacted address leaves, and each comes back in a stream however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(addresses, fc.boolean(), fc.integer({ min: 1, max: 30 }), async (list, escape, size) => {
        const sent: string[] = [];
        const output = collect();
        const call = callOf('', { content: api.content(conversation(list, escape)), output });
        await step(upstream(api, size, sent))(call);
        expect(sent.join('')).not.toMatch(/@|u0040/);
        expectRestored(fold(output.events).parts, list);
        expectRestored(fold(api.overTheWire(output.events)).parts, list);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a request from inside this process', () => {
  it('says the same in both of its forms', () => {
    const call = { id: 'c', name: 'send_mail', arguments: { to: ['ada@lab.org'], n: 1 } };
    const local = {
      messages: [
        { role: 'user' as const, content: 'Write to ada@lab.org.' },
        { role: 'assistant' as const, content: '', toolCalls: [call] },
        { role: 'tool' as const, toolCallId: 'c', content: 'ada@lab.org answered' },
      ],
    } as unknown as Parameters<typeof localRequestOf>[1];
    const content = formedContent(localRequestOf('m', local, false), local);
    const changed = content.withTexts(({ text }) => text.replaceAll('ada@lab.org', 'X'));
    expect(JSON.stringify([changed.request().messages, changed.local])).not.toContain('ada@lab.org');
    expect(changed.local?.messages[1]).toMatchObject({ toolCalls: [{ id: 'c', arguments: { to: ['X'], n: 1 } }] });
    expect(content.local).toBe(local);
  });
});
