// OpenAI's own client at the door for embeddings: texts and tokens, numbers and base64, fewer dimensions, and refusals.
import { encode } from 'gpt-tokenizer/encoding/cl100k_base';
import OpenAI, {
  APIError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  RateLimitError,
  UnprocessableEntityError,
} from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vectorOf } from '../../fixtures/upstream/openai-embeddings.ts';
import { checkedFetch } from './checked-fetch.ts';
import type { CheckedFetch } from './checked-fetch.ts';
import { EMBEDDING, NANO_USD, startShoal } from './shoal.ts';
import type { Shoal } from './shoal.ts';

const EMBEDDED = 'embedded/rules-1';
/** A provider that has only its own way with tokens: texts. */
const TEXTS_ONLY = 'gemini/gemini-embedding-001';
const TEXTS = ['herring', 'a mackerel'];
const ENCODINGS = ['float', 'base64', undefined] as const;

let shoal: Shoal;
let checked: CheckedFetch;
let client: OpenAI;

beforeAll(async () => {
  const rates = { inputUsdPerMillion: 1, outputUsdPerMillion: 10 };
  const guardrails = [{ name: 'no-squid', kind: 'regex' as const, patterns: [{ label: 'squid', pattern: 'squid' }] }];
  shoal = await startShoal({ prices: { [TEXTS_ONLY]: rates }, guardrails });
  checked = checkedFetch();
  client = new OpenAI({ apiKey: 'unused', baseURL: `${shoal.url}/v1`, fetch: checked.fetch, maxRetries: 0 });
});
afterAll(() => shoal.close());

type Made = Awaited<ReturnType<OpenAI['embeddings']['create']>>;
/** The client gives back what it asked for by name as it came. */
const vectorsOf = ({ data }: Made): readonly (readonly number[])[] =>
  data.map(({ embedding }) =>
    typeof embedding === 'string' ? [...new Float32Array(new Uint8Array(Buffer.from(embedding, 'base64')).buffer)] : embedding,
  );
const asked = (encoding: (typeof ENCODINGS)[number]): { readonly encoding_format?: 'float' | 'base64' } =>
  encoding === undefined ? {} : { encoding_format: encoding };

describe.each(ENCODINGS)('embeddings as %s', (encoding) => {
  it('come from a provider', async () => {
    const before = shoal.spent().spentNanoUsd;
    const made = await client.embeddings.create({ model: EMBEDDING, input: TEXTS, dimensions: 4, ...asked(encoding) });
    expect(vectorsOf(made)).toEqual(TEXTS.map((text) => vectorOf(text, 4)));
    expect(shoal.spent().spentNanoUsd - before).toBe(made.usage.prompt_tokens * NANO_USD.input);
  });

  it('come from the embedded model', async () => {
    const made = vectorsOf(await client.embeddings.create({ model: EMBEDDED, input: TEXTS, ...asked(encoding) }));
    expect(made.map((vector) => vector.length)).toEqual([512, 512]);
    for (const vector of made) expect(lengthOf(vector)).toBeCloseTo(1, 5);
  });

  it.each(['numbers', 'base64'])('come so from a server that always writes %s', async (how) => {
    const values = [0.5, -2];
    const embedding = how === 'numbers' ? values : Buffer.from(Float32Array.from(values).buffer).toString('base64');
    const answer = {
      object: 'list',
      data: [{ object: 'embedding', index: 0, embedding }],
      model: 'm',
      usage: { prompt_tokens: 1, total_tokens: 1 },
    };
    shoal.upstream.script({ instead: { contentType: 'application/json', body: JSON.stringify(answer) } });
    const made = await client.embeddings.create({ model: EMBEDDING, input: 'herring', ...asked(encoding) });
    expect(typeof made.data[0]?.embedding).toBe(encoding === 'base64' ? 'string' : 'object');
    expect(vectorsOf(made)).toEqual([values]);
  });
});

describe('dimensions of the embedded model', () => {
  it('can be fewer, at the same length, with like texts still the nearest', async () => {
    const input = ['The ferry toll was raised.', 'Tolls for ferries rise.', 'A mackerel swims at night.'];
    const [first, like, other] = vectorsOf(await client.embeddings.create({ model: EMBEDDED, input, dimensions: 64 }));
    if (first === undefined || like === undefined || other === undefined) throw new Error('a vector is missing');
    for (const vector of [first, like, other]) {
      expect(vector).toHaveLength(64);
      expect(lengthOf(vector)).toBeCloseTo(1, 5);
    }
    expect(dot(first, like)).toBeGreaterThan(dot(first, other));
  });

  it('cannot be more than it has', async () => {
    const failure = await failureOf(client.embeddings.create({ model: EMBEDDED, input: TEXTS, dimensions: 513 }));
    expect(failure).toBeInstanceOf(BadRequestError);
    expect(failure.param).toBe('dimensions');
  });
});

