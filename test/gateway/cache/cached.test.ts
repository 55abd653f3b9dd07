import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cached, createCache } from '../../../gateway/models/cache/cached.ts';
import type { Cache, CacheServices } from '../../../gateway/models/cache/cached.ts';
import { CacheSchema } from '../../../gateway/models/cache/settings.ts';
import type { CacheSettings } from '../../../gateway/models/cache/settings.ts';
import type { ModelResponse, Part } from '../../../gateway/models/exchange.ts';
import { textVector } from '../../../gateway/models/providers/embedded/text-vector.ts';
import { LOCAL_PRINCIPAL } from '../../../gateway/policy/principal.ts';
import type { Principal } from '../../../gateway/policy/principal.ts';
import { callOf, collect, message, modelOf, requestOf, responseOf, textIn, through } from './calls.ts';

let time = 1_000_000;
const now = (): number => time;
beforeEach(() => {
  time = 1_000_000;
});

function cacheOf(settings: Partial<Record<keyof CacheSettings, unknown>> = {}, services: Partial<CacheServices> = {}): Cache {
  const cache = createCache(CacheSchema.parse({ enabled: true, ...settings }), { databasePath: undefined, now, ...services });
  if (cache === undefined) throw new Error('the cache is off');
  return cache;
}
const keyed = (keyId: string, team?: string): Principal => ({ ...LOCAL_PRINCIPAL, kind: 'key', keyId, name: keyId, team });
const echo = () => modelOf((text) => responseOf(`You said: ${text}`));

const embed = async (texts: readonly string[]) => texts.map((text) => textVector(text));
const embedAlike = async (texts: readonly string[]) => texts.map(() => textVector('the same for all'));

const how = async (run: (call: ReturnType<typeof callOf>) => Promise<unknown>, call: ReturnType<typeof callOf>) => {
  await run(call);
  return call.tally.cache;
};

const wired = (json: Record<string, unknown>) => {
  const call = callOf('x');
  return { ...call, content: { ...call.content, wire: { dialect: 'openai-chat' as const, json, raw: undefined } } };
};

const askOf = async (cache: Cache, text: string) => {
  const call = callOf(text);
  const answer = await through(cached(cache), echo())(call);
  return [call.tally.cache, textIn(answer)];
};

describe('a cache that is switched off', () => {
  it('is no step at all', () => {
    const { handler } = echo();
    expect(createCache(CacheSchema.parse(undefined), { databasePath: undefined, now })).toBeUndefined();
    expect(cached(undefined)(handler)).toBe(handler);
  });
});

describe('an exact hit', () => {
  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('serves an answer made with streaming %s to a caller with streaming %s', async (first, second) => {
    const parts: readonly Part[] = [
      { kind: 'thinking', text: 'Let me see.', signature: 's1' },
      { kind: 'text', text: 'A rather long answer '.repeat(9) },
      { kind: 'tool-call', id: 't1', name: 'look', arguments: '{"at":1}' },
    ];
    const response = responseOf('', { choices: [{ parts, finishReason: 'tool-calls' }] });
    const model = modelOf(() => response, 7);
    const run = through(cached(cacheOf()), model);
    const ask = async (streaming: boolean) => {
      const output = streaming ? collect() : undefined;
      const call = callOf(requestOf('hi', { stream: streaming, user: streaming ? 'u1' : 'u2' }), { output });
      return { call, output, answer: await run(call) };
    };
    const miss = await ask(first);
    const hit = await ask(second);
    expect(miss.call.tally).toMatchObject({ cache: 'miss', costNanoUsd: 1000 });
    expect(hit.call.tally).toMatchObject({ cache: 'hit-exact', costNanoUsd: 0 });
    expect(model.asked).toHaveLength(1);
    expect(hit.answer).toMatchObject({ finishReason: 'tool-calls', usage: response.usage });
    expect(hit.answer.content?.response()).toEqual(second ? undefined : response);
    const told = hit.output?.events ?? [];
    expect(hit.output?.text).toBe(second ? 'A rather long answer '.repeat(9) : undefined);
    expect(told.at(0)?.kind).toBe(second ? 'start' : undefined);
    expect(told.at(-1)?.kind).toBe(second ? 'end' : undefined);
    expect(told.filter((event) => event.kind === 'text-delta').length > 2).toBe(second);
  });

  it('is not one where model, sampling, tools or a message differ', async () => {
    const model = echo();
    const run = through(cached(cacheOf()), model);
    const calls = [
      callOf('a'),
      callOf('b'),
      callOf('a', { asked: 'p/other' }),
      callOf(requestOf('a', { temperature: 0.5 })),
      callOf(requestOf('a', { seed: 1 })),
      callOf(requestOf([message('system', 'Be brief.'), message('user', 'a')])),
      callOf(requestOf('a', { tools: [{ name: 't', description: undefined, parameters: {} }] })),
      callOf(requestOf('a', { extra: { anything: true } })),
    ];
    for (const call of calls) await run(call);
    expect(calls.map((call) => call.tally.cache)).toEqual(calls.map(() => 'miss'));
  });

  it('knows a body by its fields, in whatever order and with whatever says how to deliver it', async () => {
    const model = echo();
    const run = through(cached(cacheOf()), model);
    const calls = [
      wired({ model: 'm', messages: [{ role: 'user', content: 'x' }], stream: true, stream_options: { include_usage: true } }),
      wired({ metadata: { a: '1' }, messages: [{ content: 'x', role: 'user' }], model: 'm', user: 'someone' }),
      wired({ model: 'm', messages: [{ role: 'user', content: 'x' }], top_p: 0.5 }),
    ];
    for (const call of calls) await run(call);
    expect(calls.map((call) => call.tally.cache)).toEqual(['miss', 'hit-exact', 'miss']);
  });
});

