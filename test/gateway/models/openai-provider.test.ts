// The OpenAI-compatible provider against a real server: what works, and each way in which a server can fail.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask, codeOf, KEY, MODEL, openGateway, partsOf, until } from '../open-gateway.ts';

describe('a provider that works', () => {
  it('answers, with its usage priced to the nano-dollar', async () => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'answer', text: 'Hello.', usage: { prompt: 1000, cached: 400, completion: 20 } });
    const answer = await gateway.languageModel({ model: MODEL }).generate(ask('Hi', { temperature: 0.2, seed: 7 }));
    expect(answer).toMatchObject({ text: 'Hello.', finishReason: 'stop', model: MODEL, fromCassette: false, value: undefined });
    expect(answer.usage).toEqual({ inputTokens: 1000, outputTokens: 20, cachedInputTokens: 400 });
    expect(answer.costNanoUsd).toBe(600 * 150 + 400 * 75 + 20 * 600);
    expect(server.seen[0]).toMatchObject({
      authorization: `Bearer ${KEY}`,
      body: { model: 'gpt-4o-mini', temperature: 0.2, seed: 7 },
    });
  });

  it('streams the same text that it answers with', async () => {
    const { gateway, server } = await openGateway();
    const text = 'Tolls, tramways and 渋滞 — all 🚋 at once.';
    server.script({ kind: 'answer', text, chunkBytes: 3 });
    const parts = await partsOf(gateway.languageModel({ model: MODEL }).stream(ask('Hi')));
    expect(parts.flatMap((part) => (part.kind === 'text-delta' ? [part.text] : [])).join('')).toBe(text);
    const last = parts.at(-1);
    expect(last?.kind === 'finish' && last.result).toMatchObject({ text, finishReason: 'stop' });
    expect(last?.kind === 'finish' && last.result.costNanoUsd).toBeGreaterThan(0);
  });

  it.each([false, true])('calls tools (streamed: %s)', async (streamed) => {
    const { gateway, server } = await openGateway();
    const toolCalls = [
      { name: 'look_up', arguments: '{"word":"toll"}' },
      { name: 'look_up', arguments: '{"word":' },
    ];
    server.script({ kind: 'answer', toolCalls });
    const tools = [{ name: 'look_up', description: 'Looks a word up.', parameters: { type: 'object', properties: {} } }];
    const model = gateway.languageModel({ model: MODEL });
    const parts = streamed ? await partsOf(model.stream(ask('Hi', { tools }))) : [];
    const last = parts.at(-1);
    const answer = last?.kind === 'finish' ? last.result : await model.generate(ask('Hi', { tools }));
    expect(answer.finishReason).toBe('tool-calls');
    expect(answer.toolCalls).toEqual([
      { id: 'call_0', name: 'look_up', arguments: { word: 'toll' } },
      { id: 'call_1', name: 'look_up', arguments: undefined },
    ]);
    expect(server.seen[0]?.body['tools']).toMatchObject([{ type: 'function', function: { name: 'look_up' } }]);
  });

  it('sends a conversation with tool results in the API’s shape', async () => {
    const { gateway, server } = await openGateway();
    const messages = [
      { role: 'user', content: 'What is a toll?' },
      { role: 'assistant', content: '', toolCalls: [{ id: 'c1', name: 'look_up', arguments: { word: 'toll' } }] },
      { role: 'tool', toolCallId: 'c1', content: 'A fee for using a road.' },
    ] as const;
    await gateway.languageModel({ model: MODEL }).generate(ask('', { messages }));
    expect(server.seen[0]?.body['messages']).toEqual([
      { role: 'user', content: 'What is a toll?' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look_up', arguments: '{"word":"toll"}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'A fee for using a road.' },
    ]);
  });

  it('embeds as unit vectors in the order of the texts', async () => {
    const { gateway } = await openGateway();
    const model = gateway.languageModel({ model: 'openai/text-embedding-3-small', runId: 'r' });
    const { vectors, usage, costNanoUsd } = await model.embed(['a', 'four', 'fifteen letters'], 'extraction');
    expect(vectors.map((vector) => Math.round(((vector[0] ?? 0) / (vector[3] ?? 1)) * 10) / 10)).toEqual([1, 4, 15]);
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect([usage.inputTokens, costNanoUsd]).toEqual([6, 6 * 20]);
    expect(gateway.costs({ runId: 'r' })).toMatchObject([{ stage: 'extraction', calls: 1, inputTokens: 6, costNanoUsd: 6 * 20 }]);
  });

  it('embeds by rules where the model is one that cannot embed', async () => {
    const { gateway, server } = await openGateway();
    const byRules = await gateway.languageModel({ model: 'embedded/rules-1' }).embed(['toll'], 'agents');
    expect(await gateway.languageModel({ model: MODEL }).embed(['toll'], 'agents')).toEqual(byRules);
    expect(server.seen).toHaveLength(0);
    const embeddingModel = 'openai/text-embedding-3-small';
    await gateway.languageModel({ model: MODEL, embeddingModel }).embed(['toll'], 'agents');
    expect(server.seen[0]?.body).toMatchObject({ model: 'text-embedding-3-small', input: ['toll'] });
  });

  it('ignores fields that it does not know, and counts missing usage by its upper bound, never as zero', async () => {
    const { gateway, server } = await openGateway();
    const extra = { x_groq: { id: 1 }, reasoning: null, nested: [{ a: 1 }] };
    server.script(
      { kind: 'answer', text: 'Hello.', usage: 'none', extra },
      { kind: 'answer', text: 'Hello.', usage: 'none', extra },
    );
    const model = gateway.languageModel({ model: MODEL });
    const answer = await model.generate(ask('Hi'));
    expect(answer.text).toBe('Hello.');
    expect(answer.usage.inputTokens).toBeGreaterThan(2);
    expect(answer.usage.outputTokens).toBeGreaterThanOrEqual(6);
    expect(answer.costNanoUsd).toBeGreaterThan(0);
    const last = (await partsOf(model.stream(ask('Hi')))).at(-1);
    expect(last?.kind === 'finish' && last.result.usage).toEqual(answer.usage);
  });

  it('writes requests for reasoning models as they want them, with room to think', async () => {
    const { gateway, server } = await openGateway();
    await gateway.languageModel({ model: 'openai/gpt-5-mini' }).generate(ask('Hi', { temperature: 0, maxOutputTokens: 100 }));
    expect(server.seen[0]?.body).toMatchObject({ max_completion_tokens: 2148, reasoning_effort: 'low' });
    expect(server.seen[0]?.body).not.toHaveProperty('temperature');
    expect(server.seen[0]?.body).not.toHaveProperty('max_tokens');
  });

  it('learns which fields a server refuses, and does not ask twice', async () => {
    const { gateway, server } = await openGateway();
    server.script({
      kind: 'error',
      status: 400,
      message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    });
    const model = gateway.languageModel({ model: MODEL });
    expect((await model.generate(ask('Hi'))).text).toBe('You said: Hi');
    await model.generate(ask('Hi'));
    expect(server.seen.map(({ body }) => 'max_completion_tokens' in body)).toEqual([false, true, true]);
  });
});

