// OpenAI's own client at the door for chat completions: once with a provider that speaks it, then with each other API.
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import type { ChatCompletionMessageParam, ChatCompletionTool } from 'openai/resources/chat/completions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkedFetch } from './checked-fetch.ts';
import type { CheckedFetch } from './checked-fetch.ts';
import { ANTHROPIC, costOf, GEMINI, OPENAI, startShoal } from './shoal.ts';
import type { Shoal } from './shoal.ts';

const HELLO: ChatCompletionMessageParam[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Hello' },
];
const SAID = 'You said: Hello – grüße 🐟';
const DEPTH_OF = {
  name: 'depth_of',
  description: 'How deep it swims.',
  parameters: {
    type: 'object',
    properties: { fish: { type: 'string' }, unit: { type: 'string', enum: ['m', 'ft'] } },
    required: ['fish', 'unit'],
    additionalProperties: false,
  },
};
const TOOLS: ChatCompletionTool[] = [{ type: 'function', function: DEPTH_OF }];
const ARGUMENTS = { fish: 'text', unit: 'm' };
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let shoal: Shoal;
let checked: CheckedFetch;
let client: OpenAI;

beforeAll(async () => {
  shoal = await startShoal();
  checked = checkedFetch();
  client = new OpenAI({ apiKey: 'unused', baseURL: `${shoal.url}/v1`, fetch: checked.fetch, maxRetries: 0 });
});

afterAll(() => shoal.close());

describe.each([
  ['its own API, passed on', OPENAI, /chat\/completions$/],
  ['Anthropic’s API, translated', ANTHROPIC, /v1\/messages$/],
  ['Gemini’s API, translated', GEMINI, /enerateContent/],
])('OpenAI chat with a provider of %s', (_name, model, path) => {
  it('completes, with the usage that the provider told', async () => {
    const before = shoal.spent().spentNanoUsd;
    const { data, response } = await client.chat.completions.create({ model, messages: HELLO }).withResponse();
    const [seen] = shoal.upstream.seen.slice(-1);
    expect(seen?.path).toMatch(path);
    expect(data.choices[0]?.message.content).toBe(SAID);
    expect(data.choices[0]?.finish_reason).toBe('stop');
    expect(data.usage).toMatchObject({
      prompt_tokens: seen?.told?.input,
      completion_tokens: seen?.told?.output,
      prompt_tokens_details: { cached_tokens: 3 },
    });
    const cost = costOf(seen?.told ?? { input: 0, output: 0, cached: 0 });
    expect(Number(response.headers.get('x-shoal-cost-nano-usd'))).toBe(cost);
    expect(shoal.spent()).toEqual({ spentNanoUsd: before + cost, reservedNanoUsd: 0 });
  });

  it('streams, and tells the usage only where it was asked for', async () => {
    const stream = client.chat.completions.stream({ model, messages: HELLO, stream_options: { include_usage: true } });
    const pieces: string[] = [];
    stream.on('content', (piece) => pieces.push(piece));
    const completion = await stream.finalChatCompletion();
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join('')).toBe(SAID);
    expect(completion.usage?.completion_tokens).toBe(shoal.upstream.seen.at(-1)?.told?.output);

    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of await client.chat.completions.create({ model, messages: HELLO, stream: true })) chunks.push(chunk);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(SAID);
    expect(chunks.every((chunk) => chunk.choices.length === 1)).toBe(true);
    expect(chunks.filter((chunk) => chunk.usage)).toEqual([]);
  });

  it('calls tools, whole and streamed, and goes on with their results', async () => {
    const whole = await client.chat.completions.create({ model, messages: HELLO, tools: TOOLS });
    const streamed = await client.chat.completions.stream({ model, messages: HELLO, tools: TOOLS }).finalChatCompletion();
    for (const completion of [whole, streamed]) {
      const [choice] = completion.choices;
      expect(choice?.finish_reason).toBe('tool_calls');
      const [call] = choice?.message.tool_calls ?? [];
      expect(call).toMatchObject({ type: 'function', function: { name: 'depth_of' } });
      expect(call?.type === 'function' && JSON.parse(call.function.arguments)).toEqual(ARGUMENTS);
    }
    const message = whole.choices[0]?.message;
    const answer = await client.chat.completions.create({
      model,
      tools: TOOLS,
      messages: [
        ...HELLO,
        message as ChatCompletionMessageParam,
        { role: 'tool', tool_call_id: message?.tool_calls?.[0]?.id ?? '', content: '40 m' },
      ],
    });
    expect(answer.choices[0]?.message.content).toMatch(/^The tool said .*40 m/);
  });

  it('runs tools by itself', async () => {
    const runner = client.chat.completions.runTools({
      model,
      messages: HELLO,
      tools: [
        {
          type: 'function',
          function: { ...DEPTH_OF, parse: JSON.parse, function: ({ unit }: typeof ARGUMENTS) => `40 ${unit}` },
        },
      ],
    });
    expect(await runner.finalContent()).toMatch(/40 m/);
  });

  it('parses structured output', async () => {
    const Catch = z.object({ fish: z.enum(['herring']), count: z.number() });
    const completion = await client.chat.completions.parse({
      model,
      messages: HELLO,
      response_format: zodResponseFormat(Catch, 'catch'),
    });
    expect(completion.choices[0]?.message.parsed).toEqual({ fish: 'herring', count: 0 });
  });

  it('takes images', async () => {
    const completion = await client.chat.completions.create({
      model,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is it?' },
            { type: 'image_url', image_url: { url: PIXEL } },
          ],
        },
      ],
    });
    expect(completion.choices[0]?.message.content).toContain('(with 1 image)');
  });
});

