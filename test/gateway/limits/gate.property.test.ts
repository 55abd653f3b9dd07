// Places: none lost, none doubled, under any interleaving of coming, going and giving up.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../../gateway/policy/limits/gate.ts';
import type { Gate, GateOptions } from '../../../gateway/policy/limits/gate.ts';
import { fakeClock } from '../routing/fake-clock.ts';

function gateWith(changes: Partial<GateOptions> = {}): Gate {
  const base = { name: 'limits.providers.x', limits: {}, together: {}, queue: 10_000, waitMs: 20_000, clock: fakeClock() };
  return createGate({ ...base, ...changes });
}

interface Caller {
  readonly stop: AbortController;
  state: 'waiting' | 'inside' | 'gone';
}

const commands = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('take' as const), flow: fc.constantFrom('a', 'b', 'c') }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('give' as const), which: fc.nat(1000) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('abort' as const), which: fc.nat(1000) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('turn' as const) }) },
  ),
  { maxLength: 150 },
);

describe('a gate', () => {
  it('neither loses nor doubles a place', async () => {
    await fc.assert(
      fc.asyncProperty(commands, fc.integer({ min: 1, max: 4 }), async (list, concurrency) => {
        const gate = gateWith({ limits: { concurrency }, queue: 20 });
        const callers: Caller[] = [];
        const inside = (): Caller[] => callers.filter(({ state }) => state === 'inside');
        const come = async (flow: string): Promise<void> => {
          const caller: Caller = { stop: new AbortController(), state: 'waiting' };
          callers.push(caller);
          if (gate.tryTake(0) >= 0) {
            caller.state = 'inside';
            return;
          }
          try {
            await gate.wait({ flow, weight: 1, tokens: 0, signal: caller.stop.signal });
            caller.state = 'inside';
          } catch {
            caller.state = 'gone';
          }
        };
        const coming: Promise<void>[] = [];
        for (const command of list) {
          if (command.kind === 'take') coming.push(come(command.flow));
          else if (command.kind === 'turn') await Promise.resolve();
          else if (command.kind === 'give') {
            const caller = inside()[command.which % Math.max(1, inside().length)];
            if (caller === undefined) continue;
            caller.state = 'gone';
            gate.give(0, 0, 0);
          } else callers[command.which % Math.max(1, callers.length)]?.stop.abort();
          expect(gate.taken).toBeLessThanOrEqual(concurrency);
          // Nobody waits while a place is free.
          expect(gate.taken === concurrency || gate.waiting === 0).toBe(true);
        }
        for (let turns = 0; turns < 500 && gate.taken + gate.waiting > 0; turns++) {
          await new Promise((resolve) => void setImmediate(resolve));
          for (const caller of inside()) {
            caller.state = 'gone';
            gate.give(0, 0, 0);
          }
        }
        await Promise.all(coming);
        expect([gate.taken, gate.waiting]).toEqual([0, 0]);
      }),
      { numRuns: 60 },
    );
  });

  it('lets one in a line of its own wait for at most one place per flow before it, five thousand or not', async () => {
    const gate = gateWith({ limits: { concurrency: 1 } });
    const order: string[] = [];
    const enter = async (flow: string): Promise<void> => {
      await gate.wait({ flow, weight: 1, tokens: 0, signal: new AbortController().signal });
      order.push(flow);
    };
    expect(gate.tryTake(0)).toBe(0);
    const swarm = Array.from({ length: 5000 }, () => enter('swarm'));
    const person = enter('person');
    gate.give(0, 0, 0);
    gate.give(0, 0, 0);
    await person;
    expect(order.length).toBeLessThanOrEqual(2);
    for (let left = 0; left < 5000; left++) gate.give(0, 0, 0);
    await Promise.all(swarm);
  });

  it('refuses at once when its queue is full', async () => {
    const gate = gateWith({ limits: { concurrency: 1 }, queue: 1 });
    gate.tryTake(0);
    const { signal } = new AbortController();
    const waiting = gate.wait({ flow: 'a', weight: 1, tokens: 0, signal });
    await expect(gate.wait({ flow: 'b', weight: 1, tokens: 0, signal })).rejects.toMatchObject({ code: 'limit_exceeded' });
    gate.give(0, 0, 0);
    await waiting;
  });

  it('refuses one whose signal has fired before', async () => {
    const gate = gateWith({ limits: { concurrency: 1 } });
    gate.tryTake(0);
    const waiting = gate.wait({ flow: 'a', weight: 1, tokens: 0, signal: AbortSignal.abort() });
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(gate.waiting).toBe(0);
  });
});