describe('a provider that complains of everything', () => {
  it('is not asked for ever', async () => {
    const both = "Invalid value: 'max_tokens' or 'max_completion_tokens', 'temperature', 'seed' and response_format are wrong.";
    const refusal = { kind: 'error', status: 400, message: both } as const;
    const { gateway, server } = await openGateway({ server: { answer: () => refusal } });
    const schema = { name: 'n', type: z.object({ n: z.number() }) };
    const model = gateway.languageModel({ model: MODEL });
    expect(await codeOf(model.generate(ask('Hi', { schema, temperature: 1, seed: 1 })))).toBe('model_rejected');
    expect(server.seen.length).toBeLessThan(10);
    const before = server.seen.length;
    server.script({ kind: 'answer', text: '{"n":1}' });
    await model.generate(ask('Hi', { schema }));
    // What did not help is not kept.
    expect(server.seen[before]?.body).toMatchObject({ max_tokens: 1024, response_format: { type: 'json_schema' } });
  });
});

describe('a provider that fails', () => {
  it('waits as long as a 429 says, then goes on', async () => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'error', status: 429, message: 'Slow down.', headers: { 'retry-after-ms': '120' } });
    const answer = await gateway.languageModel({ model: MODEL }).generate(ask('Hi'));
    expect(answer.text).toBe('You said: Hi');
    const [first, second] = server.seen;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(110);
    expect(gateway.requests({})).toMatchObject([{ outcome: 'ok', attempts: 2 }]);
  });

  it('gives up at once where the wait would be longer than it may be', async () => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'error', status: 429, message: 'Slow down.', headers: { 'retry-after': '3600' } });
    expect(await codeOf(gateway.languageModel({ model: MODEL }).generate(ask('Hi')))).toBe('model_rate_limited');
    expect(server.seen).toHaveLength(1);
  });

  it('tries again after a 500, and charges only what was answered', async () => {
    const { gateway, server } = await openGateway();
    server.script(
      { kind: 'error', status: 500, message: 'Oops.' },
      { kind: 'answer', text: 'Hello.', usage: { prompt: 10, completion: 2 } },
    );
    const answer = await gateway.languageModel({ model: MODEL }).generate(ask('Hi'));
    expect(answer.costNanoUsd).toBe(10 * 150 + 2 * 600);
    expect(gateway.ledger.balance('shoal')).toMatchObject({ spentNanoUsd: answer.costNanoUsd, reservedNanoUsd: 0 });
  });

  it('stops after the set number of attempts', async () => {
    const { gateway, server } = await openGateway({ config: { retries: { attempts: 3, baseMs: 1 } } });
    const failure = { kind: 'error', status: 503, message: 'Overloaded.' } as const;
    server.script(failure, failure, failure, failure);
    expect(await codeOf(gateway.languageModel({ model: MODEL }).generate(ask('Hi')))).toBe('model_unavailable');
    expect(server.seen).toHaveLength(3);
  });

  it.each([
    [400, undefined, 'model_rejected'],
    [401, 'invalid_api_key', 'model_rejected'],
    [404, 'model_not_found', 'model_rejected'],
    [429, 'insufficient_quota', 'model_rejected'],
  ])('does not repeat what cannot succeed: %i %s', async (status, code, expected) => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'error', status, message: 'No.', ...(code === undefined ? {} : { code }) });
    expect(await codeOf(gateway.languageModel({ model: MODEL }).generate(ask('Hi')))).toBe(expected);
    expect(server.seen).toHaveLength(1);
    expect(gateway.ledger.balance('shoal')?.spentNanoUsd).toBe(0);
  });

  it('says that a stream was cut, and charges what had been produced', async () => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'answer', text: 'A long answer that will not come to its end.', cutAfter: 3 });
    const stream = gateway.languageModel({ model: MODEL, runId: 'r' }).stream(ask('Hi'));
    expect(await codeOf(partsOf(stream))).toBe('model_stream_cut');
    expect(server.seen).toHaveLength(1);
    const [row] = gateway.costs({ runId: 'r' });
    expect(row?.costNanoUsd).toBeGreaterThan(0);
    expect(gateway.ledger.balance('shoal')).toMatchObject({ spentNanoUsd: row?.costNanoUsd, reservedNanoUsd: 0 });
  });

  it('tries a stream again that broke before its first word', async () => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'answer', text: 'Hello.', cutAfter: 0 });
    const parts = await partsOf(gateway.languageModel({ model: MODEL }).stream(ask('Hi')));
    expect(parts.flatMap((part) => (part.kind === 'text-delta' ? [part.text] : [])).join('')).toBe('You said: Hi');
  });

  it('does not take a stream for whole that ends without saying so', async () => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'answer', text: 'A long answer that ends in the middle.', endAfter: 3 });
    expect(await codeOf(partsOf(gateway.languageModel({ model: MODEL }).stream(ask('Hi'))))).toBe('model_stream_cut');
  });

  it('gets over a broken connection', async () => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'reset' }, { kind: 'answer', text: 'Half.', cutAfter: 0 });
    expect((await gateway.languageModel({ model: MODEL }).generate(ask('Hi'))).text).toBe('You said: Hi');
    expect(server.seen).toHaveLength(3);
  });

  it('says so when nobody listens, and charges nothing', async () => {
    const { gateway, server } = await openGateway({ config: { retries: { attempts: 2, baseMs: 1 } } });
    await server.close();
    const error = await gateway
      .languageModel({ model: MODEL })
      .generate(ask('Hi'))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'model_unavailable', hint: expect.stringContaining('base URL') as string });
    expect(gateway.ledger.balance('shoal')).toMatchObject({ spentNanoUsd: 0, reservedNanoUsd: 0 });
  });

  it('recognises a page that is not the API', async () => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'raw', status: 200, contentType: 'text/html', body: '<html>Log in</html>' });
    const error = await gateway
      .languageModel({ model: MODEL })
      .generate(ask('Hi'))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'model_rejected', hint: expect.stringContaining('/v1') as string });
    expect(server.seen).toHaveLength(1);
  });

  it('takes a whole answer from a server that does not stream', async () => {
    const { gateway, server } = await openGateway();
    const body = JSON.stringify({ choices: [{ message: { content: 'All at once.' }, finish_reason: 'stop' }] });
    server.script({ kind: 'raw', status: 200, contentType: 'application/json', body });
    const parts = await partsOf(gateway.languageModel({ model: MODEL }).stream(ask('Hi')));
    expect(parts[0]).toEqual({ kind: 'text-delta', text: 'All at once.' });
  });

  it('never shows the key, even if the provider quotes it', async () => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'error', status: 401, message: `Incorrect API key provided: ${KEY}.` });
    const error = await gateway
      .languageModel({ model: MODEL })
      .generate(ask('Hi'))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'model_rejected',
      message: expect.stringContaining('the key is not accepted') as string,
    });
    expect(JSON.stringify(error)).not.toContain(KEY);
    expect(String(error)).not.toContain(KEY);
  });
});

