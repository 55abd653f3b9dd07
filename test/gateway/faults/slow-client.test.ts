// Clients that are slow: one that sends its body in drops, and ones that do not read what they asked for. Nothing is held
// for a request that is not whole, an answer waits for its reader, and one who never reads and leaves is settled.
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShoal } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';
import { booksOf, settled } from './settled.ts';
import { SAID, WAYS } from './ways.ts';

/** More than the buffers of two sockets hold. */
const HUGE = 'x'.repeat(8 << 20);
const DROP_BYTES = 16;

let shoal: Shoal;
beforeAll(async () => {
  shoal = await startShoal();
});
afterAll(() => shoal.close());

describe.each(WAYS)('$name', ({ path, body, textOf }) => {
  it.each([false, true])(
    'answers a client that sends its body in drops, and holds nothing before (streamed: %s)',
    async (stream) => {
      const before = shoal.spent();
      const first = shoal.upstream.seen.length;
      const bytes = Buffer.from(JSON.stringify(body(stream)));
      const answer = open(path(stream), async (request) => {
        for (let start = 0; start < bytes.length; start += DROP_BYTES) {
          request.write(bytes.subarray(start, start + DROP_BYTES));
          await pause(1);
          expect(shoal.spent().reservedNanoUsd).toBe(0);
        }
      });
      expect(textOf(await textFrom(await answer))).toBe(SAID);
      expect(booksOf(await settled(shoal, before), shoal.upstream.seen.slice(first), 'told')).toBe('right');
    },
  );
});

describe.each(WAYS.filter(({ name }) => /passed on|→ Anthropic|→ OpenAI/.test(name)))(
  '$name: an answer that nobody reads',
  (way) => {
    const ask = async (): Promise<IncomingMessage> => {
      shoal.upstream.script({ reply: { text: HUGE } });
      return open(way.path(true), async (request) => void request.write(JSON.stringify(way.body(true))));
    };

    it('waits for its reader', async () => {
      const before = shoal.spent();
      const first = shoal.upstream.seen.length;
      const response = await ask();
      await pause(50);
      expect(way.textOf(await textFrom(response))).toBe(HUGE);
      expect(booksOf(await settled(shoal, before), shoal.upstream.seen.slice(first), 'told')).toBe('right');
    });

    it('is settled when its reader leaves', async () => {
      const before = shoal.spent();
      const first = shoal.upstream.seen.length;
      const response = await ask();
      await pause(50);
      response.destroy();
      const spent = await settled(shoal, before);
      const seen = shoal.upstream.seen.slice(first);
      expect([booksOf(spent, seen, 'told'), booksOf(spent, seen, 'reckoned')]).toContain('right');
    });
  },
);

/** The head of the answer; its body waits. */
function open(path: string, send: (request: ReturnType<typeof httpRequest>) => Promise<void>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${shoal.url}${path}`, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json' },
    });
    request.on('error', reject);
    request.on('response', resolve);
    send(request).then(() => request.end(), reject);
  });
}

async function textFrom(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
