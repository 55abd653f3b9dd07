// Windows: their words, and that they follow each other without gap or overlap, in any zone, over any clock change.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketAt, countedFrom, formatWindow, parseWindow, periodAt } from '../../../gateway/policy/budgets/window.ts';

const ZONES = ['UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Asia/Beirut', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kolkata'];
const window = fc.oneof(
  fc.record({ kind: fc.constant('rolling' as const), hours: fc.integer({ min: 1, max: 8784 }) }),
  fc.record({
    kind: fc.constant('calendar' as const),
    unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
    timeZone: fc.constantFrom(...ZONES),
  }),
);
const time = fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2035, 0) });

describe('a window', () => {
  it('holds the moment it is asked for, and the next begins where it ends', () => {
    fc.assert(
      fc.property(window, time, (window, at) => {
        const { start, end } = bucketAt(window, at);
        expect(start).toBeLessThanOrEqual(at);
        expect(end).toBeGreaterThan(at);
        expect(bucketAt(window, end).start).toBe(end);
        expect(bucketAt(window, end - 1)).toEqual({ start, end });
      }),
      { numRuns: 300 },
    );
  });

  it('that rolls counts all of its last hours, and at most a sixtieth more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8784 }), time, (hours, at) => {
        const from = countedFrom({ kind: 'rolling', hours }, at);
        expect(from).toBeLessThanOrEqual(at - hours * 3_600_000);
        expect(from).toBeGreaterThan(at - hours * 3_600_000 - hours * 60_000);
      }),
    );
  });

  it('is written as it is read', () => {
    fc.assert(
      fc.property(window, (window) => {
        expect(parseWindow(formatWindow(window))).toEqual(window);
      }),
    );
    expect(parseWindow('rolling 7d')).toEqual({ kind: 'rolling', hours: 168 });
    expect(formatWindow(parseWindow(' none '))).toBe('none');
    expect(formatWindow(parseWindow('hour'))).toBe('hour');
  });

  it.each([
    '',
    'year',
    'rolling',
    'rolling 0h',
    'rolling 24',
    'rolling 9999d',
    'none UTC',
    'hour UTC',
    'day Mars/Olympus',
    'day UTC x',
  ])('is not “%s”', (text) => {
    expect(() => parseWindow(text)).toThrow(expect.objectContaining({ code: 'invalid_input' }) as Error);
  });

  it('of a day begins at local midnight, and of a week on Monday', () => {
    const summer = Date.UTC(2026, 6, 1, 23, 30);
    expect(periodAt(parseWindow('day Europe/Berlin'), summer)).toBe(Date.UTC(2026, 6, 1, 22));
    expect(periodAt(parseWindow('week Europe/Berlin'), summer)).toBe(Date.UTC(2026, 5, 28, 22));
    expect(periodAt(parseWindow('month'), summer)).toBe(Date.UTC(2026, 6, 1));
    // No midnight on that day: clocks jumped from 24:00 to 01:00.
    expect(periodAt(parseWindow('day America/Sao_Paulo'), Date.UTC(2018, 10, 4, 12))).toBe(Date.UTC(2018, 10, 4, 3));
  });
});
