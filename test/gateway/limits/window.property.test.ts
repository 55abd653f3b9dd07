// The minute that limits are counted over, against a plain list of what was let in.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWindow } from '../../../gateway/policy/limits/window.ts';

const MINUTE = 60_000;
const steps = fc.array(
  fc.record({ afterMs: fc.oneof(fc.nat(500), fc.nat(20_000), fc.nat(90_000)), amount: fc.integer({ min: 1, max: 12 }) }),
  { maxLength: 200 },
);

describe('a window', () => {
  it('lets no 60 seconds hold more than its limit, wherever they begin', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 40 }), (list, limit) => {
        const window = createWindow(limit);
        const admitted: { atMs: number; amount: number }[] = [];
        let now = 12_345;
        for (const { afterMs, amount } of list) {
          now += afterMs;
          if (!window.fits(amount, now)) continue;
          window.add(amount, now);
          admitted.push({ atMs: now, amount });
        }
        for (const { atMs } of admitted) {
          const inside = admitted.filter((other) => other.atMs >= atMs && other.atMs < atMs + MINUTE);
          expect(inside.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  it('forgets an amount at most one second after it is a minute old', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (startMs) => {
        const window = createWindow(5);
        window.add(5, startMs);
        expect(window.fits(1, startMs + MINUTE - 1)).toBe(false);
        expect(window.fits(5, startMs + MINUTE + 1000)).toBe(true);
      }),
    );
  });

  it('says exactly when an amount fits', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 12 }), (list, wanted) => {
        const window = createWindow(12);
        let now = 0;
        for (const { afterMs, amount } of list) {
          now += afterMs;
          if (window.fits(amount, now)) window.add(amount, now);
        }
        const inMs = window.fitsInMs(wanted, now);
        expect(window.fits(wanted, now + inMs - 0.001)).toBe(inMs === 0);
        expect(window.fits(wanted, now + inMs)).toBe(true);
      }),
    );
  });

  it('corrects what was counted where it was counted, and never forgets a surplus', () => {
    const window = createWindow(100);
    const tick = window.add(80, 1000);
    window.add(10, 30_000);
    window.correct(tick, -60, 40_000);
    expect(window.used(40_000)).toBe(30);
    expect(window.used(62_000)).toBe(10);
    // Its second has gone: less is of no use to anyone, more counts as of now.
    window.correct(tick, -20, 62_000);
    expect(window.used(62_000)).toBe(10);
    window.correct(tick, 7, 62_000);
    expect(window.used(62_000)).toBe(17);
    expect(window.emptyInMs(62_000)).toBe(61_000);
  });

  it('takes a new limit without forgetting', () => {
    const window = createWindow(1);
    window.add(1, 0);
    window.limit = 2;
    expect(window.fits(1, 1)).toBe(true);
    window.limit = 1;
    expect(window.fits(1, 1)).toBe(false);
  });
});
