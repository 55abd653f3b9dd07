// LangChain's ChatOpenAI with a provider that speaks OpenAI's API and with others.
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { vectorOf } from '../../fixtures/upstream/openai-embeddings.ts';
import { checkedFetch } from './checked-fetch.ts';
import type { CheckedFetch } from './checked-fetch.ts';
import { ANTHROPIC, costOf, EMBEDDING, GEMINI, OPENAI, startShoal } from './shoal.ts';
import type { Shoal } from './shoal.ts';

const SAID = 'You said: Hello – grüße 🐟';

let shoal: Shoal;
let checked: CheckedFetch;

beforeAll(async () => {
  shoal = await startShoal();
  checked = checkedFetch();
});
afterAll(() => shoal.close());

const CASES = [OPENAI, ANTHROPIC, GEMINI].flatMap((model) => [
  [model, 'chat completions', false] as const,
  [model, 'responses', true] as const,
]);

describe.each(CASES)('LangChain with %s by %s', (model, _api, useResponsesApi) => {
  const chat = (): ChatOpenAI =>
    new ChatOpenAI({
      model,
      useResponsesApi,
      apiKey: 'unused',
      maxRetries: 0,
      configuration: { baseURL: `${shoal.url}/v1`, fetch: checked.fetch },
    });

  it('invokes', async () => {
    const before = shoal.spent().spentNanoUsd;
    const message = await chat().invoke('Hello');
    const told = shoal.upstream.seen.at(-1)?.told ?? { input: 0, output: 0, cached: 0 };
    expect(message.text).toBe(SAID);
    expect(message.usage_metadata).toMatchObject({ input_tokens: told.input, output_tokens: told.output });
    expect(shoal.spent()).toEqual({ spentNanoUsd: before + costOf(told), reservedNanoUsd: 0 });
  });

  it('streams', async () => {
    const pieces: string[] = [];
    for await (const chunk of await chat().stream('Hello')) pieces.push(chunk.text);
    expect(pieces.join('')).toBe(SAID);
    expect(pieces.filter((piece) => piece !== '').length).toBeGreaterThan(2);
  });

  it('calls tools and goes on with their results', async () => {
    const depth = tool(async () => '40 m', {
      name: 'depth_of',
      description: 'How deep.',
      schema: z.object({ fish: z.string() }),
    });
    const able = chat().bindTools([depth]);
    const asked = new HumanMessage('Hello');
    const message = await able.invoke([asked]);
    const [call] = message.tool_calls ?? [];
    expect(call).toMatchObject({ name: 'depth_of', args: { fish: 'text' } });
    const result = new ToolMessage({ content: '40 m', tool_call_id: call?.id ?? '' });
    expect((await able.invoke([asked, message, result])).text).toMatch(/^The tool said .*40 m/);
  });

  it('gives structured output', async () => {
    const able = chat().withStructuredOutput(z.object({ fish: z.enum(['herring']), count: z.number() }), {
      method: 'jsonSchema',
    });
    expect(await able.invoke('Hello')).toEqual({ fish: 'herring', count: 0 });
  });
});

describe('LangChain', () => {
  it('embeds', async () => {
    const embeddings = new OpenAIEmbeddings({
      model: EMBEDDING,
      apiKey: 'unused',
      configuration: { baseURL: `${shoal.url}/v1`, fetch: checked.fetch },
    });
    expect(await embeddings.embedDocuments(['herring'])).toEqual([vectorOf('herring')]);
  });
});

describe('OpenAI’s published schema', () => {
  it('holds for every reply and every chunk of all these tests', async () => {
    expect(await checked.problems()).toEqual([]);
    expect(checked.checked).toBeGreaterThan(30);
  });
});
