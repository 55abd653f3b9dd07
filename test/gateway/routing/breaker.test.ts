// When a target is left alone, and how it comes back.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBreaker } from '../../../gateway/models/routing/breaker.ts';
import type { Breaker, Outcome } from '../../../gateway/models/routing/breaker.ts';
import { RoutingSchema } from '../../../gateway/models/routing/settings.ts';
import type { BreakerSettings, RoutingConfig } from '../../../gateway/models/routing/settings.ts';

const settingsOf = (changes: RoutingConfig['breaker'] = {}): BreakerSettings =>
  RoutingSchema.parse({
    breaker: { windowMs: 10_000, minimum: 10, consecutive: 5, openMs: 1000, maxOpenMs: 3000, probes: 2, ...changes },
  }).breaker;
const breakerOf = (changes: RoutingConfig['breaker'] = {}): Breaker => {
  const settings = settingsOf(changes);
  return createBreaker(() => settings);
};
const go = (breaker: Breaker, outcome: Outcome, atMs: number): void => breaker.leave(breaker.enter(atMs), outcome, atMs);
const times = (count: number, act: (index: number) => void): void =>
  Array.from({ length: count }, (_, index) => index).forEach(act);

describe('a closed breaker', () => {
  it('opens after so many failures in a row', () => {
    const breaker = breakerOf();
    times(4, () => go(breaker, 'failed', 0));
    expect(breaker.state(0)).toBe('closed');
    go(breaker, 'failed', 0);
    expect([breaker.state(0), breaker.blockedMs(0)]).toEqual(['open', 1000]);
  });

  it('opens at a ratio of failures once there are enough attempts', () => {
    const breaker = breakerOf({ consecutive: 1000 });
    times(9, (index) => go(breaker, index % 2 === 0 ? 'failed' : 'ok', index));
    expect(breaker.state(9)).toBe('closed');
    go(breaker, 'failed', 9);
    expect(breaker.state(9)).toBe('open');
  });

  it('forgets failures that have left the window', () => {
    const breaker = breakerOf({ consecutive: 1000 });
    times(9, () => go(breaker, 'failed', 500));
    times(8, () => go(breaker, 'ok', 9000));
    go(breaker, 'failed', 11_500);
    expect(breaker.state(11_500)).toBe('closed');
  });

  it('does not count what says nothing about the target', () => {
    const breaker = breakerOf();
    times(50, () => go(breaker, 'neutral', 0));
    expect(breaker.state(0)).toBe('closed');
  });
});

const halfOpen = (): Breaker => {
  const breaker = breakerOf();
  times(5, () => go(breaker, 'failed', 0));
  expect(breaker.state(1000)).toBe('half-open');
  return breaker;
};

describe('a half-open breaker', () => {
  it('lets only so many probes out at once', () => {
    const breaker = halfOpen();
    breaker.enter(1000);
    expect(breaker.blockedMs(1000)).toBe(0);
    const second = breaker.enter(1000);
    expect(breaker.blockedMs(1000)).toBeGreaterThan(0);
    breaker.leave(second, 'neutral', 1001);
    expect(breaker.blockedMs(1001)).toBe(0);
  });

  it('closes when all probes have succeeded', () => {
    const breaker = halfOpen();
    go(breaker, 'ok', 1000);
    expect(breaker.state(1000)).toBe('half-open');
    go(breaker, 'ok', 1000);
    expect(breaker.state(1000)).toBe('closed');
  });

  it('opens at one failure, for twice as long each time, up to the most', () => {
    const breaker = halfOpen();
    let now = 1000;
    const open = [1, 2, 3].map(() => {
      go(breaker, 'failed', now);
      const blocked = breaker.blockedMs(now);
      now += blocked;
      return blocked;
    });
    expect(open).toEqual([2000, 3000, 3000]);
    go(breaker, 'ok', now);
    go(breaker, 'ok', now);
    times(5, () => go(breaker, 'failed', now));
    expect(breaker.blockedMs(now)).toBe(1000);
  });

  it('does not listen to attempts that began before it opened', () => {
    const breaker = breakerOf();
    const old = breaker.enter(0);
    times(5, () => go(breaker, 'failed', 0));
    expect(breaker.state(1000)).toBe('half-open');
    breaker.leave(old, 'failed', 1000);
    expect(breaker.state(1000)).toBe('half-open');
  });

  it('takes an attempt that is forced through while open as a probe', () => {
    const breaker = breakerOf();
    times(5, () => go(breaker, 'failed', 0));
    go(breaker, 'ok', 10);
    go(breaker, 'ok', 10);
    expect(breaker.state(10)).toBe('closed');
  });
});

describe('a breaker whose settings change', () => {
  it('goes by the new ones from then on, over failures counted from then on', () => {
    let settings = settingsOf({ consecutive: 1000, windowMs: 1000 });
    const breaker = createBreaker(() => settings);
    times(9, () => go(breaker, 'failed', 50_000));
    settings = settingsOf({ consecutive: 1000, windowMs: 60_000 });
    times(9, () => go(breaker, 'failed', 50_010));
    expect(breaker.state(50_010)).toBe('closed');
    settings = settingsOf({ consecutive: 1000, windowMs: 60_000, openMs: 700 });
    go(breaker, 'failed', 50_020);
    expect(breaker.state(50_020)).toBe('open');
  });
});

describe('any breaker', () => {
  it('is never stuck: once everything works and time passes, it closes', () => {
    const step = fc.record({
      afterMs: fc.nat(2000),
      outcome: fc.constantFrom<Outcome>('ok', 'failed', 'neutral'),
      hold: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const breaker = breakerOf();
        const held: { pass: number; outcome: Outcome }[] = [];
        let now = 0;
        for (const { afterMs, outcome, hold } of steps) {
          now += afterMs;
          const pass = breaker.enter(now);
          if (hold) held.push({ pass, outcome });
          else breaker.leave(pass, outcome, now);
        }
        for (const { pass, outcome } of held) breaker.leave(pass, outcome, now);
        now += 3000;
        for (let probe = 0; probe < 2; probe++) {
          expect(breaker.blockedMs(now)).toBe(0);
          go(breaker, 'ok', now);
        }
        expect(breaker.state(now)).toBe('closed');
      }),
    );
  });
});
