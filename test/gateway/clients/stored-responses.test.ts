// Conversations that this gateway keeps because a provider that serves them does not: what they hold, whose they are,
// how long they live, and what their turns may cost.
import OpenAI, { APIError, BadRequestError, NotFoundError } from 'openai';
import type { ResponseItem } from 'openai/resources/responses/responses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewKey } from '#gateway/contract';
import { openResponseStore } from '../../../gateway/doors/response-store.ts';
import { problemsUnder } from '../dialects/published-schema.ts';
import { ANTHROPIC, GEMINI, NANO_USD, OPENAI, startShoal } from './shoal.ts';
import type { Shoal } from './shoal.ts';

const GRANT: NewKey = {
  name: 'conversation',
  scopes: ['invoke'],
  models: undefined,
  limits: {},
  allowUnpriced: false,
  expiresAt: undefined,
  team: undefined,
  user: undefined,
  limitNanoUsd: undefined,
};
const DAY_MS = 24 * 3600 * 1000;

let shoal: Shoal;
let client: OpenAI;
beforeAll(async () => {
  const mixed = { targets: [OPENAI, ANTHROPIC] };
  const backed = { targets: [OPENAI], fallback: { outage: [ANTHROPIC] } };
  shoal = await startShoal({ retries: { attempts: 1 }, routing: { groups: { mixed, backed } } });
  client = clientWith('unused');
});
afterAll(() => shoal.close());

const clientWith = (apiKey: string): OpenAI => new OpenAI({ apiKey, baseURL: `${shoal.url}/v1`, maxRetries: 0 });
const clientFor = (key: Partial<NewKey>): OpenAI =>
  clientWith(shoal.system.gateway.keys.create({ ...GRANT, ...key }, 'test').secret);
const lastSent = (): string => JSON.stringify(shoal.upstream.seen.at(-1)?.body);

async function failureOf(asked: PromiseLike<unknown>): Promise<APIError> {
  const thrown = await Promise.resolve(asked).then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error,
  );
  if (thrown instanceof APIError) return thrown;
  throw thrown;
}

describe('an answer', () => {
  it.each(['whole', 'streamed'])('names the one that it goes on from (%s)', async (how) => {
    const first = await client.responses.create({ model: ANTHROPIC, input: 'One' });
    const asked = { model: GEMINI, input: 'Two', previous_response_id: first.id };
    const second = how === 'whole' ? await client.responses.create(asked) : await client.responses.stream(asked).finalResponse();
    expect(first.previous_response_id).toBeNull();
    expect(second.previous_response_id).toBe(first.id);
    expect(lastSent()).not.toContain('previous_response_id');
  });

  it('that is not to be kept goes on all the same', async () => {
    const first = await client.responses.create({ model: ANTHROPIC, input: 'One' });
    const asked = { model: ANTHROPIC, input: 'Two', previous_response_id: first.id, store: false };
    const second = await client.responses.create(asked);
    expect(second.previous_response_id).toBe(first.id);
    expect(second).toMatchObject({ store: false });
    expect(lastSent()).toContain('You said: One');
    expect(await failureOf(client.responses.retrieve(second.id))).toBeInstanceOf(NotFoundError);
  });

  it('has an id of its own where the provider gives the same to all', async () => {
    shoal.upstream.always({ reply: { id: 'msg_1' } });
    try {
      const [one, two] = [
        await client.responses.create({ model: ANTHROPIC, input: 'One' }),
        await client.responses.stream({ model: ANTHROPIC, input: 'Two' }).finalResponse(),
      ];
      expect(one.id).not.toBe(two.id);
      await client.responses.create({ model: ANTHROPIC, input: 'Three', previous_response_id: one.id });
      expect(lastSent()).toContain('One');
      expect(lastSent()).not.toContain('Two');
    } finally {
      shoal.upstream.always({});
    }
  });

  it('goes on with calls and their results', async () => {
    const tools = [{ type: 'function' as const, name: 'depth_of', strict: false, parameters: { type: 'object' } }];
    const first = await client.responses.create({ model: ANTHROPIC, input: 'Hello', tools });
    const call = first.output.find((item) => item.type === 'function_call');
    const second = await client.responses.create({
      model: ANTHROPIC,
      tools,
      previous_response_id: first.id,
      input: [{ type: 'function_call_output', call_id: call?.call_id ?? '', output: '40 m' }],
    });
    expect(second.output_text).toMatch(/^The tool said .*40 m/);
  });
});

