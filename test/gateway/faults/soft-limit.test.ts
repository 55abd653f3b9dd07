// Past a soft limit calls go on, and the client is told which budget it is.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT_BUDGET } from '#gateway/contract';
import { startShoal } from '../clients/shoal.ts';
import type { Shoal } from '../clients/shoal.ts';
import { post } from './post.ts';
import { WAYS } from './ways.ts';

let shoal: Shoal;
beforeAll(async () => {
  shoal = await startShoal();
});
afterAll(() => shoal.close());

it.each([false, true])('is named in a header that any budget’s name fits into (streamed: %s)', async (stream) => {
  const { ledger, keys } = shoal.system.gateway;
  const key = { scopes: ['invoke'], models: undefined, limits: {}, allowUnpriced: false, expiresAt: undefined } as const;
  const made = keys.create({ ...key, name: 'soft', team: undefined, user: undefined, limitNanoUsd: undefined }, 'test');
  const way = WAYS[0] as (typeof WAYS)[number];
  const send = () =>
    post(`${shoal.url}${way.path(stream)}`, way.body(stream), { headers: { authorization: `Bearer ${made.secret}` } });
  expect((await send()).headers['x-shoal-over-soft-limit']).toBeUndefined();
  ledger.change(made.key.budget, { limitNanoUsd: 1, edge: 'soft' });
  const answer = await send();
  expect(answer.status).toBe(200);
  expect(answer.headers['x-shoal-over-soft-limit']).toBe(`${ROOT_BUDGET}/key:${made.key.id}`);
});
