// Places at providers and models, and what providers say of themselves.
import { describe, expect, it } from 'vitest';
import { chain, FIRST_ATTEMPT } from '../../../gateway/chain.ts';
import type { Handler } from '../../../gateway/chain.ts';
import type { Attempt, ModelAnswer } from '../../../gateway/models/model-call.ts';
import { createProviderPlaces, placed } from '../../../gateway/policy/limits/places.ts';
import type { ProviderPlaces } from '../../../gateway/policy/limits/places.ts';
import { LimitsSchema } from '../../../gateway/policy/limits/settings.ts';
import { fakeClock } from '../routing/fake-clock.ts';
import type { FakeClock } from '../routing/fake-clock.ts';
import { answerOf, attemptOf, failureOf, targetOf } from '../routing/model-calls.ts';

interface World {
  readonly clock: FakeClock;
  readonly places: ProviderPlaces;
  readonly handler: Handler<Attempt, ModelAnswer>;
  /** Attempts at the provider, with how each ends. */
  readonly sent: { readonly attempt: Attempt; readonly ok: () => void; readonly fail: (error: Error) => void }[];
}

function worldOf(config: object = {}): World {
  const clock = fakeClock();
  const places = createProviderPlaces(LimitsSchema.parse(config), clock);
  const sent: World['sent'] = [];
  const handler = chain<Attempt, ModelAnswer>(
    [placed(places, clock)],
    (attempt) => new Promise((resolve, reject) => void sent.push({ attempt, ok: () => resolve(answerOf()), fail: reject })),
  );
  return { clock, places, handler, sent };
}

describe('a provider’s places', () => {
  it('are as many as `limits.concurrency` says, or the provider’s own entry', async () => {
    const { handler, sent, places, clock } = worldOf({ concurrency: 2, providers: { slow: { concurrency: 1 } } });
    const all = ['fast/a', 'fast/b', 'fast/c', 'slow/a', 'slow/b'].map((model) => handler(attemptOf(model)));
    await clock.advance(0);
    expect(sent.map(({ attempt }) => attempt.target)).toEqual(['fast/a', 'fast/b', 'slow/a']);
    expect(places.view()).toEqual([
      { name: 'fast', underWay: 2, waiting: 1 },
      { name: 'slow', underWay: 1, waiting: 1 },
    ]);
    for (let done = 0; done < all.length; done++) {
      sent[done]?.ok();
      await clock.advance(0);
    }
    await Promise.all(all);
    expect(places.view().map(({ underWay, waiting }) => underWay + waiting)).toEqual([0, 0]);
  });

  it('come back after a failure too', async () => {
    const { handler, sent, places, clock } = worldOf();
    const failing = handler(attemptOf('x/a'));
    await clock.advance(0);
    sent[0]?.fail(failureOf('outage'));
    await expect(failing).rejects.toMatchObject({ code: 'model_unavailable' });
    expect(places.view()).toEqual([{ name: 'x', underWay: 0, waiting: 0 }]);
  });

  it('let a run’s chat pass its own swarm of agents', async () => {
    const { handler, sent, clock } = worldOf({ concurrency: 1 });
    const all = Array.from({ length: 50 }, () => handler(attemptOf('x/a', { runId: 'r', stage: 'agents' })));
    all.push(handler(attemptOf('x/a', { runId: 'r', stage: 'chat' })));
    await clock.advance(0);
    for (let done = 0; done < all.length; done++) {
      sent[done]?.ok();
      await clock.advance(0);
    }
    await Promise.all(all);
    expect(sent.findIndex(({ attempt }) => attempt.stage === 'chat')).toBeLessThanOrEqual(2);
  });

  it('are not counted for what runs in this process', async () => {
    const { handler, sent, places, clock } = worldOf({ concurrency: 1 });
    const place = targetOf('embedded/rules-1', { kind: 'embedded' });
    const both = [1, 2].map(() => handler(attemptOf('embedded/rules-1', { place })));
    await clock.advance(0);
    expect(sent).toHaveLength(2);
    expect(places.view()).toEqual([]);
    for (const { ok } of sent) ok();
    await Promise.all(both);
  });

  it('note for the trace when an attempt had to wait', async () => {
    const { handler, sent, clock } = worldOf({ concurrency: 1 });
    const made = {
      target: 'x/a',
      keyIndex: 0,
      keyName: undefined,
      cause: FIRST_ATTEMPT,
      forced: false,
      breaker: 'closed' as const,
      failure: undefined,
      retryAfterMs: undefined,
      opened: false,
      startedMs: clock.now(),
      placedMs: clock.now(),
      firstMs: 0,
      endedMs: 0,
      outcome: 'open' as const,
      errorCode: undefined,
    };
    const first = handler(attemptOf('x/a'));
    const second = handler(attemptOf('x/a', { made }));
    await clock.advance(70);
    expect(made.placedMs).toBe(0);
    sent[0]?.ok();
    await clock.advance(0);
    expect(made.placedMs - made.startedMs).toBe(70);
    sent[1]?.ok();
    await Promise.all([first, second]);
  });
});

