// A second attempt when the first is slow: who wins, what the caller sees, and what becomes of the other.
import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import { newTally } from '../../../gateway/chain.ts';
import type { Attempt, ModelAnswer } from '../../../gateway/models/model-call.ts';
import type { RoutingConfig } from '../../../gateway/models/routing/settings.ts';
import { answerOf, collected, failureOf } from './model-calls.ts';
import { after, fails, worldOf } from './router-world.ts';
import type { Behaviour } from './router-world.ts';

const config = (hedge: { after: number | 'p95' }): RoutingConfig => ({ groups: { g: { targets: ['x/a', 'y/b'], hedge } } });
const once = { attempts: 1, baseMs: 1, maxMs: 1, totalMs: 60_000 };

/** Streams its own name after so long. */
function streams(behaviour: (act: Behaviour) => Behaviour): Behaviour {
  return behaviour(async ({ output, target }) => {
    await output?.event({ kind: 'text-delta', choice: 0, text: target });
    return answerOf();
  });
}

describe('hedging', () => {
  it('is off unless the group says otherwise', async () => {
    const world = worldOf({ groups: { g: { targets: ['x/a', 'y/b'] } } });
    world.behaviours.set('x/a', after(world.clock, 60_000));
    await world.clock.until(world.send('g'));
    expect(world.tried()).toEqual(['x/a']);
  });

  it('does not begin where the first is fast enough', async () => {
    const world = worldOf(config({ after: 100 }));
    world.behaviours.set('x/a', after(world.clock, 99));
    await world.clock.until(world.send('g'));
    expect([world.tried(), world.clock.pending]).toEqual([['x/a'], 0]);
  });

  it('takes whichever answers first; the other is aborted and settles its own charge before the call ends', async () => {
    const world = worldOf(config({ after: 100 }));
    const charged: string[] = [];
    const settling =
      (behaviour: Behaviour): Behaviour =>
      async (attempt: Attempt): Promise<ModelAnswer> => {
        try {
          return await behaviour(attempt);
        } finally {
          charged.push(attempt.target);
        }
      };
    world.behaviours.set('x/a', settling(after(world.clock, 5000)));
    world.behaviours.set('y/b', settling(after(world.clock, 50, () => answerOf(1, 2))));
    const tally = newTally();
    const started = world.clock.now();
    const answer = await world.clock.until(world.send('g', { tally }));
    expect(answer.usage.outputTokens).toBe(2);
    expect(world.clock.now() - started).toBe(150);
    expect(charged).toEqual(['y/b', 'x/a']);
    expect(tally.attemptsMade.map(({ target, cause, outcome }) => [target, cause.why, cause.waitedMs, outcome])).toEqual([
      ['x/a', 'first', 0, 'lost'],
      ['y/b', 'hedge', 100, 'ok'],
    ]);
    expect(world.router.health().map(({ inFlight, failures }) => [inFlight, failures])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('lets the first win if it comes first after all', async () => {
    const world = worldOf(config({ after: 100 }));
    world.behaviours.set('x/a', after(world.clock, 120));
    world.behaviours.set('y/b', after(world.clock, 500));
    const tally = newTally();
    await world.clock.until(world.send('g', { tally }));
    expect(tally.attemptsMade.map(({ outcome }) => outcome)).toEqual(['ok', 'lost']);
  });

  it('sends the caller one stream: that of the first to produce', async () => {
    const world = worldOf(config({ after: 100 }));
    // It does not listen to its signal, so its pieces come all the same.
    world.behaviours.set('x/a', (attempt) =>
      after(
        world.clock,
        160,
        streams((act) => act),
      )({ ...attempt, signal: new AbortController().signal }),
    );
    world.behaviours.set(
      'y/b',
      streams((act) =>
        after(world.clock, 50, async (attempt) => {
          await act(attempt);
          return after(world.clock, 100, act)(attempt);
        }),
      ),
    );
    const output = collected();
    await world.clock.until(world.send('g', { output }));
    expect(output.pieces).toEqual(['y/b', 'y/b']);
  });

  it('ends with the winner’s failure once its stream has begun, for nothing can take its place', async () => {
    const world = worldOf(config({ after: 100 }));
    world.behaviours.set('x/a', after(world.clock, 5000));
    world.behaviours.set(
      'y/b',
      streams((act) =>
        after(world.clock, 50, async (attempt) => {
          await act(attempt);
          throw failureOf('cut');
        }),
      ),
    );
    const output = collected();
    await expect(world.clock.until(world.send('g', { output }))).rejects.toMatchObject({ code: 'model_stream_cut' });
    expect(output.pieces).toEqual(['y/b']);
  });

  it('goes on with the other where one fails, and fails as the last did where both do', async () => {
    const world = worldOf(config({ after: 100 }), { retries: once });
    world.behaviours.set('x/a', after(world.clock, 150, fails(failureOf('outage'))));
    world.behaviours.set('y/b', after(world.clock, 200));
    await world.clock.until(world.send('g'));
    world.behaviours.set('y/b', after(world.clock, 200, fails(failureOf('timeout'))));
    await expect(world.clock.until(world.send('g'))).rejects.toMatchObject({ code: 'model_timeout' });
  });

  it('is not held against the call when the second is refused, by a budget for one', async () => {
    const world = worldOf(config({ after: 100 }), { retries: once });
    world.behaviours.set('x/a', after(world.clock, 300));
    world.behaviours.set('y/b', fails(new ShoalError('budget_exceeded', 'none left')));
    await world.clock.until(world.send('g'));
    expect(world.tried()).toEqual(['x/a', 'y/b']);
  });

  it('does not begin once the first has failed: that is a retry’s business', async () => {
    const world = worldOf(config({ after: 100 }), { retries: once });
    world.behaviours.set('x/a', after(world.clock, 50, fails(failureOf('outage'))));
    await expect(world.clock.until(world.send('g'))).rejects.toMatchObject({ code: 'model_unavailable' });
    expect([world.tried(), world.clock.pending]).toEqual([['x/a'], 0]);
  });

  it('counts from when the attempt had its place, not from when it joined our queue', async () => {
    const world = worldOf(config({ after: 100 }));
    world.behaviours.set('x/a', async (attempt) => {
      if (attempt.made !== undefined) attempt.made.placedMs = 0;
      return after(world.clock, 1000, (placed) => {
        if (placed.made !== undefined) placed.made.placedMs = world.clock.now();
        return after(world.clock, 90)(placed);
      })(attempt);
    });
    await world.clock.until(world.send('g'));
    expect(world.tried()).toEqual(['x/a']);
  });

  it('stops both when the caller aborts', async () => {
    const world = worldOf(config({ after: 100 }));
    for (const name of ['x/a', 'y/b']) world.behaviours.set(name, after(world.clock, 5000));
    const caller = new AbortController();
    const call = world.send('g', { signal: caller.signal });
    await world.clock.advance(150);
    expect(world.seen).toHaveLength(2);
    caller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(world.clock.pending).toBe(0);
  });

  it('at p95 begins once there are enough samples, at what one in twenty took', async () => {
    const world = worldOf(config({ after: 'p95' }));
    for (let call = 1; call <= 20; call++) {
      world.behaviours.set('x/a', after(world.clock, call * 10));
      await world.clock.until(world.send('g'));
    }
    expect(world.tried()).not.toContain('y/b');
    world.behaviours.set('x/a', after(world.clock, 5000));
    const started = world.clock.now();
    await world.clock.until(world.send('g'));
    expect((world.seen.at(-1)?.atMs ?? 0) - started).toBe(190);
    expect(world.tried().at(-1)).toBe('y/b');
  });
});
