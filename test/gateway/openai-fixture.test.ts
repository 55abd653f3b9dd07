// The fixture must be a faithful server, or the tests behind it prove nothing: OpenAI's own client is the judge.
import OpenAI, { AuthenticationError, RateLimitError } from 'openai';
import { describe, expect, it } from 'vitest';
import { KEY, startServer } from './open-gateway.ts';

const messages = [{ role: 'user' as const, content: 'Hello there' }];
const tools = [
  {
    type: 'function' as const,
    function: { name: 'look_up', parameters: { type: 'object', properties: { word: { type: 'string' } } } },
  },
];

describe('the OpenAI fixture server, as seen by the official client', () => {
  it('completes, with usage', async () => {
    const server = await startServer();
    const client = new OpenAI({ apiKey: KEY, baseURL: server.baseUrl });
    const answer = await client.chat.completions.create({ model: 'gpt-4o-mini', messages });
    expect(answer.choices[0]?.message.content).toBe('You said: Hello there');
    expect(answer.usage?.total_tokens).toBeGreaterThan(5);
  });

  it('streams text, and usage when asked for it', async () => {
    const server = await startServer();
    const client = new OpenAI({ apiKey: KEY, baseURL: server.baseUrl });
    const final = await client.chat.completions
      .stream({ model: 'gpt-4o-mini', messages, stream_options: { include_usage: true } })
      .finalChatCompletion();
    expect(final.choices[0]?.message.content).toBe('You said: Hello there');
    expect(final.usage?.completion_tokens).toBeGreaterThan(1);
  });

  it('streams tool calls in pieces that the client puts together', async () => {
    const server = await startServer();
    server.script({ kind: 'answer', toolCalls: [{ name: 'look_up', arguments: '{"word":"toll"}' }] });
    const client = new OpenAI({ apiKey: KEY, baseURL: server.baseUrl });
    const final = await client.chat.completions.stream({ model: 'gpt-4o-mini', messages, tools }).finalChatCompletion();
    expect(final.choices[0]?.message.tool_calls?.[0]).toMatchObject({
      function: { name: 'look_up', arguments: '{"word":"toll"}' },
    });
    expect(final.choices[0]?.finish_reason).toBe('tool_calls');
  });

  it('embeds, in either encoding', async () => {
    const server = await startServer();
    const client = new OpenAI({ apiKey: KEY, baseURL: server.baseUrl });
    const answer = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['four', 'fifteen letters'] });
    expect(answer.data.toSorted((left, right) => left.index - right.index).map((row) => row.embedding[0])).toEqual([4, 15]);
  });

  it('refuses a wrong key and limits rates in the API’s error shape', async () => {
    const server = await startServer();
    const stranger = new OpenAI({ apiKey: 'sk-other', baseURL: server.baseUrl });
    await expect(stranger.chat.completions.create({ model: 'gpt-4o-mini', messages })).rejects.toBeInstanceOf(
      AuthenticationError,
    );
    server.script({ kind: 'error', status: 429, message: 'Slow down.' });
    const client = new OpenAI({ apiKey: KEY, baseURL: server.baseUrl, maxRetries: 0 });
    await expect(client.chat.completions.create({ model: 'gpt-4o-mini', messages })).rejects.toBeInstanceOf(RateLimitError);
  });
});