describe('whose answers are shared', () => {
  it('a key never sees the answer of another', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.constantFrom('k1', 'k2', 'k3'), text: fc.constantFrom('a', 'b'), stream: fc.boolean() }), {
          maxLength: 24,
        }),
        fc.boolean(),
        async (asked, semantic) => {
          const cache = cacheOf({ singleFlight: true, semantic: { enabled: semantic, threshold: 0.9 } }, { embed: embedAlike });
          const model = modelOf((_, call) => responseOf(`for ${call.principal.keyId}`));
          const run = through(cached(cache), model);
          await Promise.all(
            asked.map(async ({ key, text, stream }) => {
              const output = stream ? collect() : undefined;
              const answer = await run(callOf(text, { principal: keyed(key, 'same-team'), output }));
              expect(output?.text ?? textIn(answer)).toBe(`for ${key}`);
            }),
          );
        },
      ),
    );
  });

  it('a team shares where that is configured, a key without a team stays alone', async () => {
    const model = modelOf((_, call) => responseOf(`for ${call.principal.keyId}`));
    const run = through(cached(cacheOf({ scope: 'team' })), model);
    expect(textIn(await run(callOf('q', { principal: keyed('k1', 'red') })))).toBe('for k1');
    expect(textIn(await run(callOf('q', { principal: keyed('k2', 'red') })))).toBe('for k1');
    expect(textIn(await run(callOf('q', { principal: keyed('k3', 'blue') })))).toBe('for k3');
    expect(textIn(await run(callOf('q', { principal: keyed('k4') })))).toBe('for k4');
  });
});

describe('what the caller says', () => {
  it('no-store neither reads nor keeps, no-cache asks again and keeps, max-age bounds the age', async () => {
    const model = echo();
    const run = through(cached(cacheOf()), model);
    const ask = async (cacheControl?: string) => {
      const call = callOf('q', cacheControl === undefined ? {} : { cacheControl });
      await run(call);
      return call.tally.cache;
    };
    expect(await ask('no-store')).toBeUndefined();
    expect(await ask()).toBe('miss');
    expect(await ask('No-Cache')).toBe('miss');
    time += 30_000;
    expect(await ask('max-age=20')).toBe('miss');
    expect(await ask('max-age=20')).toBe('hit-exact');
    time += 30_000;
    expect(await ask('max-age=60')).toBe('hit-exact');
    expect(model.asked).toHaveLength(4);
  });
});

