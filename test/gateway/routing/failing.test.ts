// What happens when a target fails: retries, other keys and targets, fallbacks, and what the tally says of it.
import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import { FIRST_ATTEMPT, newTally } from '../../../gateway/chain.ts';
import { ProviderError } from '../../../gateway/models/provider-error.ts';
import { answerOf, collected, failureOf, keyed, targetOf } from './model-calls.ts';
import { after, fails, worldOf } from './router-world.ts';
import type { Behaviour, RouterWorld } from './router-world.ts';

/** Fails so often, then answers. */
function failsTimes(count: number, error: Error): Behaviour {
  let left = count;
  return () => (left-- > 0 ? Promise.reject(error) : answerOf());
}

function gapsMs(world: RouterWorld): readonly number[] {
  return world.seen.slice(1).map(({ atMs }, index) => atMs - (world.seen[index]?.atMs ?? 0));
}

const RETRIES = { attempts: 4, baseMs: 500, maxMs: 1200, totalMs: 120_000 };

describe('a retry at the same target', () => {
  it('rests for a uniform draw below a bound that doubles, up to the most', async () => {
    const world = worldOf({}, { retries: RETRIES, random: () => 0.5 });
    world.behaviours.set('x/a', fails(failureOf('outage')));
    await expect(world.clock.until(world.send('x/a'))).rejects.toMatchObject({ code: 'model_unavailable' });
    expect(gapsMs(world)).toEqual([250, 500, 600]);
  });

  it('comes when the provider said, not before', async () => {
    const world = worldOf({}, { random: () => 0 });
    world.behaviours.set('x/a', failsTimes(1, failureOf('rate-limit', 7000)));
    await world.clock.until(world.send('x/a'));
    expect(gapsMs(world)).toEqual([7001]);
  });

  it('begins no pause that would outlast the total', async () => {
    const world = worldOf({}, { retries: { ...RETRIES, totalMs: 600 }, random: () => 0.5 });
    world.behaviours.set('x/a', fails(failureOf('timeout')));
    await expect(world.clock.until(world.send('x/a'))).rejects.toMatchObject({ code: 'model_timeout' });
    expect(world.seen).toHaveLength(2);
  });

  it('does not follow what would only be refused again', async () => {
    for (const errorClass of ['invalid', 'auth', 'credit', 'context-window', 'content-policy']) {
      const world = worldOf({});
      world.behaviours.set('x/a', fails(failureOf(errorClass)));
      await expect(world.send('x/a')).rejects.toBeInstanceOf(ProviderError);
      expect(world.seen).toHaveLength(1);
    }
  });

  it('does not follow a fault of our own, or an error that says that it is final', async () => {
    for (const error of [new TypeError('a fault'), failureOf('cut').final()]) {
      const world = worldOf({});
      world.behaviours.set('x/a', fails(error));
      await expect(world.send('x/a')).rejects.toThrow(error.message);
      expect(world.seen).toHaveLength(1);
    }
  });

  it('ends its pause when the caller aborts', async () => {
    const world = worldOf({});
    world.behaviours.set('x/a', fails(failureOf('outage')));
    const caller = new AbortController();
    const call = world.send('x/a', { signal: caller.signal });
    await world.clock.advance(10);
    caller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect([world.seen.length, world.clock.pending]).toEqual([1, 0]);
  });

  it('never comes after a piece of the answer has gone out', async () => {
    const world = worldOf({ groups: { g: { targets: ['x/a', 'x/b'], fallback: { outage: ['x/c'], cut: ['x/c'] } } } });
    world.behaviours.set('x/a', async ({ output }) => {
      await output?.event({ kind: 'text-delta', choice: 0, text: 'Once' });
      throw failureOf('cut');
    });
    const output = collected();
    await expect(world.send('g', { output })).rejects.toMatchObject({ code: 'model_stream_cut' });
    expect([world.tried(), output.pieces]).toEqual([['x/a'], ['Once']]);
  });

  it('does come when a stream failed before its first piece', async () => {
    const world = worldOf({ groups: { g: { targets: ['x/a', 'x/b'] } } });
    world.behaviours.set('x/a', fails(failureOf('outage')));
    world.behaviours.set('x/b', async ({ output }) => {
      await output?.bytes(Buffer.from('data'));
      return answerOf();
    });
    const output = collected();
    await world.send('g', { output });
    expect(output.pieces).toEqual(['data']);
  });
});

