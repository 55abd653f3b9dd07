// A client that leaves, at every phase of its call, by HTTP and in process: the provider hears of it, nothing stays
// held, and what was written is paid for.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerateRequest } from '#foundation';
import type { NewKey } from '#gateway/contract';
import { NANO_USD, OPENAI, startShoal } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';
import { post } from './post.ts';
import { booksOf, settled } from './settled.ts';
import { CAP, WAYS } from './ways.ts';

let shoal: Shoal;
beforeAll(async () => {
  shoal = await startShoal();
});
afterAll(() => shoal.close());

const keyWorth = (limitNanoUsd: number): string => {
  const key: NewKey = {
    name: 'leaving',
    scopes: ['invoke'],
    models: undefined,
    limits: {},
    allowUnpriced: false,
    expiresAt: undefined,
    team: undefined,
    user: undefined,
    limitNanoUsd,
  };
  return shoal.system.gateway.keys.create(key, 'test').secret;
};

describe.each(WAYS)('$name: a client that leaves', ({ path, body }) => {
  it('before its body is whole has asked nobody for anything', async () => {
    const before = shoal.spent();
    const asked = shoal.upstream.seen.length;
    const { port, hostname } = new URL(shoal.url);
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve) => void socket.once('connect', resolve));
    const head = `POST ${path(false)} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n`;
    await new Promise<void>((resolve) => void socket.write(`${head}{"model":`, () => resolve()));
    while ((await shoal.connections()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    expect(await settled(shoal, before)).toBe(0);
    expect(shoal.upstream.seen.length).toBe(asked);
  });

  it('while it waits for budget is waited for no longer', async () => {
    const before = shoal.spent();
    const asked = shoal.upstream.seen.length;
    // Enough for one of the two, with what may come in.
    const headers = { authorization: `Bearer ${keyWorth(CAP * NANO_USD.output + 1500 * NANO_USD.input)}` };
    const [first, second] = [new AbortController(), new AbortController()];
    shoal.upstream.script({ stop: { at: 'before-head', how: 'silence' } });
    const holding = post(`${shoal.url}${path(false)}`, body(false), { headers, signal: first.signal });
    await shoal.upstream.until(() => shoal.upstream.seen.length > asked);
    const waiting = post(`${shoal.url}${path(false)}`, body(false), { headers, signal: second.signal });
    while (queued(shoal) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    second.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
    while (queued(shoal) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    first.abort();
    await expect(holding).rejects.toThrow(/abort/i);
    expect(booksOf(await settled(shoal, before), shoal.upstream.seen.slice(asked), 'reckoned')).toBe('right');
    expect(shoal.upstream.seen.length).toBe(asked + 1);
  });

  it.each([false, true])('before the head (streamed: %s) is charged what may have been done', async (stream) => {
    const before = shoal.spent();
    const asked = shoal.upstream.seen.length;
    const leaving = new AbortController();
    shoal.upstream.script({ stop: { at: 'before-head', how: 'silence' } });
    const answer = post(`${shoal.url}${path(stream)}`, body(stream), { signal: leaving.signal });
    await shoal.upstream.until(() => shoal.upstream.seen.length > asked);
    leaving.abort();
    await expect(answer).rejects.toThrow(/abort/i);
    await shoal.upstream.until(() => shoal.upstream.seen[asked]?.ended === 'left');
    expect(booksOf(await settled(shoal, before), shoal.upstream.seen.slice(asked), 'reckoned')).toBe('right');
    expect(shoal.upstream.seen.length).toBe(asked + 1);
  });

  it('while a refused call waits to be tried again has cost nothing, and is not tried again', async () => {
    const before = shoal.spent();
    const asked = shoal.upstream.seen.length;
    const leaving = new AbortController();
    shoal.upstream.script({ refuse: { status: 429, headers: { 'retry-after-ms': '300' } } });
    const answer = post(`${shoal.url}${path(true)}`, body(true), { signal: leaving.signal });
    await shoal.upstream.until(() => shoal.upstream.seen[asked]?.ended === 'complete');
    leaving.abort();
    await expect(answer).rejects.toThrow(/abort/i);
    expect(await settled(shoal, before)).toBe(0);
    expect(shoal.upstream.seen.length).toBe(asked + 1);
  });

  it.each([
    ['behind the head of a stream', true, 'after-head'],
    ['behind the head of a whole answer', false, 'after-head'],
    ['in the middle of a whole answer', false, 1],
  ] as const)('%s is charged what may have been done', async (_name, stream, at) => {
    const before = shoal.spent();
    const asked = shoal.upstream.seen.length;
    const leaving = new AbortController();
    shoal.upstream.script({ stop: { at, how: 'silence' } });
    const answer = post(`${shoal.url}${path(stream)}`, body(stream), { signal: leaving.signal });
    await shoal.upstream.until(() => shoal.upstream.seen.length > asked);
    leaving.abort();
    await expect(answer).rejects.toThrow(/abort/i);
    await shoal.upstream.until(() => shoal.upstream.seen[asked]?.ended === 'left');
    expect(booksOf(await settled(shoal, before), shoal.upstream.seen.slice(asked), 'reckoned')).toBe('right');
  });

  it('in the middle of a stream is charged what was written', async () => {
    const before = shoal.spent();
    const asked = shoal.upstream.seen.length;
    const leaving = new AbortController();
    shoal.upstream.script({ stop: { at: 2, how: 'silence' } });
    await post(`${shoal.url}${path(true)}`, body(true), {
      signal: leaving.signal,
      onPiece: (text) => {
        if (text.includes('Hello')) leaving.abort();
      },
    }).catch(() => undefined);
    await shoal.upstream.until(() => shoal.upstream.seen[asked]?.ended === 'left');
    expect(booksOf(await settled(shoal, before), shoal.upstream.seen.slice(asked), 'reckoned')).toBe('right');
  });

  it('after the end has had its answer', async () => {
    const before = shoal.spent();
    const asked = shoal.upstream.seen.length;
    const leaving = new AbortController();
    const answer = await post(`${shoal.url}${path(true)}`, body(true), { signal: leaving.signal });
    leaving.abort();
    expect(answer).toMatchObject({ status: 200, broken: false });
    expect(booksOf(await settled(shoal, before), shoal.upstream.seen.slice(asked), 'told')).toBe('right');
  });
});

describe('a client that leaves while it waits for a place at its provider', () => {
  it.each(WAYS.map((way) => [way.name, way] as const))('has asked nobody for anything (%s)', async (_name, { path, body }) => {
    const narrow = await startShoal({ limits: { concurrency: 1 } });
    try {
      const [first, second] = [new AbortController(), new AbortController()];
      narrow.upstream.script({ stop: { at: 'before-head', how: 'silence' } });
      const holding = post(`${narrow.url}${path(false)}`, body(false), { signal: first.signal });
      await narrow.upstream.until(() => narrow.upstream.seen.length === 1);
      const waiting = post(`${narrow.url}${path(true)}`, body(true), { signal: second.signal });
      while (waitingAnywhere(narrow) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      second.abort();
      await expect(waiting).rejects.toThrow(/abort/i);
      while (waitingAnywhere(narrow) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      first.abort();
      await expect(holding).rejects.toThrow(/abort/i);
      expect(booksOf(await settled(narrow, { spentNanoUsd: 0 }), narrow.upstream.seen, 'reckoned')).toBe('right');
      expect(narrow.upstream.seen.length).toBe(1);
    } finally {
      await narrow.close();
    }
  });
});

describe('in process, an agent that leaves', () => {
  const request: GenerateRequest = {
    task: 'test',
    stage: 'chat',
    messages: [{ role: 'user', content: 'Hello' }],
    maxOutputTokens: CAP,
  };

  it('before it has begun has asked nobody for anything', async () => {
    const before = shoal.spent();
    const asked = shoal.upstream.seen.length;
    const model = shoal.system.gateway.languageModel({ model: OPENAI });
    await expect(model.generate(request, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect(await settled(shoal, before)).toBe(0);
    expect(shoal.upstream.seen.length).toBe(asked);
  });

  it('before the head is charged what may have been done', async () => {
    const before = shoal.spent();
    const asked = shoal.upstream.seen.length;
    const leaving = new AbortController();
    shoal.upstream.script({ stop: { at: 'before-head', how: 'silence' } });
    const answer = shoal.system.gateway.languageModel({ model: OPENAI }).generate(request, leaving.signal);
    await shoal.upstream.until(() => shoal.upstream.seen.length > asked);
    leaving.abort();
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    await shoal.upstream.until(() => shoal.upstream.seen[asked]?.ended === 'left');
    expect(booksOf(await settled(shoal, before), shoal.upstream.seen.slice(asked), 'reckoned')).toBe('right');
  });

  it('in the middle of a stream is charged what was written', async () => {
    const before = shoal.spent();
    const asked = shoal.upstream.seen.length;
    shoal.upstream.script({ stop: { at: 2, how: 'silence' } });
    for await (const _part of shoal.system.gateway.languageModel({ model: OPENAI }).stream(request)) break;
    await shoal.upstream.until(() => shoal.upstream.seen[asked]?.ended === 'left');
    expect(booksOf(await settled(shoal, before), shoal.upstream.seen.slice(asked), 'reckoned')).toBe('right');
  });

  it('after the end has had its answer', async () => {
    const before = shoal.spent();
    const asked = shoal.upstream.seen.length;
    const leaving = new AbortController();
    await shoal.system.gateway.languageModel({ model: OPENAI }).generate(request, leaving.signal);
    leaving.abort();
    expect(booksOf(await settled(shoal, before), shoal.upstream.seen.slice(asked), 'told')).toBe('right');
  });
});

describe('when Shoal closes', () => {
  it('what is under way is cancelled at the provider, and no socket stays open there', async () => {
    const closing = await startShoal();
    try {
      closing.upstream.script({ stop: { at: 2, how: 'silence' } }, { stop: { at: 'before-head', how: 'silence' } });
      const [first] = WAYS;
      const streaming = post(`${closing.url}${first?.path(true) ?? ''}`, first?.body(true)).catch(() => undefined);
      const waiting = post(`${closing.url}${first?.path(false) ?? ''}`, first?.body(false)).catch(() => undefined);
      await closing.upstream.until(() => closing.upstream.seen.length === 2);
      await closing.system.gateway.close();
      await closing.upstream.until(() => closing.upstream.openSockets === 0);
      await Promise.all([streaming, waiting]);
      expect(closing.upstream.seen.map(({ ended }) => ended)).toEqual(['left', 'left']);
    } finally {
      await closing.close();
    }
  });
});

/** Calls that wait in any queue. */
function waitingAnywhere({ system }: Shoal): number {
  const gauges = system.gateway.traces.metrics().matchAll(/^shoal_gateway_queue_waiting\{[^}]*\} (\d+)$/gm);
  return [...gauges].reduce((sum, [, value]) => sum + Number(value), 0);
}

/** Calls that wait for budget. */
function queued({ system }: Shoal): number {
  const found = /^shoal_gateway_queue_waiting\{queue="budget"\} (\d+)$/m.exec(system.gateway.traces.metrics());
  return Number(found?.[1] ?? 0);
}