describe('what is kept', () => {
  it.each(['length', 'content-filter', 'other'] as const)('no answer that ended by %s', async (finishReason) => {
    const model = modelOf(() => responseOf('', { choices: [{ parts: [{ kind: 'text', text: 'half' }], finishReason }] }));
    const cache = cacheOf();
    const run = through(cached(cache), model);
    await run(callOf('q'));
    await run(callOf('q', { output: collect() }));
    expect(cache.answers.size).toBe(0);
  });

  it('no stream that was cut, and no failure', async () => {
    const cache = cacheOf();
    const cut = through(cached(cache), {
      asked: [],
      handler: async (call) => {
        await call.output?.event({ kind: 'start', id: 'r', model: 'm', created: 0 });
        await call.output?.event({ kind: 'text-delta', choice: 0, text: 'half' });
        return { usage: responseOf('').usage, finishReason: 'stop', content: undefined, dropped: [] };
      },
    });
    await cut(callOf('q', { output: collect() }));
    const failing = through(cached(cache), { asked: [], handler: () => Promise.reject(new Error('down')) });
    await expect(failing(callOf('q'))).rejects.toThrow('down');
    expect(cache.answers.size).toBe(0);
  });

  it('for its time and no longer', async () => {
    const run = through(cached(cacheOf({ ttlSeconds: 60 })), echo());
    const ask = async () => {
      const call = callOf('q');
      await run(call);
      return call.tally.cache;
    };
    expect(await ask()).toBe('miss');
    time += 59_999;
    expect(await ask()).toBe('hit-exact');
    time += 1;
    expect(await ask()).toBe('miss');
  });

  it('the most recently used, up to the bounds', async () => {
    const cache = cacheOf({ maxEntries: 2 });
    const run = through(cached(cache), echo());
    const ask = async (text: string) => {
      const call = callOf(text);
      await run(call);
      return call.tally.cache;
    };
    await ask('a');
    await ask('b');
    await ask('a');
    await ask('c');
    expect([await ask('a'), await ask('c'), await ask('b')]).toEqual(['hit-exact', 'hit-exact', 'miss']);
    const small = cacheOf({ maxBytes: 2000 });
    const fill = through(
      cached(small),
      modelOf(() => responseOf('x'.repeat(500))),
    );
    for (const text of ['a', 'b', 'c', 'd', 'e']) {
      await fill(callOf(text));
      expect(small.answers.bytes).toBeLessThanOrEqual(2000);
    }
    expect(small.answers.size).toBeGreaterThan(0);
  });

  it('only temperature 0 where sampled answers are not to be kept', async () => {
    const run = through(cached(cacheOf({ cacheSampled: false })), echo());
    const outcomes: unknown[] = [];
    for (const temperature of [undefined, undefined, 0.7, 0.7, 0, 0]) {
      const call = callOf(requestOf('q', { temperature }));
      await run(call);
      outcomes.push(call.tally.cache);
    }
    expect(outcomes).toEqual([undefined, undefined, undefined, undefined, 'miss', 'hit-exact']);
  });

  it('only for the models that are named', async () => {
    const run = through(cached(cacheOf({ models: ['cheap/*'] })), echo());
    const other = callOf('q');
    const cheap = callOf('q', { asked: 'cheap/small' });
    await run(other);
    await run(cheap);
    expect([other.tally.cache, cheap.tally.cache]).toEqual([undefined, 'miss']);
  });
});

describe('calls at the same time', () => {
  it('wait for the first where that is wanted, and are made themselves where it fails', async () => {
    const gate = Promise.withResolvers<void>();
    let made = 0;
    let fail = false;
    const run = through(cached(cacheOf({ singleFlight: true })), {
      asked: [],
      handler: async (call) => {
        made += 1;
        const failing = fail && made === 1;
        await gate.promise;
        if (failing) throw new Error('down');
        return modelOf(() => responseOf('once')).handler(call);
      },
    });
    const calls = Array.from({ length: 5 }, () => callOf('q'));
    const running = Promise.all(calls.map((call) => run(call)));
    gate.resolve();
    expect((await running).map(textIn)).toEqual(calls.map(() => 'once'));
    expect(made).toBe(1);
    expect(calls.filter((call) => call.tally.cache === 'hit-exact')).toHaveLength(4);

    made = 0;
    fail = true;
    const results = await Promise.allSettled([callOf('r'), callOf('r'), callOf('r')].map((call) => run(call)));
    expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });

  it('stop waiting when they are aborted', async () => {
    const gate = Promise.withResolvers<void>();
    const run = through(cached(cacheOf({ singleFlight: true })), {
      asked: [],
      handler: async (call) => {
        await gate.promise;
        return echo().handler(call);
      },
    });
    const first = run(callOf('q'));
    const leaving = new AbortController();
    const second = run(callOf('q', { signal: leaving.signal }));
    leaving.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    gate.resolve();
    await expect(first).resolves.toBeDefined();
  });
});