describe('new settings', () => {
  it('let in at once who fits now, and put nobody out', async () => {
    const { handler, sent, places, clock } = worldOf({ concurrency: 1 });
    const all = Array.from({ length: 4 }, () => handler(attemptOf('x/a')));
    await clock.advance(0);
    expect(sent).toHaveLength(1);
    places.configure(LimitsSchema.parse({ concurrency: 3 }));
    await clock.advance(0);
    expect(sent).toHaveLength(3);
    places.configure(LimitsSchema.parse({ concurrency: 1 }));
    for (const done of [0, 1]) sent[done]?.ok();
    await clock.advance(0);
    expect([sent.length, places.view()]).toEqual([3, [{ name: 'x', underWay: 1, waiting: 1 }]]);
    sent[2]?.ok();
    await clock.advance(0);
    sent[3]?.ok();
    await Promise.all(all);
  });

  it('limit a model that had no limit, and free one that had', async () => {
    const { handler, sent, places, clock } = worldOf({ models: { 'x/a': { requestsPerMinute: 1 } } });
    const all = [handler(attemptOf('x/a'))];
    await clock.advance(0);
    places.configure(LimitsSchema.parse({ models: { 'x/b': { concurrency: 1 } } }));
    for (const model of ['x/a', 'x/b', 'x/b']) all.push(handler(attemptOf(model)));
    await clock.advance(0);
    expect(sent.map(({ attempt }) => attempt.target)).toEqual(['x/a', 'x/a', 'x/b']);
    for (let done = 0; done < all.length; done++) {
      sent[done]?.ok();
      await clock.advance(0);
    }
    await Promise.all(all);
  });
});

describe('a model’s own limits', () => {
  it('hold beside its provider’s', async () => {
    const { handler, sent, clock } = worldOf({ models: { 'x/a': { concurrency: 1 } } });
    const all = ['x/a', 'x/a', 'x/b'].map((model) => handler(attemptOf(model)));
    await clock.advance(0);
    expect(sent.map(({ attempt }) => attempt.target)).toEqual(['x/a', 'x/b']);
    for (let done = 0; done < all.length; done++) {
      sent[done]?.ok();
      await clock.advance(0);
    }
    await Promise.all(all);
  });

  it('count its tokens, and correct them by the answer', async () => {
    const { handler, sent, places, clock } = worldOf({ models: { 'x/a': { tokensPerMinute: 150 } } });
    const first = handler(attemptOf('x/a'));
    const second = handler(attemptOf('x/a', { inputTokenBound: 80 }));
    await clock.advance(0);
    expect(sent).toHaveLength(1);
    expect(places.readyInMs('x', 'x/a', 0)).toBeGreaterThan(0);
    sent[0]?.ok();
    await clock.advance(0);
    expect(sent).toHaveLength(2);
    sent[1]?.ok();
    await Promise.all([first, second]);
  });
});

describe('a provider that has nothing left', () => {
  it('is waited for, if that is not for long; only the key it said it of', async () => {
    const { handler, sent, places, clock } = worldOf();
    places.observe('x', 0, { remainingRequests: 0, remainingTokens: 500, resetRequestsMs: 3000 });
    expect([places.readyInMs('x', 'x/a', 0), places.readyInMs('x', 'x/a', 1)]).toEqual([3000, 0]);
    const all = [handler(attemptOf('x/a')), handler(attemptOf('x/a', { keyIndex: 1 })), handler(attemptOf('x/b'))];
    await clock.advance(2999);
    expect(sent.map(({ attempt }) => attempt.keyIndex)).toEqual([1]);
    expect(clock.pending).toBe(1);
    await clock.advance(2);
    expect(sent).toHaveLength(3);
    for (const { ok } of sent) ok();
    await Promise.all(all);
  });

  it('is not waited for when that is for long: the caller is told when to come back', async () => {
    const { handler, places } = worldOf({ waitMs: 1000 });
    places.observe('x', 0, { remainingTokens: 0, resetTokensMs: 5000 });
    await expect(handler(attemptOf('x/a'))).rejects.toMatchObject({ code: 'limit_exceeded', details: { retryAfterMs: 5000 } });
  });

  it('goes on as soon as it says that it has more', async () => {
    const { handler, sent, places, clock } = worldOf();
    places.observe('x', 0, { remainingRequests: 0, resetRequestsMs: 10_000 });
    const waiting = handler(attemptOf('x/a'));
    await clock.advance(10);
    places.observe('x', 0, { remainingRequests: 7 });
    await clock.advance(0);
    expect([sent.length, clock.pending]).toEqual([1, 0]);
    sent[0]?.ok();
    await waiting;
  });

  it('is tried again after a minute, whatever it said', () => {
    const { places } = worldOf();
    places.observe('x', 0, { remainingRequests: 0, resetRequestsMs: 86_400_000 });
    expect(places.readyInMs('x', 'x/a', 0)).toBe(60_000);
  });

  it('is left by an abort without a trace', async () => {
    const { handler, sent, places, clock } = worldOf();
    places.observe('x', 0, { remainingRequests: 0, resetRequestsMs: 10_000 });
    const caller = new AbortController();
    const waiting = handler(attemptOf('x/a', { signal: caller.signal }));
    caller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect([sent.length, clock.pending]).toEqual([0, 0]);
  });
});
