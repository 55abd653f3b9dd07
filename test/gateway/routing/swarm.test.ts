// Limits, routing and places in one chain, as the gateway has them: thousands of agents, one person, and a provider
// that has enough of them.
import { describe, expect, it } from 'vitest';
import { chain, newTally } from '../../../gateway/chain.ts';
import type { Handler } from '../../../gateway/chain.ts';
import type { Attempt, ModelAnswer, ModelCall } from '../../../gateway/models/model-call.ts';
import { worstCost } from '../../../gateway/models/prices/cost.ts';
import { createHealth } from '../../../gateway/models/routing/health.ts';
import { createRouter } from '../../../gateway/models/routing/router.ts';
import { routed } from '../../../gateway/models/routing/routed.ts';
import { RoutingSchema } from '../../../gateway/models/routing/settings.ts';
import { createLimiter, limited } from '../../../gateway/policy/limits/limiter.ts';
import { createProviderPlaces, placed } from '../../../gateway/policy/limits/places.ts';
import type { ProviderPlaces } from '../../../gateway/policy/limits/places.ts';
import { LimitsSchema } from '../../../gateway/policy/limits/settings.ts';
import { fakeClock } from './fake-clock.ts';
import type { FakeClock } from './fake-clock.ts';
import { answerOf, callOf, failureOf } from './model-calls.ts';
import { after, resolveAny } from './router-world.ts';

interface Gateway {
  readonly clock: FakeClock;
  readonly places: ProviderPlaces;
  readonly handler: Handler<ModelCall, ModelAnswer>;
  readonly sent: string[];
}

function gatewayOf(
  config: object,
  groups: object,
  behave: (attempt: Attempt, clock: FakeClock) => Promise<ModelAnswer>,
): Gateway {
  const clock = fakeClock();
  const limits = LimitsSchema.parse(config);
  const settings = RoutingSchema.parse({ groups });
  const places = createProviderPlaces(limits, clock);
  const sent: string[] = [];
  const router = createRouter({
    settings,
    health: createHealth(settings.breaker),
    retries: { attempts: 4, baseMs: 500, maxMs: 20_000, totalMs: 120_000 },
    outputTokens: 1024,
    allowUnpriced: false,
    permits: () => true,
    worstCost,
    resolve: resolveAny,
    readyInMs: (provider, model, keyIndex) => places.readyInMs(provider, model, keyIndex),
    clock,
    random: () => 0.5,
  });
  const end: Handler<Attempt, ModelAnswer> = (attempt) => {
    sent.push(`${attempt.stage} ${attempt.target}`);
    return behave(attempt, clock);
  };
  const attempts = chain([placed(places, clock)], end);
  const limiter = createLimiter({ settings: limits, clock });
  const handler = chain([limited(limiter, { clock, outputTokens: 1024 })], routed(router, attempts));
  return { clock, places, handler, sent };
}

const answering = async (attempt: Attempt, clock: FakeClock): Promise<ModelAnswer> => after(clock, 500)(attempt);

describe('a swarm', () => {
  it('of five thousand agents does not keep a person waiting for more than one turn', async () => {
    const { clock, places, handler, sent } = gatewayOf({ concurrency: 64 }, {}, answering);
    const agents = Array.from({ length: 5000 }, () => handler(callOf('x/m', { runId: 'r', stage: 'agents' })));
    await clock.advance(10);
    expect(places.view()).toEqual([{ name: 'x', underWay: 64, waiting: 4936 }]);
    const began = clock.now();
    const tally = newTally();
    const person = handler(callOf('x/m', { runId: 'r', stage: 'chat', tally }));
    await clock.until(person);
    // One turn until the next place is given back, one for the answer.
    expect(clock.now() - began).toBeLessThanOrEqual(1000);
    expect(tally.attemptsMade[0]?.placedMs).toBe(began + 490);
    expect(sent.indexOf('chat x/m')).toBeLessThanOrEqual(64 + 1);
    await clock.until(Promise.all(agents));
    expect(places.view()).toEqual([{ name: 'x', underWay: 0, waiting: 0 }]);
    expect([sent.length, clock.pending]).toEqual([5001, 0]);
  });

  it('that leaves all at once leaves no place taken and nobody waiting', async () => {
    const { clock, places, handler } = gatewayOf({ concurrency: 8 }, {}, answering);
    const run = new AbortController();
    const agents = Array.from({ length: 2000 }, () =>
      handler(callOf('x/m', { signal: run.signal, runId: 'r', stage: 'agents' })),
    );
    await clock.advance(700);
    run.abort();
    const ends = await Promise.allSettled(agents);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
    expect(places.view()).toEqual([{ name: 'x', underWay: 0, waiting: 0 }]);
    expect(clock.pending).toBe(0);
  });

  it('goes to another target while a provider says that nothing is left, and comes back', async () => {
    const group = { g: { targets: ['x/m', 'y/m'] } };
    const { clock, places, handler, sent } = gatewayOf({}, group, async () => answerOf());
    await handler(callOf('g'));
    places.observe('x', 0, { remainingRequests: 0, resetRequestsMs: 2000 });
    await handler(callOf('g'));
    await clock.advance(2000);
    await handler(callOf('g'));
    expect(sent).toEqual(['outside x/m', 'outside y/m', 'outside x/m']);
  });

  it('waits in its fair queue where there is no other target: the person is before it again', async () => {
    const { clock, places, handler, sent } = gatewayOf({ concurrency: 1, waitMs: 5000 }, {}, async () => answerOf());
    places.observe('x', 0, { remainingTokens: 0, resetTokensMs: 2000 });
    const all = Array.from({ length: 30 }, () => handler(callOf('x/m', { runId: 'r', stage: 'agents' })));
    all.push(handler(callOf('x/m', { runId: 'r', stage: 'chat' })));
    await clock.advance(1999);
    expect(sent).toEqual([]);
    await clock.until(Promise.all(all));
    expect(sent.indexOf('chat x/m')).toBeLessThanOrEqual(2);
  });

  it('that a full queue refuses goes to the next target', async () => {
    const group = { g: { targets: ['x/m', 'y/m'] } };
    const { clock, handler, sent } = gatewayOf({ queue: 2, providers: { x: { concurrency: 1 } } }, group, answering);
    const all = Array.from({ length: 5 }, () => handler(callOf('g')));
    await clock.until(Promise.all(all));
    expect(sent.filter((name) => name === 'outside y/m')).toHaveLength(2);
  });

  it('gets through a storm of 429s, each call once', async () => {
    let storms = 200;
    const { clock, places, handler, sent } = gatewayOf({ concurrency: 16 }, {}, async () => {
      if (storms-- > 0) throw failureOf('rate-limit', 1000);
      return answerOf();
    });
    const tallies = Array.from({ length: 100 }, () => newTally());
    const ends = await clock.until(Promise.allSettled(tallies.map((tally) => handler(callOf('x/m', { tally })))));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
    expect(tallies.every(({ attemptsMade }) => attemptsMade.filter(({ outcome }) => outcome === 'ok').length === 1)).toBe(true);
    expect([sent.length, places.view()[0]?.underWay]).toEqual([300, 0]);
  });
});
