// Gemini's own API by plain HTTP, as its clients speak it: the model in the path, the key in a header or in the address.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../fixtures/upstream/exchange.ts';
import { ANTHROPIC, costOf, GEMINI, OPENAI, startShoal } from './shoal.ts';
import type { Shoal } from './shoal.ts';

const SAID = 'You said: Hello – grüße 🐟';
const CONTENTS = [{ role: 'user', parts: [{ text: 'Hello' }] }];
const TOOLS = [
  {
    functionDeclarations: [
      {
        name: 'depth_of',
        description: 'How deep it swims.',
        parameters: { type: 'OBJECT', properties: { fish: { type: 'STRING' } }, required: ['fish'] },
      },
    ],
  },
];

interface Part {
  readonly text?: string;
  readonly functionCall?: { readonly name: string; readonly args: unknown };
}

let shoal: Shoal;
beforeAll(async () => {
  shoal = await startShoal();
});
afterAll(() => shoal.close());

async function ask(path: string, body: object, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const response = await fetch(`${shoal.url}/v1beta/models/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

interface Listed {
  readonly models: readonly { readonly name: string; readonly supportedGenerationMethods: readonly string[] }[];
  readonly nextPageToken?: string;
}

async function get(path: string): Promise<{ status: number; json: Json }> {
  const response = await fetch(`${shoal.url}/v1beta/models${path}`);
  return { status: response.status, json: (await response.json()) as Json };
}
const listed = async (query: string): Promise<Listed> => (await get(query)).json as unknown as Listed;

const statusOf = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
  (await ask(path, { contents: CONTENTS }, headers)).status;

const eventsIn = (text: string): readonly Json[] =>
  text
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice(6)) as Json);
const partsIn = (json: Json): readonly Part[] =>
  (json['candidates'] as readonly { readonly content?: { readonly parts?: readonly Part[] } }[])[0]?.content?.parts ?? [];

describe.each([
  ['its own API, passed on', GEMINI, /v1beta\/models\/gemini-2\.5-flash:(g|streamG)enerateContent/],
  ['its own API, by the name without its provider', 'gemini-2.5-flash', /v1beta\/models\/gemini-2\.5-flash:/],
  ['OpenAI’s API, translated', OPENAI, /chat\/completions$/],
  ['Anthropic’s API, translated', ANTHROPIC, /v1\/messages$/],
])('generateContent with a provider of %s', (_name, model, path) => {
  it('generates, with the usage that the provider told', async () => {
    const before = shoal.spent().spentNanoUsd;
    const { status, text } = await ask(`${model}:generateContent`, {
      contents: CONTENTS,
      generationConfig: { maxOutputTokens: 300 },
    });
    const json = JSON.parse(text) as Json;
    const [seen] = shoal.upstream.seen.slice(-1);
    expect(status).toBe(200);
    expect(seen?.path).toMatch(path);
    expect(seen?.asked?.cap).toBe(300);
    expect(partsIn(json)).toEqual([{ text: SAID }]);
    expect(json['usageMetadata']).toMatchObject({
      promptTokenCount: seen?.told?.input,
      candidatesTokenCount: seen?.told?.output,
      cachedContentTokenCount: 3,
    });
    expect(shoal.spent().spentNanoUsd - before).toBe(costOf(seen?.told ?? { input: 0, output: 0, cached: 0 }));
  });

  it('streams', async () => {
    const { status, text } = await ask(`${model}:streamGenerateContent?alt=sse`, { contents: CONTENTS });
    const events = eventsIn(text);
    expect(status).toBe(200);
    expect(
      events
        .flatMap(partsIn)
        .map((part) => part.text ?? '')
        .join(''),
    ).toBe(SAID);
    expect(events.at(-1)).toMatchObject({
      candidates: [{ finishReason: 'STOP' }],
      usageMetadata: { cachedContentTokenCount: 3 },
    });
  });

  it.each(['generateContent', 'streamGenerateContent?alt=sse'])('calls tools (%s)', async (method) => {
    const { text } = await ask(`${model}:${method}`, { contents: CONTENTS, tools: TOOLS });
    const parts = method === 'generateContent' ? partsIn(JSON.parse(text) as Json) : eventsIn(text).flatMap(partsIn);
    const [call] = parts.flatMap((part) => part.functionCall ?? []);
    expect(call).toMatchObject({ name: 'depth_of', args: { fish: 'text' } });
    const answer = await ask(`${model}:generateContent`, {
      contents: [
        ...CONTENTS,
        { role: 'model', parts: [{ functionCall: call }] },
        { role: 'user', parts: [{ functionResponse: { name: 'depth_of', response: { output: '40 m' } } }] },
      ],
      tools: TOOLS,
    });
    expect(answer.text).toContain('40 m');
  });

  it('counts tokens', async () => {
    const bare = await ask(`${model}:countTokens`, { contents: CONTENTS });
    const whole = await ask(`${model}:countTokens`, { generateContentRequest: { contents: CONTENTS } });
    expect(bare.text).toBe(whole.text);
    expect(JSON.parse(bare.text)).toEqual({ totalTokens: expect.any(Number) as number });
  });

  it('tells of a refusal in Gemini’s words', async () => {
    shoal.upstream.script({ refuse: { status: 400, message: 'No fish today.' } });
    const { status, text } = await ask(`${model}:generateContent`, { contents: CONTENTS });
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({
      error: { code: 400, message: expect.stringContaining('No fish today.') as string },
    });
  });
});

describe('Gemini’s list of models', () => {
  it('says what each can do, by names that lead to it', async () => {
    const { models } = await listed('?pageSize=1000');
    const model = models.find(({ name }) => name === `models/${OPENAI}`);
    expect(model).toMatchObject({ inputTokenLimit: 128_000, outputTokenLimit: 16_384, displayName: OPENAI });
    expect(model?.supportedGenerationMethods).toContain('generateContent');
    const embedding = models.find(({ name }) => name === 'models/openai/text-embedding-3-small');
    expect(embedding?.supportedGenerationMethods).toEqual([]);
    const { status } = await ask(`${OPENAI}:generateContent`, { contents: CONTENTS });
    expect(status).toBe(200);
  });

  it('comes a page at a time', async () => {
    const whole = (await listed('?pageSize=1000')).models.map(({ name }) => name);
    const pages: string[][] = [];
    for (let token: string | undefined = ''; token !== undefined;) {
      const page: Listed = await listed(`?pageSize=7${token === '' ? '' : `&pageToken=${token}`}`);
      pages.push(page.models.map(({ name }) => name));
      token = page.nextPageToken;
    }
    expect(pages.flat()).toEqual(whole);
    expect(pages.slice(0, -1).every((page) => page.length === 7)).toBe(true);
    expect((await listed('')).models).toHaveLength(Math.min(50, whole.length));
    expect(await get('?pageSize=many')).toMatchObject({ status: 400, json: { error: { status: 'INVALID_ARGUMENT' } } });
  });

  it('holds one by its name, and none that there is not', async () => {
    for (const name of [OPENAI, 'gpt-4o-mini']) {
      expect(await get(`/${name}`)).toMatchObject({ status: 200, json: { name: `models/${OPENAI}` } });
    }
    expect(await get('/openai/nobody')).toMatchObject({ status: 404, json: { error: { code: 404, status: 'NOT_FOUND' } } });
  });

  it('is only of what a key may call, given in the address', async () => {
    const grant = { name: 'narrow', scopes: ['invoke'], models: ['anthropic/*'], limits: {}, allowUnpriced: false } as const;
    const { secret } = shoal.system.gateway.keys.create(
      { ...grant, expiresAt: undefined, team: undefined, user: undefined, limitNanoUsd: undefined },
      'test',
    );
    const { models } = await listed(`?pageSize=1000&key=${secret}`);
    expect(models.length).toBeGreaterThan(0);
    expect(models.every(({ name }) => name.startsWith('models/anthropic/'))).toBe(true);
    expect((await get(`/${OPENAI}?key=${secret}`)).status).toBe(404);
  });
});

describe('Gemini’s doors', () => {
  it('pass fields on that nobody here knows, and none that Gemini does not', async () => {
    await ask(`${GEMINI}:generateContent`, { contents: CONTENTS, notInventedYet: { deep: [1] } });
    const { body } = shoal.upstream.seen.at(-1) ?? {};
    expect(body).toMatchObject({ contents: CONTENTS, notInventedYet: { deep: [1] } });
    expect(Object.keys(body ?? {})).not.toContain('model');
  });

  it('take a key by Google’s header and in the address, and refuse one that is not ours to give', async () => {
    const key = {
      name: 'gemini',
      scopes: ['invoke'],
      models: undefined,
      limits: {},
      allowUnpriced: false,
      expiresAt: undefined,
    } as const;
    const { secret } = shoal.system.gateway.keys.create(
      { ...key, team: undefined, user: undefined, limitNanoUsd: undefined },
      'test',
    );
    const wrong = `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`;
    expect(await statusOf(`${GEMINI}:generateContent`, { 'x-goog-api-key': secret })).toBe(200);
    expect(await statusOf(`${GEMINI}:generateContent?key=${secret}`)).toBe(200);
    expect(await statusOf(`${GEMINI}:generateContent`, { 'x-goog-api-key': wrong })).toBe(401);
    expect(await statusOf(`${GEMINI}:generateContent?key=${wrong}`)).toBe(401);
  });

  it('say how to ask for a stream', async () => {
    const { status, text } = await ask(`${GEMINI}:streamGenerateContent`, { contents: CONTENTS });
    expect(status).toBe(400);
    expect(text).toContain('alt=sse');
  });
});