describe('a gate with so many in a minute', () => {
  it('lets the waiting in as the minute frees them, with one timer for all', async () => {
    const clock = fakeClock();
    const gate = gateWith({ limits: { requestsPerMinute: 2 }, waitMs: 120_000, clock });
    const entered: number[] = [];
    const { signal } = new AbortController();
    const enter = async (): Promise<void> => {
      if (gate.tryTake(0) < 0) await gate.wait({ flow: 'a', weight: 1, tokens: 0, signal });
      entered.push(clock.now());
    };
    const all = Promise.all([1, 2, 3, 4].map(() => enter()));
    expect(gate.waiting).toBe(2);
    expect(clock.pending).toBe(1);
    await clock.until(all);
    expect(entered.map((at) => at - (entered[0] ?? 0))).toEqual([0, 0, 61_000, 61_000]);
  });

  it('says when to come back where the wait would be too long', async () => {
    const clock = fakeClock();
    const gate = gateWith({ limits: { requestsPerMinute: 1 }, waitMs: 5000, clock });
    gate.tryTake(0);
    const waiting = gate.wait({ flow: 'a', weight: 1, tokens: 0, signal: new AbortController().signal });
    await expect(waiting).rejects.toMatchObject({
      code: 'limit_exceeded',
      details: { limit: 'limits.providers.x.requestsPerMinute', retryAfterMs: 61_000 },
    });
    await clock.advance(57_000);
    expect(gate.readyInMs()).toBe(4000);
    const second = gate.wait({ flow: 'a', weight: 1, tokens: 0, signal: new AbortController().signal });
    await clock.until(second);
  });

  it('refuses one whom others before it have kept too long', async () => {
    const clock = fakeClock();
    const gate = gateWith({ limits: { requestsPerMinute: 1 }, waitMs: 5000, clock });
    gate.tryTake(0);
    await clock.advance(57_000);
    const { signal } = new AbortController();
    const first = gate.wait({ flow: 'a', weight: 1, tokens: 0, signal });
    const second = gate.wait({ flow: 'a', weight: 1, tokens: 0, signal });
    await clock.until(first);
    await expect(clock.until(second)).rejects.toMatchObject({ code: 'limit_exceeded' });
    expect([gate.waiting, clock.pending]).toEqual([0, 0]);
  });

  it('counts tokens at their bound, and afterwards as many as there were', async () => {
    const clock = fakeClock();
    const gate = gateWith({ limits: { tokensPerMinute: 1000 }, clock });
    const tick = gate.tryTake(900);
    expect(gate.tryTake(200)).toBe(-1);
    gate.give(tick, 900, 100);
    expect(gate.tryTake(900)).toBe(tick);
  });

  it('lets a request over the whole limit go when nothing else is counted, and makes the next wait for it', async () => {
    const clock = fakeClock();
    const gate = gateWith({ limits: { tokensPerMinute: 1000 }, clock });
    const tick = gate.tryTake(5000);
    gate.give(tick, 5000, 3000);
    expect(gate.tryTake(1)).toBe(-1);
    await clock.advance(61_000);
    expect(gate.tryTake(1)).toBeGreaterThan(tick);
  });

  it('keeps no timer once the last who waited has left', async () => {
    const clock = fakeClock();
    const gate = gateWith({ limits: { requestsPerMinute: 1 }, waitMs: 100_000, clock });
    gate.tryTake(0);
    const caller = new AbortController();
    const waiting = gate.wait({ flow: 'a', weight: 1, tokens: 0, signal: caller.signal });
    expect(clock.pending).toBe(1);
    caller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(clock.pending).toBe(0);
  });
});
