// Whatever targets do and whenever the caller leaves: attempts are bounded and all told of, nothing stays under way,
// no timer is left, and the caller sees the pieces of one attempt only.
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newTally } from '../../../gateway/chain.ts';
import { answerOf, collected, failureOf } from './model-calls.ts';
import { after, worldOf } from './router-world.ts';
import type { Behaviour } from './router-world.ts';

const CLASSES = ['outage', 'timeout', 'rate-limit', 'context-window', 'content-policy', 'credit', 'auth', 'invalid', 'cut'];
const NAMES = ['x/a', 'x/b', 'y/c'];

const FIRST = { afterMs: 0, piece: false, deaf: false, fails: undefined, retryAfterMs: undefined };
const outcome = fc.record({
  afterMs: fc.nat(400),
  /** Streams a piece before it ends. */
  piece: fc.boolean(),
  /** Does not listen to its signal. */
  deaf: fc.boolean(),
  fails: fc.option(fc.constantFrom(...CLASSES), { nil: undefined }),
  retryAfterMs: fc.option(fc.nat(2000), { nil: undefined }),
});
const scenario = fc.record({
  outcomes: fc.array(outcome, { minLength: 1, maxLength: 12 }),
  strategy: fc.constantFrom('priority', 'weighted', 'latency', 'cost', 'round-robin'),
  hedgeMs: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
  streamed: fc.boolean(),
  abortMs: fc.option(fc.nat(1500), { nil: undefined }),
  attempts: fc.integer({ min: 1, max: 4 }),
  calls: fc.integer({ min: 1, max: 4 }),
});

describe('a routed call', () => {
  it('ends once, with everything told and nothing left behind', async () => {
    const property = fc.asyncProperty(scenario, async ({ outcomes, strategy, hedgeMs, streamed, abortMs, attempts, calls }) => {
      const hedge = hedgeMs === undefined ? {} : { hedge: { after: hedgeMs } };
      const fallback = { outage: ['z/d', 'x/a'], 'context-window': ['z/d'] };
      const world = worldOf(
        { groups: { g: { targets: NAMES, strategy, fallback, ...hedge } }, breaker: { consecutive: 2, openMs: 500 } },
        { retries: { attempts, baseMs: 100, maxMs: 400, totalMs: 5000 }, keyWeights: () => [1, 1] },
      );
      let next = 0;
      const play: Behaviour = (attempt) => {
        const { afterMs, piece, fails, retryAfterMs, deaf } = outcomes[next++ % outcomes.length] ?? FIRST;
        const heard = deaf ? { ...attempt, signal: new AbortController().signal } : attempt;
        return after(world.clock, afterMs, async ({ output, target, keyIndex }) => {
          if (piece) await output?.event({ kind: 'text-delta', choice: 0, text: `${target} ${keyIndex}` });
          if (fails !== undefined) throw failureOf(fails, retryAfterMs);
          return answerOf();
        })(heard);
      };
      for (const name of [...NAMES, 'z/d']) world.behaviours.set(name, play);
      const caller = new AbortController();
      const sent = Array.from({ length: calls }, () => {
        const tally = newTally();
        const output = streamed ? collected() : undefined;
        const ended = world.send('g', { tally, output, signal: caller.signal }).then(
          () => 'ok',
          () => 'failed',
        );
        return { tally, output, ended };
      });
      const callOff = abortMs === undefined ? undefined : world.clock.after(abortMs, () => caller.abort());
      for (const { tally, output, ended } of sent) {
        const how = await world.clock.until(ended);
        const { attemptsMade } = tally;
        strictEqual(tally.attempts, attemptsMade.length);
        // Two routes of fallbacks besides its own, and a hedge for each attempt.
        ok(attemptsMade.length <= attempts * 3 * (hedgeMs === undefined ? 1 : 2));
        ok(attemptsMade.every((made) => made.outcome !== 'open' && made.endedMs >= made.startedMs));
        strictEqual(attemptsMade.filter((made) => made.outcome === 'ok').length, how === 'ok' ? 1 : 0);
        ok(new Set(output?.pieces).size <= 1);
        if (how === 'ok' && output !== undefined && output.pieces.length > 0) {
          const winner = attemptsMade.find((made) => made.outcome === 'ok');
          strictEqual(output.pieces[0], `${winner?.target} ${winner?.keyIndex}`);
        }
      }
      callOff?.();
      strictEqual(world.clock.pending, 0);
      strictEqual(getEventListeners(caller.signal, 'abort').length, 0);
      const rows = world.router.health();
      deepStrictEqual(
        rows.map(({ inFlight }) => inFlight),
        rows.map(() => 0),
      );
      strictEqual(
        rows.reduce((sum, row) => sum + row.attempts, 0),
        sent.reduce((sum, { tally }) => sum + tally.attempts, 0),
      );
    });
    await expect(fc.assert(property, { numRuns: 150 })).resolves.toBeUndefined();
  });
});
