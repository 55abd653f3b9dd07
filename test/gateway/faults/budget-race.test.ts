// 128 callers over HTTP race for one budget until it is used up: it is never overspent, and hardly anything is left.
import { Agent, request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costOf, OPENAI, startShoal } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';

const CALLERS = 128;
const CAP = 40;
/** What one call costs: the upstream tells 13 tokens in, 3 of them from the cache, and 7 out. */
const CALL_NANO_USD = costOf({ input: 13, output: 7, cached: 3 });

let shoal: Shoal;
let agent: Agent;
beforeAll(async () => {
  shoal = await startShoal();
  agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
});
afterAll(async () => {
  agent.destroy();
  await shoal.close();
});

describe('128 callers and a budget worth', () => {
  it.each([
    [10, 'whole'],
    [100, 'whole'],
    [100, 'streamed'],
    [400, 'whole'],
  ] as const)('%i calls (%s) never spend more, and leave less than one call may cost', async (worth, how) => {
    const limitNanoUsd = worth * CALL_NANO_USD;
    const { secret, key } = shoal.system.gateway.keys.create(
      {
        name: `race-${worth}-${how}`,
        scopes: ['invoke'],
        models: undefined,
        limits: {},
        allowUnpriced: false,
        expiresAt: undefined,
        team: undefined,
        user: undefined,
        limitNanoUsd,
      },
      'test',
    );
    const first = shoal.upstream.seen.length;
    const answers = new Map<number, number>();
    let most = 0;
    const caller = async (): Promise<void> => {
      for (;;) {
        const status = await call(secret, how === 'streamed');
        answers.set(status, (answers.get(status) ?? 0) + 1);
        const { spentNanoUsd = 0, reservedNanoUsd = 0 } = shoal.system.gateway.ledger.balance(key.budget) ?? {};
        most = Math.max(most, spentNanoUsd + reservedNanoUsd);
        if (status !== 200) return;
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, caller));
    const { spentNanoUsd, reservedNanoUsd } = shoal.system.gateway.ledger.balance(key.budget) ?? {};
    const told = shoal.upstream.seen.slice(first).flatMap((seen) => seen.told ?? []);
    expect([...answers.keys()].toSorted((left, right) => left - right)).toEqual([200, 429]);
    expect(most).toBeLessThanOrEqual(limitNanoUsd);
    expect(reservedNanoUsd).toBe(0);
    expect(spentNanoUsd).toBe(told.reduce((sum, usage) => sum + costOf(usage), 0));
    // The bytes of the body as input, the cap as output.
    const dearest = 400 * 1000 + CAP * 10_000;
    expect(spentNanoUsd).toBeGreaterThan(limitNanoUsd - dearest);
    expect(told.length).toBe(answers.get(200));
  });
});

function call(secret: string, stream: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ model: OPENAI, stream, max_tokens: CAP, messages: [{ role: 'user', content: 'Hello' }] });
    const request = httpRequest(`${shoal.url}/v1/chat/completions`, {
      method: 'POST',
      agent,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        authorization: `Bearer ${secret}`,
      },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', reject);
    });
    request.end(body);
  });
}
