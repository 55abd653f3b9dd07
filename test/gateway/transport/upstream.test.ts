// The transport against real servers: order, back-pressure, and every way in which an exchange can end early.
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createUpstream, UpstreamEnded } from '../../../gateway/models/transport/upstream.ts';
import type { Receiver, Timeouts } from '../../../gateway/models/transport/upstream.ts';

const TIMEOUTS: Timeouts = { connectMs: 5000, firstByteMs: 5000, idleMs: 5000, totalMs: 10_000 };

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Options {
  readonly timeouts?: Partial<Timeouts>;
  readonly signal?: AbortSignal;
  readonly receiver?: Partial<Receiver>;
}

async function send(origin: string, { timeouts, signal, receiver }: Options = {}): Promise<{ status: number; text: string }> {
  const upstream = createUpstream({ connections: 4, connectMs: 2000 });
  onTestFinished(() => upstream.close());
  const got = { status: 0, text: '' };
  await upstream.send(
    {
      origin,
      path: '/v1/chat/completions?x=1',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{"a":1}'),
      timeouts: { ...TIMEOUTS, ...timeouts },
      signal: signal ?? new AbortController().signal,
    },
    {
      head: (status) => {
        got.status = status;
      },
      data: (chunk) => {
        got.text += chunk.toString('utf8');
        return undefined;
      },
      ...receiver,
    },
  );
  return got;
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'nothing was thrown',
    (error: unknown) => (error as { code?: string }).code ?? (error as Error).message,
  );

const refuse = (): never => {
  throw new Error('cannot read this');
};
const later = (): Promise<void> => Promise.reject(new Error('cannot pass this on'));

describe('an exchange', () => {
  it('sends the body and gives the answer', async () => {
    const origin = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => response.writeHead(201).end(`${request.url} ${body}`));
    });
    expect(await send(origin)).toEqual({ status: 201, text: '/v1/chat/completions?x=1 {"a":1}' });
  });

  it('waits for a slow receiver, in order, before it is over', async () => {
    const origin = await serve((_request, response) => {
      for (let index = 0; index < 200; index++) response.write(`${index},`);
      response.end();
    });
    const seen: string[] = [];
    await send(origin, {
      receiver: {
        data: async (chunk) => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          seen.push(chunk.toString('utf8'));
        },
      },
    });
    expect(seen.join('')).toBe(Array.from({ length: 200 }, (_, index) => `${index},`).join(''));
  });

  it('closes the connection when the caller aborts, before and in the middle of the answer', async () => {
    for (const early of [true, false]) {
      const left = Promise.withResolvers<void>();
      const arrived = Promise.withResolvers<void>();
      const origin = await serve((_request, response) => {
        response.on('close', left.resolve);
        if (!early) response.write('begun');
        arrived.resolve();
      });
      const abort = new AbortController();
      const sending = codeOf(send(origin, { signal: abort.signal }));
      await arrived.promise;
      abort.abort();
      expect(await sending).toBe('cancelled');
      await left.promise;
    }
  });

  it('is not begun for a caller that has gone already', async () => {
    expect(await codeOf(send('http://127.0.0.1:1', { signal: AbortSignal.abort() }))).toBe('cancelled');
  });

  it('tells silence before the answer, silence inside it, and a total that is over apart', async () => {
    const silent = await serve(() => {});
    expect(await codeOf(send(silent, { timeouts: { firstByteMs: 50 } }))).toBe('UND_ERR_HEADERS_TIMEOUT');
    const stuck = await serve((_request, response) => void response.write('begun'));
    expect(await codeOf(send(stuck, { timeouts: { idleMs: 50 } }))).toBe('UND_ERR_BODY_TIMEOUT');
    expect(await codeOf(send(stuck, { timeouts: { totalMs: 100 } }))).toBe('overdue');
  });

  it('fails where the server hangs up, or where nobody listens', async () => {
    const rude = await serve((request) => void request.socket.destroy());
    expect(await codeOf(send(rude))).toMatch(/UND_ERR_SOCKET|ECONNRESET/);
    expect(await codeOf(send('http://127.0.0.1:1'))).toBe('ECONNREFUSED');
  });

  it('ends with what its receiver throws', async () => {
    const origin = await serve((_request, response) => void response.write('begun'));
    expect(await codeOf(send(origin, { receiver: { data: refuse } }))).toBe('cannot read this');
    expect(await codeOf(send(origin, { receiver: { data: later } }))).toBe('cannot pass this on');
  });

  it('says which side ended it', () => {
    expect(new UpstreamEnded('overdue')).toMatchObject({ code: 'overdue', message: 'overdue' });
  });
});