describe('tokens in place of texts', () => {
  const tokens = TEXTS.map((text) => encode(text));

  it.each([
    ['of several texts', tokens, 2],
    ['of one text', tokens[1] ?? [], 1],
  ])('%s go to a provider that takes them as they are', async (_name, input, count) => {
    const made = await client.embeddings.create({ model: EMBEDDING, input });
    expect(made.data).toHaveLength(count);
    expect(shoal.upstream.seen.at(-1)?.body['input']).toEqual(input);
  });

  it('go to any other as texts', async () => {
    const made = await client.embeddings.create({ model: TEXTS_ONLY, input: tokens });
    expect(vectorsOf(made)).toEqual(TEXTS.map((text) => vectorOf(text)));
    expect(shoal.upstream.seen.at(-1)?.body['input']).toEqual(TEXTS);
  });

  it('mean to the embedded model what the texts mean', async () => {
    const [byTokens, byTexts] = [
      await client.embeddings.create({ model: EMBEDDED, input: tokens }),
      await client.embeddings.create({ model: EMBEDDED, input: TEXTS }),
    ];
    expect(vectorsOf(byTokens)).toEqual(vectorsOf(byTexts));
  });

  it('are no way around a guardrail', async () => {
    const before = shoal.upstream.seen.length;
    const failure = await failureOf(client.embeddings.create({ model: EMBEDDING, input: [encode('a giant squid')] }));
    expect(failure.code).toBe('content_filter');
    expect(shoal.upstream.seen.length).toBe(before);
  });

  it.each([
    [[[1], [9_999_999]], 'input[1]'],
    [[1, 2.5], 'input[1]'],
  ])('are refused by their place where they are none: %j', async (input, param) => {
    const failure = await failureOf(client.embeddings.create({ model: EMBEDDED, input }));
    expect(failure).toBeInstanceOf(BadRequestError);
    expect(failure.param).toBe(param);
  });
});

describe('a provider’s refusal', () => {
  it.each([
    [400, BadRequestError],
    [404, NotFoundError],
    [422, UnprocessableEntityError],
    [429, RateLimitError],
    [500, InternalServerError],
  ] as const)('is passed on with its status (%i) and words', async (status, kind) => {
    const refuse = { status, message: 'No fish today.', code: 'no_fish' };
    shoal.upstream.script({ refuse }, { refuse });
    const failure = await failureOf(client.embeddings.create({ model: EMBEDDING, input: TEXTS }));
    expect(failure).toBeInstanceOf(kind);
    expect(failure.status).toBe(status);
    expect(failure.error).toMatchObject({ message: 'No fish today.', code: 'no_fish' });
    expect(failure.headers?.get('x-request-id')).toBeTruthy();
  });

  it('has OpenAI’s shape where the server has another', async () => {
    const refuse = { status: 422, message: 'No fish today.' };
    shoal.upstream.script({ refuse: { ...refuse, bare: true } });
    const failure = await failureOf(client.embeddings.create({ model: TEXTS_ONLY, input: TEXTS }));
    expect(failure).toBeInstanceOf(UnprocessableEntityError);
    expect(failure.error).toEqual({ message: 'No fish today.', type: 'invalid_request_error', param: null, code: null });
  });

  it('of our own key is not the caller’s to see', async () => {
    shoal.upstream.script({ refuse: { status: 401, message: 'Incorrect API key provided: sk-secret' } });
    const failure = await failureOf(client.embeddings.create({ model: EMBEDDING, input: TEXTS }));
    expect(failure).toBeInstanceOf(InternalServerError);
    expect(failure.message).not.toContain('sk-secret');
  });
});

describe('OpenAI’s published schema', () => {
  it('holds for every reply of all these tests', async () => {
    expect(await checked.problems()).toEqual([]);
    expect(checked.checked).toBeGreaterThan(10);
  });
});

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

function lengthOf(vector: readonly number[]): number {
  return Math.sqrt(dot(vector, vector));
}

async function failureOf(made: PromiseLike<unknown>): Promise<APIError> {
  const thrown = await Promise.resolve(made).then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  );
  if (thrown instanceof APIError) return thrown;
  throw thrown;
}
