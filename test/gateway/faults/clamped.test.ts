// A budget with less room than was asked for: the output cap is lowered to what is there, in the words of whichever API
// the provider speaks, and the client is told so.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NANO_USD, startShoal } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';
import { post } from './post.ts';
import { CAP, WAYS } from './ways.ts';

const ROOM_TOKENS = 300;
const INPUT_ROOM = 250;

let shoal: Shoal;
beforeAll(async () => {
  shoal = await startShoal();
});
afterAll(() => shoal.close());

describe.each(WAYS)('$name', (way) => {
  it.each([false, true])('is clamped (streamed: %s)', async (stream) => {
    const { secret, key } = shoal.system.gateway.keys.create(
      {
        name: 'small',
        scopes: ['invoke'],
        models: undefined,
        limits: {},
        allowUnpriced: false,
        expiresAt: undefined,
        team: undefined,
        user: undefined,
        limitNanoUsd: ROOM_TOKENS * NANO_USD.output + INPUT_ROOM * NANO_USD.input,
      },
      'test',
    );
    const headers = { authorization: `Bearer ${secret}` };
    const answer = await post(`${shoal.url}${way.path(stream)}`, way.body(stream), { headers });
    const clampedTo = Number(answer.headers['x-shoal-output-clamped']);
    expect(answer.status).toBe(200);
    expect(clampedTo).toBeGreaterThanOrEqual(ROOM_TOKENS - 50);
    expect(clampedTo).toBeLessThan(CAP);
    expect(shoal.upstream.seen.at(-1)?.asked?.cap).toBe(clampedTo);
    expect(shoal.system.gateway.ledger.balance(key.budget)?.spentNanoUsd).toBeGreaterThan(0);
  });
});