describe('another target of the group', () => {
  it('is tried at once, and the tally says what happened', async () => {
    const world = worldOf({ groups: { g: { targets: ['x/a', 'y/b'] } } });
    world.behaviours.set('x/a', after(world.clock, 30, fails(failureOf('outage'))));
    world.behaviours.set('y/b', after(world.clock, 20));
    const tally = newTally();
    const started = world.clock.now();
    await world.clock.until(world.send('g', { tally }));
    expect(tally.attempts).toBe(2);
    const times = {
      placedMs: expect.any(Number),
      firstMs: 0,
      keyName: undefined,
      forced: false,
      breaker: 'closed',
      opened: false,
    };
    expect(tally.attemptsMade).toEqual([
      {
        target: 'x/a',
        keyIndex: 0,
        cause: FIRST_ATTEMPT,
        failure: 'outage',
        retryAfterMs: undefined,
        startedMs: started,
        endedMs: started + 30,
        outcome: 'failed',
        errorCode: 'model_unavailable',
        ...times,
      },
      {
        target: 'y/b',
        keyIndex: 0,
        cause: { why: 'retry', failure: 'outage', waitedMs: 0, told: false, rule: undefined },
        failure: undefined,
        retryAfterMs: undefined,
        startedMs: started + 30,
        endedMs: started + 50,
        outcome: 'ok',
        errorCode: undefined,
        ...times,
      },
    ]);
  });

  it('is tried when a limit of ours, or the key, keeps the first away', async () => {
    for (const error of [new ShoalError('limit_exceeded', 'full'), failureOf('auth'), failureOf('credit')]) {
      const world = worldOf({ groups: { g: { targets: ['x/a', 'y/b'] } } });
      world.behaviours.set('x/a', fails(error));
      await world.send('g');
      expect(world.tried()).toEqual(['x/a', 'y/b']);
    }
  });

  it('comes before the first again, and the whole is bounded by the number of attempts', async () => {
    const world = worldOf({ groups: { g: { targets: ['x/a', 'y/b'] } } });
    for (const name of ['x/a', 'y/b']) world.behaviours.set(name, fails(failureOf('outage')));
    await expect(world.clock.until(world.send('g'))).rejects.toMatchObject({ code: 'model_unavailable' });
    expect(world.tried()).toEqual(['x/a', 'y/b', 'x/a', 'x/a']);
  });
});

const refusesFirstKey: Behaviour = ({ keyIndex }) => {
  if (keyIndex === 0) throw failureOf('auth');
  return answerOf();
};

describe('a key', () => {
  it('that is refused rests for all models of its provider, and another takes over', async () => {
    const world = worldOf({}, { keyWeights: () => [1000, 1] });
    world.behaviours.set('x/a', refusesFirstKey);
    world.behaviours.set('x/b', refusesFirstKey);
    await world.send('x/a');
    await world.send('x/b');
    expect(world.seen.map(({ attempt }) => attempt.keyIndex)).toEqual([0, 1, 1]);
    await world.clock.advance(60_001);
    await world.send('x/b');
    expect(world.seen.slice(3).map(({ attempt }) => attempt.keyIndex)).toEqual([0, 1]);
  });

  it('that is rate-limited rests for that model', async () => {
    const world = worldOf({}, { keyWeights: () => [1000, 1] });
    world.behaviours.set('x/a', ({ keyIndex }) => (keyIndex === 0 ? Promise.reject(failureOf('rate-limit', 5000)) : answerOf()));
    await world.send('x/a');
    await world.send('x/a');
    await world.send('x/b');
    expect(world.seen.map(({ attempt }) => `${attempt.target} ${attempt.keyIndex}`)).toEqual([
      'x/a 0',
      'x/a 1',
      'x/a 1',
      'x/b 0',
    ]);
  });
});