describe('OpenAI chat', () => {
  it.each([OPENAI, GEMINI])('gives several choices, whole and streamed (%s)', async (model) => {
    const whole = await client.chat.completions.create({ model, messages: HELLO, n: 3 });
    const streamed = await client.chat.completions.stream({ model, messages: HELLO, n: 3 }).finalChatCompletion();
    for (const { choices } of [whole, streamed]) {
      expect(choices.map((choice) => choice.message.content)).toEqual([SAID, SAID, SAID]);
      expect(choices.map((choice) => choice.index)).toEqual([0, 1, 2]);
    }
  });

  it('says what a provider has no word for, whole and streamed', async () => {
    const asked = { model: ANTHROPIC, messages: HELLO, n: 3, seed: 7, presence_penalty: 1 };
    const whole = await client.chat.completions.create(asked).withResponse();
    const streamed = await client.chat.completions.create({ ...asked, stream: true }).withResponse();
    for await (const _chunk of streamed.data);
    expect(whole.data.choices).toHaveLength(1);
    for (const { response } of [whole, streamed]) {
      expect(response.headers.get('x-shoal-dropped')?.split(',')).toEqual(
        expect.arrayContaining(['choices', 'seed', 'presencePenalty']),
      );
    }
  });

  it('passes fields on that nobody here knows', async () => {
    await client.chat.completions.create({ model: OPENAI, messages: HELLO, not_invented_yet: { deep: [1] } } as never);
    expect(shoal.upstream.seen.at(-1)?.body['not_invented_yet']).toEqual({ deep: [1] });
  });

  it('never shows the caller’s key to a provider', () => {
    expect(shoal.upstream.seen.length).toBeGreaterThan(0);
    for (const { headers } of shoal.upstream.seen) expect(JSON.stringify(headers)).not.toContain('unused');
  });

  it('lists models in OpenAI’s form', async () => {
    const listed = await client.models.list();
    expect(listed.data.map((model) => model.id)).toEqual(expect.arrayContaining([OPENAI, ANTHROPIC, GEMINI]));
    for (const model of listed.data) expect(model).toMatchObject({ object: 'model', created: expect.any(Number) as number });
  });
});

describe('OpenAI’s published schema', () => {
  it('holds for every reply and every chunk of all these tests', async () => {
    expect(await checked.problems()).toEqual([]);
    expect(checked.checked).toBeGreaterThan(60);
  });
});