describe('a conversation with a group of which only some speak this API', () => {
  it.each(['mixed', 'backed'])('goes on whoever answers (%s)', async (model) => {
    const first = await client.responses.create({ model, input: 'One' });
    expect(shoal.upstream.seen.at(-1)?.path).toMatch(/responses$/);
    const second = await client.responses.stream({ model, input: 'Two', previous_response_id: first.id }).finalResponse();
    expect(lastSent()).toContain('You said: One');
    if (model === 'backed') shoal.upstream.script({ refuse: { status: 503 } });
    const elsewhere = model === 'backed' ? model : ANTHROPIC;
    const third = await client.responses.create({ model: elsewhere, input: 'Three', previous_response_id: second.id });
    expect(shoal.upstream.seen.at(-1)?.path).toMatch(/messages$/);
    expect(third.previous_response_id).toBe(second.id);
    for (const text of ['One', 'You said: One', 'Two', 'You said: Two', 'Three']) expect(lastSent()).toContain(text);
  });
});

describe('what cannot be gone on from', () => {
  it('is told in OpenAI’s own shape, for ids that are unknown, of another key, or deleted', async () => {
    const [mine, theirs] = [clientFor({}), clientFor({})];
    const kept = await mine.responses.create({ model: ANTHROPIC, input: 'One' });
    const deleted = await mine.responses.create({ model: ANTHROPIC, input: 'One' });
    await mine.responses.delete(deleted.id);
    const tries = [
      [mine, 'resp_nobody'],
      [mine, deleted.id],
      [theirs, kept.id],
    ] as const;
    for (const [asker, id] of tries) {
      const failure = await failureOf(asker.responses.create({ model: ANTHROPIC, input: 'Two', previous_response_id: id }));
      expect(failure).toBeInstanceOf(BadRequestError);
      expect(failure.error).toMatchObject({
        type: 'invalid_request_error',
        code: 'previous_response_not_found',
        param: 'previous_response_id',
        message: expect.stringContaining(`Previous response with id '${id}' not found.`) as string,
      });
    }
    await mine.responses.create({ model: ANTHROPIC, input: 'Two', previous_response_id: kept.id });
  });

  it('is a conversation that another provider keeps', async () => {
    const failure = await failureOf(client.responses.create({ model: ANTHROPIC, input: 'Two', conversation: 'conv_1' }));
    expect(failure).toBeInstanceOf(BadRequestError);
    expect(failure.param).toBe('conversation');
  });
});