describe('a new call to a target that asked to be left alone', () => {
  it('waits for it where there is no other', async () => {
    const world = worldOf({}, { retries: { ...RETRIES, attempts: 1 } });
    world.behaviours.set('x/a', failsTimes(1, failureOf('rate-limit', 3000)));
    await expect(world.send('x/a')).rejects.toMatchObject({ code: 'model_rate_limited' });
    const before = world.clock.now();
    await world.clock.until(world.send('x/a'));
    expect(world.clock.now() - before).toBe(3001);
  });

  it('goes to the fallback at once where there is one', async () => {
    const world = worldOf(
      { groups: { g: { targets: ['x/a'], fallback: { 'rate-limit': ['y/b'] } } } },
      { retries: { ...RETRIES, attempts: 1 } },
    );
    world.behaviours.set('x/a', fails(failureOf('rate-limit', 3000)));
    await world.send('g');
    await world.send('g');
    expect(world.tried()).toEqual(['x/a', 'y/b', 'y/b']);
  });

  it('is waited for as long as it asked, and the tally says so', async () => {
    const world = worldOf({ breaker: { consecutive: 1, openMs: 100 } });
    world.behaviours.set('x/a', failsTimes(1, failureOf('outage', 700)));
    const tally = newTally();
    await world.clock.until(world.send('x/a', { tally }));
    expect(tally.attemptsMade).toMatchObject([
      { cause: FIRST_ATTEMPT, failure: 'outage', retryAfterMs: 700, breaker: 'closed', opened: true },
      { cause: { why: 'retry', failure: 'outage', told: true }, outcome: 'ok', breaker: 'half-open', opened: false },
    ]);
    expect(tally.attemptsMade[1]?.cause.waitedMs).toBeGreaterThanOrEqual(700);
  });

  it('is told when to come back where that is too late', async () => {
    const world = worldOf({}, { retries: { ...RETRIES, attempts: 1, totalMs: 1000 } });
    world.behaviours.set('x/a', fails(failureOf('rate-limit', 30_000)));
    await expect(world.send('x/a')).rejects.toMatchObject({ code: 'model_rate_limited' });
    await expect(world.send('x/a')).rejects.toMatchObject({ code: 'model_rate_limited', details: { retryAfterMs: 30_000 } });
    expect(world.seen).toHaveLength(1);
  });
});

describe('a fallback', () => {
  it.each([
    ['outage', 'y/outage'],
    ['timeout', 'y/outage'],
    ['cut', 'y/outage'],
    ['rate-limit', 'y/calm'],
    ['context-window', 'y/large'],
    ['content-policy', 'y/lenient'],
    ['credit', 'y/paid'],
    ['auth', 'y/open'],
  ])('after %s is %s', async (errorClass, name) => {
    const fallback = {
      outage: ['y/outage'],
      'rate-limit': ['y/calm'],
      'context-window': ['y/large'],
      'content-policy': ['y/lenient'],
      credit: ['y/paid'],
      auth: ['y/open'],
    };
    const world = worldOf({ groups: { g: { targets: ['x/a'], fallback } } }, { retries: { ...RETRIES, attempts: 1 } });
    world.behaviours.set('x/a', fails(failureOf(errorClass)));
    const rule = `g: ${errorClass === 'timeout' || errorClass === 'cut' ? 'outage' : errorClass}`;
    const tally = newTally();
    await world.send('g', { tally });
    expect(world.tried()).toEqual(['x/a', name]);
    expect(tally.attemptsMade.map(({ cause }) => cause)).toEqual([
      FIRST_ATTEMPT,
      { why: 'fallback', failure: errorClass, waitedMs: 0, told: false, rule },
    ]);
  });

  it('goes to a cheaper model when the budget is used up, and tells the first refusal where none is named', async () => {
    const exceeded = new ShoalError('budget_exceeded', 'The budget has nothing left.');
    const world = worldOf({ groups: { g: { targets: ['x/a'], fallback: { budget: ['x/cheap'] } }, h: { targets: ['x/a'] } } });
    world.behaviours.set('x/a', fails(exceeded));
    await world.send('g');
    expect(world.tried()).toEqual(['x/a', 'x/cheap']);
    await expect(world.send('h')).rejects.toBe(exceeded);
  });

  it('goes by our own limits where it would go by the provider’s', async () => {
    const world = worldOf({ groups: { g: { targets: ['x/a'], fallback: { 'rate-limit': ['y/b'] } } } });
    world.behaviours.set('x/a', fails(new ShoalError('limit_exceeded', 'full')));
    await world.send('g');
    expect(world.tried()).toEqual(['x/a', 'y/b']);
  });

  it('goes down its list, each name once, groups and aliases too, and never in a circle', async () => {
    const world = worldOf(
      {
        groups: {
          g: { targets: ['x/a'], fallback: { outage: ['g', 'second', 'x/b', 'x/b'], 'context-window': ['second', 'x/c'] } },
          second: { targets: ['y/a', 'y/b'], fallback: { outage: ['x/never'] } },
        },
      },
      { retries: { ...RETRIES, attempts: 2, baseMs: 1 } },
    );
    for (const name of ['x/a', 'y/a', 'y/b']) world.behaviours.set(name, fails(failureOf('outage')));
    world.behaviours.set('x/b', fails(failureOf('context-window')));
    world.behaviours.set('x/c', fails(failureOf('timeout')));
    await expect(world.clock.until(world.send('g'))).rejects.toMatchObject({ code: 'model_timeout' });
    expect(world.tried()).toEqual(['x/a', 'x/a', 'y/a', 'y/b', 'x/b', 'x/c', 'x/c']);
  });

  it('passes over what the key may not call, what is unknown, unpriced or not configured', async () => {
    const world = worldOf(
      { groups: { g: { targets: ['x/a'], fallback: { 'context-window': ['x/secret', 'missing/m', 'x/unpriced', 'x/ok'] } } } },
      {
        resolve: (model) => {
          if (model.startsWith('missing/')) throw new ShoalError('model_unavailable', 'not configured');
          return targetOf(model, model === 'x/unpriced' ? { price: undefined } : {});
        },
      },
    );
    world.behaviours.set('x/a', fails(failureOf('context-window')));
    await world.send('g', { principal: keyed({ models: ['x/a', 'x/unpriced', 'x/ok'] }) });
    expect(world.tried()).toEqual(['x/a', 'x/ok']);
  });

  it('keeps a tagged call among targets that carry tags', async () => {
    const eu = { model: 'x/eu', tags: ['eu'] };
    const world = worldOf({
      groups: {
        g: { targets: [eu], fallback: { 'context-window': ['x/anywhere', 'large'] } },
        large: {
          targets: [
            { model: 'x/large-us', tags: ['us'] },
            { model: 'x/large-eu', tags: ['eu'] },
          ],
        },
      },
    });
    world.behaviours.set('x/eu', fails(failureOf('context-window')));
    await world.send('g', { tags: ['eu'] });
    expect(world.tried()).toEqual(['x/eu', 'x/large-eu']);
    await world.send('g');
    expect(world.tried().slice(2)).toEqual(['x/eu', 'x/anywhere']);
  });
});