describe('a semantic hit', () => {
  const semantic = { enabled: true, threshold: 0.8 };

  it('answers a question that is nearly the same', async () => {
    const model = echo();
    const run = through(cached(cacheOf({ semantic }, { embed })), model);
    expect(await how(run, callOf('What is the capital city of France?'))).toBe('miss');
    expect(await how(run, callOf('what is the capital city of France'))).toBe('hit-semantic');
    expect(await how(run, callOf('How do I bake bread without yeast?'))).toBe('miss');
    expect(model.asked).toHaveLength(2);
  });

  it('never across system prompts, earlier turns, tools, forms, models or keys', async () => {
    const run = through(cached(cacheOf({ semantic }, { embed })), echo());
    const question = 'What is the capital city of France?';
    const asked = message('user', question);
    await run(callOf(question));
    const others = [
      callOf(requestOf([message('system', 'Answer as a pirate.'), asked])),
      callOf(requestOf([message('user', 'Hello'), message('assistant', 'Hi'), asked])),
      callOf(requestOf(`${question} `, { tools: [{ name: 't', description: undefined, parameters: {} }] })),
      callOf(requestOf(`${question} `, { form: { kind: 'json' } })),
      callOf(`${question} `, { asked: 'p/other' }),
      callOf(`${question} `, { principal: keyed('k9') }),
    ];
    const outcomes = await Promise.all(others.map((call) => how(run, call)));
    expect(outcomes).toEqual(others.map(() => 'miss'));
    expect(await how(run, callOf(`${question} `))).toBe('hit-semantic');
  });

  it('heeds no-cache and the time to live', async () => {
    const run = through(cached(cacheOf({ semantic, ttlSeconds: 10 }, { embed })), echo());
    await run(callOf('What is the capital city of France?'));
    expect(await how(run, callOf('what is the capital city of France', { cacheControl: 'no-cache' }))).toBe('miss');
    time += 10_000;
    expect(await how(run, callOf('what is the capital city of france?!'))).toBe('miss');
  });

  it('does without where the embedding model fails, and counts it', async () => {
    const cache = cacheOf({ semantic }, { embed: () => Promise.reject(new Error('no model')) });
    const run = through(cached(cache), echo());
    expect(await how(run, callOf('q'))).toBe('miss');
    expect(await how(run, callOf('q'))).toBe('hit-exact');
    expect(cache.embedFailures).toBe(1);
  });

  it('stays within the bound of a bucket and forgets what was dropped', async () => {
    const cache = cacheOf({ semantic: { ...semantic, maxEntriesPerBucket: 3 }, maxEntries: 5 }, { embed });
    const run = through(cached(cache), echo());
    const topics = ['rivers of Asia', 'baking sourdough', 'quantum spin', 'violin repair', 'goal keepers', 'tax law', 'moss'];
    for (const text of topics) await run(callOf(text));
    expect(cache.answers.size).toBe(5);
    expect(await how(run, callOf('moss!'))).toBe('hit-semantic');
    expect(await how(run, callOf('rivers of Asia!'))).toBe('miss');
  });
});

describe('the file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shoal-cache-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps answers and their vectors over a restart, drops the expired, and skips a damaged row', async () => {
    const databasePath = join(folder, 'catalog.sqlite');
    const settings = { ttlSeconds: 100, semantic: { enabled: true, threshold: 0.8 } };
    const open = () => cacheOf(settings, { databasePath, embed });
    const before = open();
    await askOf(before, 'an old question about ships');
    time += 90_000;
    await askOf(before, 'What is the capital city of France?');
    await askOf(before, 'a damaged one');
    before.close();
    const database = new DatabaseSync(databasePath);
    database.exec(`UPDATE cached_answers SET answer = '{"response":' WHERE answer LIKE '%damaged%'`);
    database.close();

    time += 10_000;
    const after = open();
    expect(after.answers.size).toBe(2);
    expect(await askOf(after, 'What is the capital city of France?')).toEqual([
      'hit-exact',
      'You said: What is the capital city of France?',
    ]);
    expect(await askOf(after, 'what is the capital city of France')).toEqual([
      'hit-semantic',
      'You said: What is the capital city of France?',
    ]);
    expect(await askOf(after, 'a damaged one')).toEqual(['miss', 'You said: a damaged one']);
    expect((await askOf(after, 'an old question about ships'))[0]).toBe('miss');
    after.close();
  });

  it('drops the same entries from the file as from memory', async () => {
    const databasePath = join(folder, 'catalog.sqlite');
    const first = cacheOf({ maxEntries: 2 }, { databasePath });
    const run = through(cached(first), echo());
    for (const text of ['a', 'b', 'c']) await run(callOf(text));
    first.close();
    const second = cacheOf({ maxEntries: 2 }, { databasePath });
    expect(second.answers.size).toBe(2);
    second.close();
  });
});

describe('an answer that is told again', () => {
  const part: fc.Arbitrary<Part> = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text: fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }) }),
    fc.record({ kind: fc.constant('tool-call' as const), id: fc.string(), name: fc.string(), arguments: fc.json() }),
    fc.record({ kind: fc.constant('thinking' as const), text: fc.string({ minLength: 1 }), signature: fc.string() }),
  );

  it('is the answer that was given, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(part, { maxLength: 5 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 60 }),
        async (choices, size) => {
          // Two texts in a row are one text: nothing in a stream tells them apart.
          const merged = choices.map((parts) =>
            parts.filter((one, index) => index === 0 || one.kind !== 'text' || parts[index - 1]?.kind !== 'text'),
          );
          const response: ModelResponse = responseOf('', {
            choices: merged.map((parts) => ({ parts, finishReason: 'stop' })),
          });
          const cache = cacheOf();
          const run = through(
            cached(cache),
            modelOf(() => response, size),
          );
          await run(callOf('q', { output: collect() }));
          const answer = await run(callOf('q'));
          expect(answer.content?.response()).toEqual(response);
        },
      ),
      { numRuns: 60 },
    );
  });
});
