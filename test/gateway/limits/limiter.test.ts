// Limits of who calls: what is let in, what is refused, and what the caller is told.
import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import type { Handler } from '../../../gateway/chain.ts';
import type { ModelAnswer, ModelCall } from '../../../gateway/models/model-call.ts';
import { createLimiter, limited } from '../../../gateway/policy/limits/limiter.ts';
import type { Limiter } from '../../../gateway/policy/limits/limiter.ts';
import { rateLimitHeaders, retryAfterHeaders } from '../../../gateway/policy/limits/rate-limit-headers.ts';
import { LimitsSchema } from '../../../gateway/policy/limits/settings.ts';
import { LOCAL_PRINCIPAL } from '../../../gateway/policy/principal.ts';
import { fakeClock } from '../routing/fake-clock.ts';
import type { FakeClock } from '../routing/fake-clock.ts';
import { answerOf, callOf, failureOf, keyed } from '../routing/model-calls.ts';

interface World {
  readonly clock: FakeClock;
  readonly limiter: Limiter;
  readonly handler: Handler<ModelCall, ModelAnswer>;
}

function worldOf(config: object = {}, end: Handler<ModelCall, ModelAnswer> = async () => answerOf(10, 5)): World {
  const clock = fakeClock();
  const limiter = createLimiter({ settings: LimitsSchema.parse(config), clock });
  return { clock, limiter, handler: limited(limiter, { clock, outputTokens: 1024 })(end) };
}

async function refusalOf(promise: Promise<unknown>): Promise<ShoalError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ShoalError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('one who has no limits', () => {
  it('costs nothing: the next handler’s own promise comes back, and nothing is remembered', () => {
    const answer = Promise.resolve(answerOf());
    const { handler, limiter } = worldOf({ teams: { research: { requestsPerMinute: 1 } } }, () => answer);
    expect(handler(callOf('m'))).toBe(answer);
    expect(handler(callOf('m', { principal: keyed({ team: 'sales' }) }))).toBe(answer);
    expect(limiter.size).toBe(0);
    expect(limiter.standing(LOCAL_PRINCIPAL)).toBeUndefined();
    expect(rateLimitHeaders(undefined)).toEqual({});
  });
});

describe('requests per minute', () => {
  const principal = keyed({ limits: { requestsPerMinute: 2 } });

  it('are let in up to the limit, and again when a minute has passed', async () => {
    const { handler, clock, limiter } = worldOf();
    await handler(callOf('m', { principal }));
    await handler(callOf('m', { principal }));
    const refused = await refusalOf(handler(callOf('m', { principal })));
    expect(refused.code).toBe('limit_exceeded');
    expect(refused.details).toEqual({ limit: 'requestsPerMinute', retryAfterMs: 61_000 });
    expect(retryAfterHeaders(refused)).toEqual({ 'retry-after': '61', 'retry-after-ms': '61000' });
    expect(rateLimitHeaders(limiter.standing(principal))).toEqual({
      'x-ratelimit-limit-requests': '2',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '61.000s',
    });
    await clock.advance(61_000);
    await handler(callOf('m', { principal }));
  });

  it('count a call that failed, for it was made', async () => {
    const { handler, limiter } = worldOf({}, () => Promise.reject(failureOf('outage')));
    await refusalOf(handler(callOf('m', { principal })));
    expect(limiter.standing(principal)?.requests?.remaining).toBe(1);
  });

  it('follow a limit that is changed while they are counted', async () => {
    const { handler } = worldOf();
    await handler(callOf('m', { principal }));
    const tighter = keyed({ limits: { requestsPerMinute: 1 } });
    await expect(handler(callOf('m', { principal: tighter }))).rejects.toMatchObject({ code: 'limit_exceeded' });
    const wider = keyed({ limits: { requestsPerMinute: 3 } });
    await expect(handler(callOf('m', { principal: wider }))).resolves.toBeDefined();
  });
});