describe('a provider that is slow', () => {
  it.each([
    ['never answers', { firstByteMs: 50 }, { kind: 'silence' }],
    ['falls silent', { idleMs: 50 }, { kind: 'answer', text: 'One two three four five six.', stallAfter: 2 }],
    ['takes too long in all', { totalMs: 60 }, { kind: 'answer', text: 'x'.repeat(600), eventDelayMs: 20 }],
  ] as const)('is given up when it %s', async (_what, timeouts, reply) => {
    const { gateway, server } = await openGateway({ config: { timeouts, retries: { attempts: 1 } } });
    server.script(reply);
    expect(await codeOf(partsOf(gateway.languageModel({ model: MODEL }).stream(ask('Hi'))))).toBe('model_timeout');
    await until(() => server.abandoned === 1);
    expect(gateway.ledger.balance('shoal')?.reservedNanoUsd).toBe(0);
    expect(gateway.ledger.balance('shoal')?.spentNanoUsd).toBeGreaterThan(0);
  });

  it('is told to stop when the caller aborts', async () => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'silence' });
    const caller = new AbortController();
    const call = codeOf(gateway.languageModel({ model: MODEL }).generate(ask('Hi'), caller.signal));
    await until(() => server.seen.length === 1);
    const aborted = performance.now();
    caller.abort();
    expect(await call).toBe('cancelled');
    await until(() => server.abandoned === 1);
    expect(performance.now() - aborted).toBeLessThan(500);
    expect(gateway.requests({})).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('is told to stop when the reader of a stream leaves', async () => {
    const { gateway, server } = await openGateway();
    server.script({ kind: 'answer', text: 'x'.repeat(6000), eventDelayMs: 5 });
    for await (const part of gateway.languageModel({ model: MODEL }).stream(ask('Hi'))) {
      if (part.kind === 'text-delta') break;
    }
    await until(() => server.abandoned === 1);
    await until(() => gateway.ledger.balance('shoal')?.reservedNanoUsd === 0);
    expect(gateway.ledger.balance('shoal')?.spentNanoUsd).toBeGreaterThan(0);
  });

  it('is not asked for more at once than the limit, and the queue is bounded', async () => {
    const { gateway, server } = await openGateway({
      config: { limits: { concurrency: 2, queue: 3 } },
      server: { answer: () => ({ kind: 'answer', text: 'Yes.', delayMs: 20 }) },
    });
    const model = gateway.languageModel({ model: MODEL });
    const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(model.generate(ask('Hi')))));
    expect(codes.filter((code) => code === 'limit_exceeded')).toHaveLength(3);
    expect(codes.filter((code) => code === 'nothing was thrown')).toHaveLength(5);
    expect(server.peak).toBe(2);
  });
});