describe('a kept response', () => {
  it('is read as it was sent, whole and streamed', async () => {
    const asked = { model: ANTHROPIC, input: 'One', instructions: 'Be brief.', metadata: { shoal: 'north' } };
    const whole = await client.responses.create(asked);
    const streamed = await client.responses.stream(asked).finalResponse();
    expect(await client.responses.retrieve(whole.id)).toEqual(whole);
    const { output_parsed: _parsed, ...said } = streamed as typeof streamed & { readonly output_parsed?: unknown };
    const read = await client.responses.retrieve(streamed.id);
    expect(read).toMatchObject({ id: said.id, instructions: 'Be brief.', metadata: { shoal: 'north' }, usage: said.usage });
    expect(read.output_text).toBe(said.output_text);
    const { output_text: _text, ...published } = read;
    expect(problemsUnder('responses', 'Response', published)).toEqual([]);
  });

  it('lists what went into it, a page at a time', async () => {
    const first = await client.responses.create({ model: ANTHROPIC, input: 'One' });
    const second = await client.responses.create({ model: ANTHROPIC, input: 'Two', previous_response_id: first.id });
    const items: ResponseItem[] = [];
    for await (const item of client.responses.inputItems.list(second.id, { order: 'asc', limit: 2 })) items.push(item);
    const texts = items.map((item) => (item.type === 'message' ? textOf(item.content) : item.type));
    expect(texts).toEqual(['One', 'You said: One – grüße 🐟', 'Two']);
    expect(new Set(items.map(({ id }) => id)).size).toBe(3);
    for (const item of items) expect(problemsUnder('responses', 'ResponseItem', item)).toEqual([]);
    const latest = await client.responses.inputItems.list(second.id, { limit: 1 });
    expect(latest.data.map((item) => (item.type === 'message' ? textOf(item.content) : ''))).toEqual(['Two']);
    expect(latest.has_more).toBe(true);
    const failure = await failureOf(client.responses.inputItems.list(second.id, { after: 'msg_nobody' }));
    expect(failure.param).toBe('after');
  });

  it('is gone when it is deleted, for its key only', async () => {
    const [mine, theirs] = [clientFor({}), clientFor({})];
    const kept = await mine.responses.create({ model: ANTHROPIC, input: 'One' });
    expect(await failureOf(theirs.responses.retrieve(kept.id))).toBeInstanceOf(NotFoundError);
    expect(await failureOf(theirs.responses.delete(kept.id))).toBeInstanceOf(NotFoundError);
    expect((await mine.responses.retrieve(kept.id)).id).toBe(kept.id);
    await mine.responses.delete(kept.id);
    expect(await failureOf(mine.responses.retrieve(kept.id))).toBeInstanceOf(NotFoundError);
    expect(await failureOf(mine.responses.delete(kept.id))).toBeInstanceOf(NotFoundError);
  });

  it('is purged with the bodies', async () => {
    const kept = await client.responses.create({ model: ANTHROPIC, input: 'One' });
    await shoal.system.gateway.traces.purge('bodies', Date.now() + 1000);
    expect(await failureOf(client.responses.retrieve(kept.id))).toBeInstanceOf(NotFoundError);
  });
});

describe('money', () => {
  it('is held for all that a turn goes on from, not only for what came with it', async () => {
    const long = 'herring '.repeat(4000);
    // Room for the bytes of the first turn. It uses less, but what is left has no room for them again.
    const poor = clientFor({ limitNanoUsd: (long.length + 1000) * NANO_USD.input });
    shoal.upstream.script({ reply: { text: 'Fish.', usage: { input: 8000, output: 1, cached: 0 } } });
    const first = await poor.responses.create({ model: ANTHROPIC, input: long, max_output_tokens: 1 });
    const before = shoal.upstream.seen.length;
    const next = { model: ANTHROPIC, input: 'And?', max_output_tokens: 1 };
    const failure = await failureOf(poor.responses.create({ ...next, previous_response_id: first.id }));
    expect(failure.code).toBe('insufficient_quota');
    expect(shoal.upstream.seen.length).toBe(before);
    await poor.responses.create(next);
  });
});

describe('the store', () => {
  it('keeps for thirty days, per owner', () => {
    let now = 1_800_000_000_000;
    const store = openResponseStore(':memory:', () => now);
    const stored = { input: [{ type: 'message' }], response: { id: 'resp_1' } };
    store.put('resp_1', 'me', stored);
    store.put('resp_1', 'you', { input: [], response: { id: 'resp_1', of: 'you' } });
    now += 30 * DAY_MS - 1;
    expect(store.get('resp_1', 'me')).toEqual(stored);
    expect(store.get('resp_1', 'nobody')).toBeUndefined();
    expect(store.remove('resp_1', 'you')).toBe(true);
    now += 1;
    expect(store.get('resp_1', 'me')).toBeUndefined();
    expect(store.remove('resp_1', 'me')).toBe(false);
    expect(store.purge(now)).toBe(1);
    store.close();
  });
});

function textOf(content: readonly { readonly type: string }[]): string {
  return content.map((part) => ('text' in part ? String(part.text) : '')).join('');
}
