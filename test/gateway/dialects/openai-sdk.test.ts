// The official client against a server that only decodes and encodes by these dialects: what it accepts is the proof.
import OpenAI, { BadRequestError, RateLimitError } from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startAnsweringServer } from './answering-server.ts';
import type { AnsweringServer } from './answering-server.ts';

let server: AnsweringServer;
let client: OpenAI;

beforeAll(async () => {
  server = await startAnsweringServer();
  client = new OpenAI({ apiKey: 'none', baseURL: server.baseURL, maxRetries: 0 });
});

afterAll(() => server.close());

const MESSAGES = [{ role: 'user' as const, content: 'Hello' }];
const PARAMETERS = {
  type: 'object',
  properties: { depth: { type: 'number' } },
  required: ['depth'],
  additionalProperties: false,
};
const Catch = z.object({ fish: z.string(), count: z.number() });

function streamed(include: boolean): Promise<OpenAI.ChatCompletion> {
  return client.chat.completions
    .stream({ model: 'm', messages: MESSAGES, ...(include ? { stream_options: { include_usage: true } } : {}) })
    .finalChatCompletion();
}

describe('the official client', () => {
  it('completes, several times at once, with usage', async () => {
    const completion = await client.chat.completions.create({ model: 'm', messages: MESSAGES, n: 2 });
    expect(completion.choices.map((choice) => choice.message.content)).toEqual(['Grüße 🐟', 'Grüße 🐟']);
    expect(completion.usage).toMatchObject({ prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 });
  });

  it('streams a completion with usage, and without unless asked', async () => {
    const told = await streamed(true);
    expect(told.choices[0]?.message.content).toBe('Grüße 🐟');
    expect(told.usage?.total_tokens).toBe(12);
    expect((await streamed(false)).usage).toBeUndefined();
  });

  it('streams the call of a tool', async () => {
    const tool = { type: 'function' as const, function: { name: 'dive', parameters: PARAMETERS } };
    const stream = client.chat.completions.stream({ model: 'm', messages: MESSAGES, tools: [tool] });
    const { finish_reason: reason, message } = (await stream.finalChatCompletion()).choices[0] ?? {};
    expect(reason).toBe('tool_calls');
    expect(message?.tool_calls).toMatchObject([{ id: 'call_1', function: { name: 'dive', arguments: '{"depth":3}' } }]);
  });

  it('parses a structured completion', async () => {
    const format = zodResponseFormat(Catch, 'catch');
    const completion = await client.chat.completions.parse({ model: 'm', messages: MESSAGES, response_format: format });
    expect(completion.choices[0]?.message.parsed).toEqual({ fish: 'herring', count: 3 });
  });

  it('creates a response, and goes on from its output', async () => {
    const response = await client.responses.create({ model: 'm', input: 'Hello', instructions: 'Be brief' });
    expect(response.output_text).toBe('Grüße 🐟');
    expect(response.instructions).toBe('Be brief');
    expect(response.usage).toMatchObject({ input_tokens: 5, output_tokens: 7, input_tokens_details: { cached_tokens: 2 } });
    const next = await client.responses.create({
      model: 'm',
      input: [...(response.output as OpenAI.Responses.ResponseInputItem[]), { role: 'user', content: 'And now?' }],
    });
    expect(next.status).toBe('completed');
  });

  it('streams a response whose last event is what its parts added up to', async () => {
    const stream = client.responses.stream({ model: 'm', input: 'Hello' });
    let heard = '';
    stream.on('response.output_text.delta', (event) => {
      heard += event.delta;
    });
    const response = await stream.finalResponse();
    expect(heard).toBe('Grüße 🐟');
    expect(response.output_text).toBe('Grüße 🐟');
    expect(response.output).toMatchObject([{ type: 'reasoning', summary: [{ text: 'Let me see.' }] }, { type: 'message' }]);
  });

  it('streams the call of a tool in a response', async () => {
    const tool = { type: 'function' as const, name: 'dive', parameters: PARAMETERS, strict: true };
    const response = await client.responses.stream({ model: 'm', input: 'Hello', tools: [tool] }).finalResponse();
    expect(response.output.at(-1)).toMatchObject({
      type: 'function_call',
      call_id: 'call_1',
      arguments: '{"depth":3}',
      parsed_arguments: { depth: 3 },
    });
  });

  it('parses a structured response, whole and streamed', async () => {
    const text = { format: zodTextFormat(Catch, 'catch') };
    const whole = await client.responses.parse({ model: 'm', input: 'Hello', text });
    expect(whole.output_parsed).toEqual({ fish: 'herring', count: 3 });
    const streamed = await client.responses.stream({ model: 'm', input: 'Hello', text }).finalResponse();
    expect(streamed.output_parsed).toEqual({ fish: 'herring', count: 3 });
  });

  it('embeds, by its own default as base64, and as numbers', async () => {
    const { data } = await client.embeddings.create({ model: 'e', input: ['a', 'abc'] });
    expect(data.map((row) => row.embedding)).toEqual([
      [1, 0.5],
      [3, 0.5],
    ]);
    const { data: plain } = await client.embeddings.create({ model: 'e', input: 'abcd', encoding_format: 'float' });
    expect(plain[0]?.embedding).toEqual([4, 0.5]);
  });

  it('throws the error of its class, with type, code and param', async () => {
    const wrong = client.chat.completions.create({ model: 'm', messages: [{ role: 'poet' as 'user', content: 'x' }] });
    await expect(wrong).rejects.toThrow(BadRequestError);
    await expect(wrong).rejects.toMatchObject({ type: 'invalid_request_error', param: 'messages[0].role' });
    const spent = client.responses.create({ model: 'm', input: 'x', user: 'spender' });
    await expect(spent).rejects.toThrow(RateLimitError);
    await expect(spent).rejects.toMatchObject({ status: 429, code: 'insufficient_quota' });
  });

  it('throws where a stream fails half-way', async () => {
    const chat = client.chat.completions.stream({ model: 'm', messages: MESSAGES, user: 'unlucky' }).finalChatCompletion();
    await expect(chat).rejects.toThrow('Cut off.');
    await expect(client.responses.stream({ model: 'm', input: 'x', user: 'unlucky' }).finalResponse()).rejects.toThrow(
      'Cut off.',
    );
  });
});