describe('a target that keeps failing', () => {
  const once = { ...RETRIES, attempts: 1 };

  it('is left alone while it is open, probed, and taken back', async () => {
    const world = worldOf(
      { groups: { g: { targets: ['x/a', 'y/b'] } }, breaker: { consecutive: 3, openMs: 1000, probes: 1 } },
      { retries: { ...once, attempts: 2 } },
    );
    world.behaviours.set('x/a', failsTimes(3, failureOf('outage')));
    for (let call = 0; call < 5; call++) await world.send('g');
    expect(world.tried()).toEqual(['x/a', 'y/b', 'x/a', 'y/b', 'x/a', 'y/b', 'y/b', 'y/b']);
    expect(world.router.health().find(({ target }) => target === 'x/a')).toMatchObject({
      state: 'open',
      attempts: 3,
      failures: 3,
      inFlight: 0,
      blockedMs: 1000,
    });
    await world.clock.advance(1000);
    await world.send('g');
    expect(world.tried().at(-1)).toBe('x/a');
    expect(world.router.health().find(({ target }) => target === 'x/a')?.state).toBe('closed');
  });

  it('is tried all the same when everything is open: the one that is nearest to its end', async () => {
    const world = worldOf(
      { groups: { g: { targets: ['x/a', 'y/b'] } }, breaker: { consecutive: 1, openMs: 1000 } },
      { retries: { ...once, attempts: 2 } },
    );
    world.behaviours.set('x/a', failsTimes(1, failureOf('outage')));
    world.behaviours.set('y/b', after(world.clock, 100, failsTimes(1, failureOf('outage'))));
    await expect(world.clock.until(world.send('g'))).rejects.toMatchObject({ code: 'model_unavailable' });
    const tally = newTally();
    await world.send('g', { tally });
    expect(tally.attemptsMade.map(({ target, forced, breaker }) => [target, forced, breaker])).toEqual([['x/a', true, 'open']]);
  });

  it('is not blamed for requests that are wrong, too long or refused', async () => {
    const world = worldOf({ breaker: { consecutive: 2 } });
    for (const errorClass of ['invalid', 'context-window', 'content-policy', 'invalid']) {
      world.behaviours.set('x/a', fails(failureOf(errorClass)));
      await expect(world.send('x/a')).rejects.toBeInstanceOf(ProviderError);
    }
    expect(world.router.health()).toMatchObject([{ state: 'closed', failures: 0, attempts: 4 }]);
  });

  it('is not blamed for a caller who went away', async () => {
    const world = worldOf({ breaker: { consecutive: 1 } });
    world.behaviours.set('x/a', after(world.clock, 1000));
    const caller = new AbortController();
    const tally = newTally();
    const call = world.send('x/a', { signal: caller.signal, tally });
    await world.clock.advance(10);
    caller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(tally.attemptsMade[0]?.outcome).toBe('cancelled');
    expect(world.router.health()).toMatchObject([{ state: 'closed', inFlight: 0, failures: 0 }]);
  });
});
