// Anthropic's own client at the door for messages: with a provider that speaks it, and with others.
import Anthropic, { APIError, BadRequestError, InternalServerError, NotFoundError, RateLimitError } from '@anthropic-ai/sdk';
import type { MessageParam, Tool } from '@anthropic-ai/sdk/resources/messages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANTHROPIC, costOf, GEMINI, OPENAI, startShoal, THINKER } from './shoal.ts';
import type { Shoal } from './shoal.ts';

const HELLO: MessageParam[] = [{ role: 'user', content: 'Hello' }];
const SAID = 'You said: Hello – grüße 🐟';
const TOOLS: Tool[] = [
  {
    name: 'depth_of',
    description: 'How deep it swims.',
    input_schema: { type: 'object', properties: { fish: { type: 'string' } }, required: ['fish'], additionalProperties: false },
  },
];
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let shoal: Shoal;
let client: Anthropic;

beforeAll(async () => {
  shoal = await startShoal();
  client = new Anthropic({ apiKey: 'unused', baseURL: shoal.url, maxRetries: 0 });
});
afterAll(() => shoal.close());

describe.each([
  ['its own API, passed on', ANTHROPIC, /v1\/messages$/],
  ['OpenAI’s API, translated', OPENAI, /chat\/completions$/],
  ['Gemini’s API, translated', GEMINI, /enerateContent/],
])('Anthropic messages with a provider of %s', (_name, model, path) => {
  it('creates, with the usage that the provider told', async () => {
    const before = shoal.spent().spentNanoUsd;
    const message = await client.messages.create({ model, max_tokens: 500, system: 'Be brief.', messages: HELLO });
    const [seen] = shoal.upstream.seen.slice(-1);
    expect(seen?.path).toMatch(path);
    expect(seen?.asked?.cap).toBe(500);
    expect(message.content).toMatchObject([{ type: 'text', text: SAID }]);
    expect(message.stop_reason).toBe('end_turn');
    // Input from the cache is counted apart here.
    expect(message.usage).toMatchObject({
      input_tokens: (seen?.told?.input ?? 0) - 3,
      cache_read_input_tokens: 3,
      output_tokens: seen?.told?.output,
    });
    expect(shoal.spent()).toEqual({
      spentNanoUsd: before + costOf(seen?.told ?? { input: 0, output: 0, cached: 0 }),
      reservedNanoUsd: 0,
    });
  });

  it('streams events in the order that the API promises', async () => {
    const stream = client.messages.stream({ model, max_tokens: 500, messages: HELLO });
    const types: string[] = [];
    stream.on('streamEvent', (event) => types.push(event.type));
    const message = await stream.finalMessage();
    expect(message.content).toMatchObject([{ type: 'text', text: SAID }]);
    expect(types.filter((type, index) => type !== types[index - 1])).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(message.usage.output_tokens).toBe(shoal.upstream.seen.at(-1)?.told?.output);
  });

  it('calls tools, whole and streamed, and goes on with their results', async () => {
    const asked = { model, max_tokens: 500, messages: HELLO, tools: TOOLS };
    const whole = await client.messages.create(asked);
    const streamed = await client.messages.stream(asked).finalMessage();
    for (const message of [whole, streamed]) {
      expect(message.stop_reason).toBe('tool_use');
      expect(message.content).toMatchObject([{ type: 'tool_use', name: 'depth_of', input: { fish: 'text' } }]);
    }
    const [call] = whole.content;
    const answer = await client.messages.create({
      ...asked,
      messages: [
        ...HELLO,
        { role: 'assistant', content: whole.content },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: call?.type === 'tool_use' ? call.id : '', content: '40 m' }],
        },
      ],
    });
    expect(answer.content).toMatchObject([{ type: 'text', text: expect.stringMatching(/^The tool said .*40 m/) as string }]);
  });

  it('takes images', async () => {
    const source = { type: 'base64', media_type: 'image/png', data: PIXEL } as const;
    const message = await client.messages.create({
      model,
      max_tokens: 500,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is it?' },
            { type: 'image', source },
          ],
        },
      ],
    });
    expect(JSON.stringify(message.content)).toContain('(with 1 image)');
  });

  it('counts tokens', async () => {
    const { data, response } = await client.messages.countTokens({ model, messages: HELLO, system: 'Be brief.' }).withResponse();
    expect(data.input_tokens).toBeGreaterThan(1);
    const how = { [ANTHROPIC]: 'provider', [OPENAI]: 'counted', [GEMINI]: 'estimated' }[model];
    expect(response.headers.get('x-shoal-token-count')).toBe(how);
  });
});

