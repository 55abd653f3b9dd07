// OpenAI's own client at the door for responses: with a provider that keeps conversations itself, and with others, for
// which the gateway keeps them.
import OpenAI, { BadRequestError } from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import type {
  FunctionTool,
  ResponseFunctionToolCall,
  ResponseInputItem,
  ResponseOutputItem,
} from 'openai/resources/responses/responses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkedFetch } from './checked-fetch.ts';
import type { CheckedFetch } from './checked-fetch.ts';
import { ANTHROPIC, costOf, GEMINI, OPENAI, startShoal, THINKER } from './shoal.ts';
import type { Shoal } from './shoal.ts';

const SAID = 'You said: Hello – grüße 🐟';
const TOOLS: FunctionTool[] = [
  {
    type: 'function',
    name: 'depth_of',
    description: 'How deep it swims.',
    strict: true,
    parameters: {
      type: 'object',
      properties: { fish: { type: 'string' } },
      required: ['fish'],
      additionalProperties: false,
    },
  },
];

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
  ['its own API, passed on', OPENAI, /v1\/responses$/],
  ['Anthropic’s API, translated', ANTHROPIC, /v1\/messages$/],
  ['Gemini’s API, translated', GEMINI, /enerateContent/],
])('OpenAI responses with a provider of %s', (_name, model, path) => {
  it('creates, with the usage that the provider told', async () => {
    const before = shoal.spent().spentNanoUsd;
    const response = await client.responses.create({ model, instructions: 'Be brief.', input: 'Hello' });
    const [seen] = shoal.upstream.seen.slice(-1);
    expect(seen?.path).toMatch(path);
    expect(response.output_text).toBe(SAID);
    expect(response.status).toBe('completed');
    expect(response.usage).toMatchObject({ input_tokens: seen?.told?.input, output_tokens: seen?.told?.output });
    expect(shoal.spent()).toEqual({
      spentNanoUsd: before + costOf(seen?.told ?? { input: 0, output: 0, cached: 0 }),
      reservedNanoUsd: 0,
    });
  });

  it('streams events in the order that the API promises', async () => {
    const stream = client.responses.stream({ model, input: 'Hello' });
    const types: string[] = [];
    const sequence: number[] = [];
    stream.on('event', (event) => {
      types.push(event.type);
      if ('sequence_number' in event) sequence.push(event.sequence_number);
    });
    const response = await stream.finalResponse();
    expect(response.output_text).toBe(SAID);
    expect(types[0]).toBe('response.created');
    expect(types.at(-1)).toBe('response.completed');
    expect(types.filter((type, index) => type !== types[index - 1])).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(sequence).toEqual(sequence.map((_number, index) => index));
  });

  it('calls tools, whole and streamed, and goes on with their results', async () => {
    const whole = await client.responses.create({ model, input: 'Hello', tools: TOOLS });
    const streamed = await client.responses.stream({ model, input: 'Hello', tools: TOOLS }).finalResponse();
    for (const { output } of [whole, streamed]) {
      const call = (output as readonly ResponseOutputItem[]).find(isCall);
      expect(call?.name).toBe('depth_of');
      expect(JSON.parse(call?.arguments ?? '')).toEqual({ fish: 'text' });
    }
    const call = whole.output.find(isCall);
    const answer = await client.responses.create({
      model,
      tools: TOOLS,
      input: [
        { role: 'user', content: 'Hello' },
        ...(whole.output as ResponseInputItem[]),
        { type: 'function_call_output', call_id: call?.call_id ?? '', output: '40 m' },
      ],
    });
    expect(answer.output_text).toMatch(/^The tool said .*40 m/);
  });

  it('parses structured output', async () => {
    const Catch = z.object({ fish: z.enum(['herring']), count: z.number() });
    const response = await client.responses.parse({ model, input: 'Hello', text: { format: zodTextFormat(Catch, 'catch') } });
    expect(response.output_parsed).toEqual({ fish: 'herring', count: 0 });
  });
});

describe('a conversation by previous_response_id', () => {
  it('is the provider’s where the provider keeps it', async () => {
    const first = await client.responses.create({ model: OPENAI, input: 'Hello' });
    const second = await client.responses.create({ model: OPENAI, input: 'And you?', previous_response_id: first.id });
    expect(shoal.upstream.seen.at(-1)?.body['previous_response_id']).toBe(first.id);
    expect(second.output_text).toContain(`after ${first.id}`);
  });

  it.each([ANTHROPIC, GEMINI])('is kept here for %s, streamed answers too', async (model) => {
    const first = await client.responses.create({ model, input: 'One' });
    const second = await client.responses.stream({ model, input: 'Two', previous_response_id: first.id }).finalResponse();
    await client.responses.create({ model, input: 'Three', previous_response_id: second.id });
    const sent = JSON.stringify(shoal.upstream.seen.at(-1)?.body);
    for (const text of ['One', 'You said: One', 'Two', 'You said: Two', 'Three']) expect(sent).toContain(text);
  });

  it('is not there for ids that nobody made, nor for answers that were not to be stored', async () => {
    const unstored = await client.responses.create({ model: ANTHROPIC, input: 'One', store: false });
    for (const id of ['resp_nobody', unstored.id]) {
      const failure = client.responses.create({ model: ANTHROPIC, input: 'Two', previous_response_id: id });
      await expect(failure).rejects.toBeInstanceOf(BadRequestError);
    }
  });
});

describe('a translated response', () => {
  it.each(['whole', 'streamed'])('repeats what was asked for (%s)', async (how) => {
    const asked = {
      model: ANTHROPIC,
      input: 'Hello',
      instructions: 'Be brief.',
      metadata: { shoal: 'north' },
      temperature: 0.5,
      max_output_tokens: 900,
      tools: TOOLS,
    };
    const response =
      how === 'whole' ? await client.responses.create(asked) : await client.responses.stream(asked).finalResponse();
    const { instructions, metadata, temperature, max_output_tokens, tools } = response;
    expect({ instructions, metadata, temperature, max_output_tokens }).toEqual({
      instructions: 'Be brief.',
      metadata: { shoal: 'north' },
      temperature: 0.5,
      max_output_tokens: 900,
    });
    expect(tools).toMatchObject([{ type: 'function', name: 'depth_of' }]);
  });
});

describe('reasoning', () => {
  it('comes as a summary from a provider that thinks in its own words', async () => {
    const response = await client.responses.create({
      model: THINKER,
      input: 'Hello',
      reasoning: { effort: 'high', summary: 'auto' },
    });
    const [thought] = response.output;
    expect(thought).toMatchObject({ type: 'reasoning', summary: [{ type: 'summary_text', text: 'Let me think about that.' }] });
    expect(response.output_text).toBe(SAID);
    const streamed = await client.responses
      .stream({ model: THINKER, input: 'Hello', reasoning: { effort: 'high', summary: 'auto' } })
      .finalResponse();
    expect(streamed.output.map((item) => item.type)).toEqual(['reasoning', 'message']);
  });
});

describe('OpenAI’s published schema', () => {
  it('holds for every reply and every chunk of all these tests', async () => {
    expect(await checked.problems()).toEqual([]);
    expect(checked.checked).toBeGreaterThan(100);
  });
});

function isCall(item: ResponseOutputItem): item is ResponseFunctionToolCall {
  return item.type === 'function_call';
}
