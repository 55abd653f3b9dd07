// OpenAI's own client where it does not just talk: errors by their classes, retries, and leaving early.
import OpenAI, {
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewKey } from '#gateway/contract';
import { checkedFetch } from './checked-fetch.ts';
import type { CheckedFetch } from './checked-fetch.ts';
import { ANTHROPIC, OPENAI, startShoal } from './shoal.ts';
import type { Shoal } from './shoal.ts';

const HELLO = [{ role: 'user' as const, content: 'Hello' }];
const GRANT: NewKey = {
  name: '',
  scopes: ['invoke'],
  models: undefined,
  limits: {},
  allowUnpriced: false,
  expiresAt: undefined,
  team: undefined,
  user: undefined,
  limitNanoUsd: undefined,
};

let shoal: Shoal;
let checked: CheckedFetch;
let client: OpenAI;

beforeAll(async () => {
  shoal = await startShoal();
  checked = checkedFetch();
  client = new OpenAI({ apiKey: 'unused', baseURL: `${shoal.url}/v1`, fetch: checked.fetch, maxRetries: 0 });
});

afterAll(() => shoal.close());

describe('errors come in the client’s own classes', () => {
  const scripted = [
    [400, BadRequestError],
    [404, NotFoundError],
    [422, UnprocessableEntityError],
    [429, RateLimitError],
    [500, InternalServerError],
    [503, InternalServerError],
  ] as const;

  it.each(scripted)('for a provider’s %i, whole', async (status, kind) => {
    shoal.upstream.script({ refuse: { status, message: 'No fish today.' } }, { refuse: { status, message: 'No fish today.' } });
    const failure = await failureOf(client.chat.completions.create({ model: OPENAI, messages: HELLO }));
    expect(failure).toBeInstanceOf(kind);
    expect(failure.message).toContain('No fish today.');
  });

  it.each(scripted)('for a provider’s %i, streamed', async (status, kind) => {
    shoal.upstream.script({ refuse: { status } }, { refuse: { status } });
    const failure = await failureOf(client.chat.completions.create({ model: OPENAI, messages: HELLO, stream: true }));
    expect(failure).toBeInstanceOf(kind);
  });

  it.each([
    [400, BadRequestError],
    [429, RateLimitError],
    [500, InternalServerError],
    [529, InternalServerError],
  ] as const)('for a %i of a provider of another API', async (status, kind) => {
    shoal.upstream.script({ refuse: { status } }, { refuse: { status } });
    const failure = await failureOf(client.chat.completions.create({ model: ANTHROPIC, messages: HELLO }));
    expect(failure).toBeInstanceOf(kind);
    expect(failure.message).toContain('Refused by the script.');
  });

  it('for a provider that does not take our key: that is not the caller’s to mend, nor theirs to see', async () => {
    shoal.upstream.script({ refuse: { status: 401, message: 'Incorrect API key provided: sk-secret' } });
    const failure = await failureOf(client.chat.completions.create({ model: OPENAI, messages: HELLO }));
    expect(failure).toBeInstanceOf(InternalServerError);
    expect(failure.message).not.toContain('sk-secret');
  });

  it('for a model that nobody knows', async () => {
    const failure = await failureOf(client.chat.completions.create({ model: 'openai-typo/gpt', messages: HELLO }));
    expect(failure).toBeInstanceOf(NotFoundError);
    expect(failure.code).toBe('model_not_found');
  });

  it('for a request that makes no sense', async () => {
    const failure = await failureOf(client.chat.completions.create({ model: ANTHROPIC, messages: 'Hello' as never }));
    expect(failure).toBeInstanceOf(BadRequestError);
    expect(failure.message).toContain('messages');
  });

  it('for a key that was deleted', async () => {
    const { keys } = shoal.system.gateway;
    const { secret, key } = keys.create({ ...GRANT, name: 'gone' }, 'test');
    keys.remove(key.id, 'test');
    const failure = await failureOf(
      client.withOptions({ apiKey: secret }).chat.completions.create({ model: OPENAI, messages: HELLO }),
    );
    expect(failure).toBeInstanceOf(AuthenticationError);
  });

  it('for a key whose budget is used up, without a promise that waiting helps', async () => {
    const { secret } = shoal.system.gateway.keys.create({ ...GRANT, name: 'poor', limitNanoUsd: 10 }, 'test');
    const failure = await failureOf(
      client.withOptions({ apiKey: secret }).chat.completions.create({ model: OPENAI, messages: HELLO }),
    );
    expect(failure.status).toBe(429);
    expect(failure.code).toBe('insufficient_quota');
    expect(failure.headers?.get('x-should-retry')).toBe('false');
  });

  it('for a key that may not call the model', async () => {
    const { secret } = shoal.system.gateway.keys.create({ ...GRANT, name: 'narrow', models: ['anthropic/*'] }, 'test');
    const narrow = client.withOptions({ apiKey: secret });
    const failure = await failureOf(narrow.chat.completions.create({ model: OPENAI, messages: HELLO }));
    expect(failure).toBeInstanceOf(PermissionDeniedError);
    expect((await narrow.models.list()).data.every(({ id }) => id.startsWith('anthropic/'))).toBe(true);
    const answer = await narrow.chat.completions.create({ model: ANTHROPIC, messages: HELLO });
    expect(answer.choices).toHaveLength(1);
  });
});

describe('retries', () => {
  it('are the gateway’s for a provider that stumbles once', async () => {
    const before = shoal.upstream.seen.length;
    shoal.upstream.script({ refuse: { status: 503 } });
    await client.chat.completions.create({ model: OPENAI, messages: HELLO });
    expect(shoal.upstream.seen.length - before).toBe(2);
  });

  it('are the client’s when the gateway gives up, after as long as the provider asks for', async () => {
    const storm = { refuse: { status: 429, headers: { 'retry-after-ms': '30' } } };
    const before = shoal.upstream.seen.length;
    shoal.upstream.script(storm, storm, storm);
    const answer = await client.withOptions({ maxRetries: 2 }).chat.completions.create({ model: OPENAI, messages: HELLO });
    expect(answer.choices).toHaveLength(1);
    expect(shoal.upstream.seen.length - before).toBe(4);
  });
});

describe('leaving early', () => {
  it('reaches the provider from the middle of a stream', async () => {
    const before = shoal.upstream.seen.length;
    shoal.upstream.script({ stop: { at: 2, how: 'silence' } });
    const stream = await client.chat.completions.create({ model: OPENAI, messages: HELLO, stream: true });
    for await (const _chunk of stream) break;
    await shoal.upstream.until(() => shoal.upstream.seen[before]?.ended === 'left');
    expect(shoal.upstream.seen.length - before).toBe(1);
  });

  it('reaches the provider before it has answered', async () => {
    const before = shoal.upstream.seen.length;
    shoal.upstream.script({ stop: { at: 'before-head', how: 'silence' } });
    const leaving = new AbortController();
    const asked = client.chat.completions.create({ model: ANTHROPIC, messages: HELLO }, { signal: leaving.signal });
    await shoal.upstream.until(() => shoal.upstream.seen.length > before);
    leaving.abort();
    await expect(asked).rejects.toBeInstanceOf(APIUserAbortError);
    await shoal.upstream.until(() => shoal.upstream.seen[before]?.ended === 'left');
  });
});

describe('OpenAI’s published schema', () => {
  it('holds for every reply and every chunk of all these tests', async () => {
    expect(await checked.problems()).toEqual([]);
    expect(checked.checked).toBeGreaterThan(2);
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
