// Vercel's `ai` with its OpenAI and Anthropic providers, each with a model of its own maker and with one of another.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, embedMany, generateObject, generateText, stepCountIs, streamText, tool } from 'ai';
import type { LanguageModel } from 'ai';
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

const openai = (): ReturnType<typeof createOpenAI> =>
  createOpenAI({ apiKey: 'unused', baseURL: `${shoal.url}/v1`, fetch: checked.fetch });
const anthropic = (): ReturnType<typeof createAnthropic> => createAnthropic({ apiKey: 'unused', baseURL: `${shoal.url}/v1` });

const MODELS: readonly (readonly [string, () => LanguageModel])[] = [
  ['OpenAI chat → OpenAI', () => openai().chat(OPENAI)],
  ['OpenAI chat → Anthropic', () => openai().chat(ANTHROPIC)],
  ['OpenAI chat → Gemini', () => openai().chat(GEMINI)],
  ['OpenAI responses → OpenAI', () => openai().responses(OPENAI)],
  ['OpenAI responses → Anthropic', () => openai().responses(ANTHROPIC)],
  ['OpenAI responses → Gemini', () => openai().responses(GEMINI)],
  ['Anthropic messages → Anthropic', () => anthropic()(ANTHROPIC)],
  ['Anthropic messages → OpenAI', () => anthropic()(OPENAI)],
  ['Anthropic messages → Gemini', () => anthropic()(GEMINI)],
];

describe.each(MODELS)('the AI SDK, %s', (_name, model) => {
  it('generates text', async () => {
    const before = shoal.spent().spentNanoUsd;
    const { text, finishReason, usage } = await generateText({ model: model(), prompt: 'Hello', maxRetries: 0 });
    const told = shoal.upstream.seen.at(-1)?.told ?? { input: 0, output: 0, cached: 0 };
    expect(text).toBe(SAID);
    expect(finishReason).toBe('stop');
    expect({ input: usage.inputTokens, output: usage.outputTokens }).toEqual({ input: told.input, output: told.output });
    expect(shoal.spent()).toEqual({ spentNanoUsd: before + costOf(told), reservedNanoUsd: 0 });
  });

  it('streams text', async () => {
    const { textStream, usage, finishReason } = streamText({ model: model(), prompt: 'Hello', maxRetries: 0 });
    const pieces: string[] = [];
    for await (const piece of textStream) pieces.push(piece);
    expect(pieces.join('')).toBe(SAID);
    expect(pieces.length).toBeGreaterThan(2);
    expect(await finishReason).toBe('stop');
    expect((await usage).outputTokens).toBe(shoal.upstream.seen.at(-1)?.told?.output);
  });

  it.each(['whole', 'streamed'])('runs tools (%s)', async (how) => {
    const given: unknown[] = [];
    const tools = {
      depth_of: tool({
        description: 'How deep it swims.',
        inputSchema: z.object({ fish: z.string() }),
        execute: async (input) => {
          given.push(input);
          return '40 m';
        },
      }),
    };
    const asked = { model: model(), prompt: 'Hello', tools, stopWhen: stepCountIs(2), maxRetries: 0 };
    const text = how === 'whole' ? (await generateText(asked)).text : await streamText(asked).text;
    expect(given).toEqual([{ fish: 'text' }]);
    expect(text).toMatch(/^The tool said .*40 m/);
  });

  it('generates objects', async () => {
    const schema = z.object({ fish: z.enum(['herring']), count: z.number() });
    const { object } = await generateObject({ model: model(), prompt: 'Hello', schema, maxRetries: 0 });
    expect(object).toEqual({ fish: 'herring', count: 0 });
  });

  it('learns of a refusal', async () => {
    shoal.upstream.script({ refuse: { status: 400, message: 'No fish today.' } });
    const failure = await generateText({ model: model(), prompt: 'Hello', maxRetries: 0 }).catch((error: unknown) => error);
    expect(APICallError.isInstance(failure)).toBe(true);
    expect(String(failure)).toContain('No fish today.');
  });
});

describe('the AI SDK', () => {
  it('embeds', async () => {
    const values = ['herring', 'a mackerel'];
    const { embeddings } = await embedMany({ model: openai().embedding(EMBEDDING), values });
    expect(embeddings).toEqual(values.map((value) => vectorOf(value)));
  });
});

describe('OpenAI’s published schema', () => {
  it('holds for every reply and every chunk of all these tests', async () => {
    expect(await checked.problems()).toEqual([]);
    expect(checked.checked).toBeGreaterThan(50);
  });
});
