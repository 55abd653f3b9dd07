// Guardrails see and change texts through these functions; nothing else in a body may change by it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeText, Dialect, TextSlot } from '../../../gateway/models/dialects/dialect.ts';
import { openAiChat } from '../../../gateway/models/dialects/openai-chat/index.ts';
import { openAiEmbeddings } from '../../../gateway/models/dialects/openai-embeddings.ts';
import { openAiResponses } from '../../../gateway/models/dialects/openai-responses/index.ts';
import type { Json } from '../../../gateway/models/exchange.ts';

const CHAT_REQUEST = {
  model: 'm',
  messages: [
    { role: 'system', content: 's1' },
    { role: 'developer', content: [{ type: 'text', text: 's2' }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'u1' },
        { type: 'image_url', image_url: { url: 'https://example.org' } },
      ],
    },
    {
      role: 'assistant',
      content: null,
      reasoning_content: 'a1',
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'go', arguments: '{"to":["a2",7],"x":{"y":"a3"}}' } }],
    },
    { role: 'tool', tool_call_id: 'c', content: 't1' },
    { role: 'assistant', content: 'a4', refusal: 'a5', tool_calls: [{ function: { arguments: 'a6, no JSON' } }] },
  ],
  prediction: { type: 'content', content: 'u2' },
  tools: [{ type: 'function', function: { name: 'go', description: 'not a text of this talk' } }],
};
const CHAT_ANSWER = {
  id: 'x',
  choices: [
    {
      index: 0,
      message: { content: 'a1', reasoning: 'a2', tool_calls: [{ function: { name: 'go', arguments: '{"to":"a3"}' } }] },
    },
    { index: 1, message: { role: 'assistant', content: null, refusal: 'a4' } },
  ],
};
const RESPONSES_REQUEST = {
  model: 'm',
  instructions: 's1',
  input: [
    { role: 'developer', content: 's2' },
    {
      type: 'message',
      role: 'user',
      content: [
        { type: 'input_text', text: 'u1' },
        { type: 'input_image', image_url: 'data:x' },
      ],
    },
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'a1' }], encrypted_content: 'sealed' },
    {
      role: 'assistant',
      content: [
        { type: 'output_text', text: 'a2' },
        { type: 'refusal', refusal: 'a3' },
      ],
    },
    { type: 'function_call', call_id: 'c', name: 'go', arguments: '{"to":"a4"}' },
    { type: 'function_call_output', call_id: 'c', output: 't1' },
    { type: 'custom_tool_call', call_id: 'd', name: 'sh', input: 'a5' },
    { type: 'function_call_output', call_id: 'd', output: [{ type: 'input_text', text: 't2' }] },
    { type: 'item_reference', id: 'msg_0' },
  ],
  prompt: { id: 'p', variables: { city: 'u2', note: { type: 'input_text', text: 'u3' } } },
};
const RESPONSES_ANSWER = {
  output: [
    { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'a1', annotations: [] }] },
    { type: 'function_call', arguments: '{"to":"a2"}' },
  ],
};
const EMBEDDING_REQUEST = { model: 'm', input: ['u1', 'u2'] };

interface Walked {
  readonly name: string;
  readonly sample: Json;
  readonly texts: (json: Json) => readonly TextSlot[];
  readonly change: (json: Json, change: ChangeText) => Json;
}
const inRequest = (name: string, sample: Json, dialect: Pick<Dialect, 'requestTexts' | 'withRequestTexts'>): Walked => ({
  name,
  sample,
  texts: (json) => dialect.requestTexts(json),
  change: (json, change) => dialect.withRequestTexts(json, change),
});
const inAnswer = (name: string, sample: Json, dialect: Dialect): Walked => ({
  name,
  sample,
  texts: (json) => dialect.responseTexts(json),
  change: (json, change) => dialect.withResponseTexts(json, change),
});
const WALKS: readonly Walked[] = [
  inRequest('chat request', CHAT_REQUEST, openAiChat),
  inAnswer('chat answer', CHAT_ANSWER, openAiChat),
  inRequest('responses request', RESPONSES_REQUEST, openAiResponses),
  inAnswer('responses answer', RESPONSES_ANSWER, openAiResponses),
  inRequest('embedding request', EMBEDDING_REQUEST, openAiEmbeddings),
];

/** The sample with unknown fields in every object. */
function withUnknown(value: unknown, unknown: readonly fc.JsonValue[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withUnknown(item, unknown));
  if (typeof value !== 'object' || value === null) return value;
  const known = Object.entries(value).map(([key, inner]) => [key, withUnknown(inner, unknown)] as const);
  return Object.fromEntries([...known, ...unknown.map((one, index) => [`x-${index}`, one] as const)]);
}

const reversed = (text: string): string => Array.from(text).toReversed().join('');

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(Object.freeze(value))) frozen(inner);
  return value;
}

describe.each(WALKS)('the texts of a $name', ({ sample, texts, change }) => {
  it('are all found, each with the role of who wrote it', () => {
    const found = texts(sample);
    // Each sample text begins with the first letter of its role, and they are numbered by role.
    for (const { role, text } of found) expect(text).toMatch(new RegExp(`^${role[0]}\\d`));
    const written = JSON.stringify(sample).match(/\b[suat]\d\b/g) ?? [];
    expect(found.map(({ text }) => text.slice(0, 2)).toSorted()).toEqual(written.toSorted());
  });

  it('can be replaced without touching anything else, whatever unknown fields there are', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 3 }), (unknown) => {
        const body = frozen(withUnknown(sample, unknown)) as Json;
        const once = change(body, ({ text }) => reversed(text));
        expect(texts(once).map(({ text }) => text)).toEqual(texts(body).map(({ text }) => reversed(text)));
        expect(change(once, ({ text }) => reversed(text))).toEqual(body);
      }),
    );
  });

  it('that stay as they are cost no copy', () => {
    const body = frozen(sample);
    expect(change(body, ({ text }) => text)).toBe(body);
  });
});

it('a replacement with quotes in it leaves the arguments of a call valid JSON', () => {
  const changed = openAiChat.withResponseTexts(CHAT_ANSWER, () => 'say "hi"\n') as typeof CHAT_ANSWER;
  expect(JSON.parse(changed.choices[0]?.message.tool_calls?.[0]?.function.arguments ?? '')).toEqual({ to: 'say "hi"\n' });
});