describe('tokens per minute', () => {
  const principal = keyed({ limits: { tokensPerMinute: 400 } });

  it('count at their bound while a call is under way, and at what it used afterwards', async () => {
    const { promise, resolve: finish } = Promise.withResolvers<ModelAnswer>();
    const { handler, limiter } = worldOf({}, () => promise);
    const first = handler(callOf('m', { principal, inputTokenBound: 100, maxOutputTokens: 50, choices: 4 }));
    expect(limiter.standing(principal)?.tokens?.remaining).toBe(100);
    const refused = await refusalOf(handler(callOf('m', { principal })));
    expect(refused.details).toMatchObject({ limit: 'tokensPerMinute' });
    finish(answerOf(30, 10));
    await first;
    expect(limiter.standing(principal)?.tokens?.remaining).toBe(360);
  });

  it('take the default cap for a call that sets none, and none for embeddings', async () => {
    const { handler, limiter } = worldOf({}, () => new Promise(() => undefined));
    const large = keyed({ limits: { tokensPerMinute: 10_000 } });
    void handler(callOf('m', { principal: large, maxOutputTokens: undefined }));
    expect(limiter.standing(large)?.tokens?.remaining).toBe(10_000 - 100 - 1024);
    void handler(callOf('m', { principal: large, maxOutputTokens: undefined, operation: 'embed' }));
    expect(limiter.standing(large)?.tokens?.remaining).toBe(10_000 - 200 - 1024);
  });

  it('are given back by a call that never reached a provider', async () => {
    const { handler, limiter } = worldOf({}, () => Promise.reject(new ShoalError('budget_exceeded', 'none left')));
    await refusalOf(handler(callOf('m', { principal })));
    expect(limiter.standing(principal)?.tokens?.remaining).toBe(400);
  });

  it('stay counted where nobody knows what was used', async () => {
    const { handler, limiter } = worldOf({}, () => Promise.reject(new TypeError('a fault')));
    await expect(handler(callOf('m', { principal }))).rejects.toThrow('a fault');
    expect(limiter.standing(principal)?.tokens?.remaining).toBe(250);
  });
});

describe('calls at once', () => {
  it('are refused over the limit, and let in when one has ended', async () => {
    const ends: (() => void)[] = [];
    const { handler } = worldOf({}, () => new Promise((resolve) => void ends.push(() => resolve(answerOf()))));
    const principal = keyed({ limits: { concurrency: 1 } });
    const first = handler(callOf('m', { principal }));
    expect((await refusalOf(handler(callOf('m', { principal })))).details).toEqual({ limit: 'concurrency' });
    ends[0]?.();
    await first;
    const second = handler(callOf('m', { principal }));
    ends[1]?.();
    await second;
  });
});

describe('a key, its team and its user', () => {
  it('let a call in together or not at all', async () => {
    const { handler, limiter } = worldOf({ teams: { research: { requestsPerMinute: 1 } } });
    const one = keyed({ keyId: 'one', team: 'research', limits: { requestsPerMinute: 5 } });
    const other = keyed({ keyId: 'other', team: 'research', limits: { requestsPerMinute: 5 } });
    await handler(callOf('m', { principal: one }));
    const refused = await refusalOf(handler(callOf('m', { principal: other })));
    expect(refused.message).toContain('The team research');
    // What the team refused was not counted for the key.
    expect(requestsLeftToKey(limiter, other)).toBe(5);
    expect(limiter.standing(other)?.requests).toMatchObject({ limit: 1, remaining: 0 });
  });

  it('are held to new settings without forgetting what they used', async () => {
    const { handler, limiter } = worldOf({ teams: { research: { requestsPerMinute: 1 } } });
    const principal = keyed({ team: 'research' });
    await handler(callOf('m', { principal }));
    limiter.configure(LimitsSchema.parse({ teams: { research: { requestsPerMinute: 3 } } }));
    expect(limiter.standing(principal)?.requests).toMatchObject({ limit: 3, remaining: 2 });
    limiter.configure(LimitsSchema.parse({}));
    expect(limiter.standing(principal)).toBeUndefined();
  });

  it('hold users over all their keys', async () => {
    const { handler } = worldOf({ users: { ana: { requestsPerMinute: 1 } } });
    await handler(callOf('m', { principal: keyed({ keyId: 'one', user: 'ana' }) }));
    const refused = await refusalOf(handler(callOf('m', { principal: keyed({ keyId: 'other', user: 'ana' }) })));
    expect(refused.message).toContain('The user ana');
  });
});

describe('the memory of limits', () => {
  it('is that of the keys in use, however many have come by', async () => {
    const { handler, limiter, clock } = worldOf();
    for (let key = 0; key < 20_000; key++) {
      await handler(callOf('m', { principal: keyed({ keyId: `k${key}`, limits: { requestsPerMinute: 5 } }) }));
      if (key % 1000 === 0) await clock.advance(200_000);
    }
    expect(limiter.size).toBeLessThanOrEqual(2048);
  });
});

function requestsLeftToKey(limiter: Limiter, principal: ReturnType<typeof keyed>): number | undefined {
  return limiter.standing({ ...principal, team: undefined })?.requests?.remaining;
}