describe('thinking', () => {
  it('comes as blocks with their signatures, whole and streamed, and may go back', async () => {
    const asked = {
      model: THINKER,
      max_tokens: 4000,
      messages: HELLO,
      thinking: { type: 'enabled', budget_tokens: 2000 } as const,
    };
    const whole = await client.messages.create(asked);
    const streamed = await client.messages.stream(asked).finalMessage();
    for (const { content } of [whole, streamed]) {
      expect(content.map((block) => block.type)).toEqual(['thinking', 'text']);
      expect(content[0]).toMatchObject({ thinking: 'Let me think about that.', signature: 'c2lnbmF0dXJl' });
    }
    await client.messages.create({ ...asked, messages: [...HELLO, { role: 'assistant', content: whole.content }, ...HELLO] });
    expect(JSON.stringify(shoal.upstream.seen.at(-1)?.body)).toContain('c2lnbmF0dXJl');
  });

  it('is translated from a provider of another API', async () => {
    const asked = {
      model: GEMINI,
      max_tokens: 4000,
      messages: HELLO,
      thinking: { type: 'enabled', budget_tokens: 2000 } as const,
    };
    for (const message of [await client.messages.create(asked), await client.messages.stream(asked).finalMessage()]) {
      expect(message.content.map((block) => block.type)).toEqual(['thinking', 'text']);
    }
  });
});

describe('models', () => {
  it('are listed in Anthropic’s form', async () => {
    const ids: string[] = [];
    for await (const { id, type } of client.models.list()) {
      expect(type).toBe('model');
      ids.push(id);
    }
    expect(ids).toEqual(expect.arrayContaining([OPENAI, ANTHROPIC, GEMINI]));
  });
});

describe('errors come in the client’s own classes', () => {
  it.each([
    [400, ANTHROPIC, BadRequestError],
    [404, ANTHROPIC, NotFoundError],
    [429, ANTHROPIC, RateLimitError],
    [500, ANTHROPIC, InternalServerError],
    [529, ANTHROPIC, InternalServerError],
    [400, OPENAI, APIError],
    // Not the caller's own limit: the provider is too busy for this gateway.
    [429, OPENAI, InternalServerError],
    [500, OPENAI, InternalServerError],
  ])('for a %i of %s, whole and streamed', async (status, model, kind) => {
    for (const stream of [false, true]) {
      shoal.upstream.script({ refuse: { status } }, { refuse: { status } });
      const failure = await failureOf(client.messages.create({ model, max_tokens: 500, messages: HELLO, stream }));
      expect(failure).toBeInstanceOf(kind);
      expect(failure.error).toMatchObject({ type: 'error', error: { type: expect.any(String) as string } });
    }
    shoal.upstream.script();
  });

  it('for a model that nobody knows', async () => {
    const failure = await failureOf(client.messages.create({ model: 'typo/claude', max_tokens: 500, messages: HELLO }));
    expect(failure).toBeInstanceOf(NotFoundError);
  });

  it('for a request that makes no sense', async () => {
    const failure = await failureOf(client.messages.create({ model: OPENAI, max_tokens: 500, messages: 'Hello' as never }));
    expect(failure).toBeInstanceOf(BadRequestError);
    expect(failure.message).toContain('messages');
  });

  it('for a stream that breaks off', async () => {
    for (const model of [ANTHROPIC, OPENAI]) {
      shoal.upstream.script({ stop: { at: 2, how: 'reset' } });
      const stream = client.messages.stream({ model, max_tokens: 500, messages: HELLO });
      const failure = await failureOf(stream.finalMessage());
      expect(failure.message).toContain('broke its stream off');
    }
  });
});

async function failureOf(asked: Promise<unknown>): Promise<APIError> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof APIError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
