// Ratios that must hold: cost grows with agents and rounds and no faster, and threads and the record are worth their
// while. By CPU time where load does not matter; the two that are about waiting want an idle machine and two cores.
// `npm run bench:ratios`.
import { availableParallelism, loadavg } from 'node:os';
import { describe, expect, it } from 'vitest';
import { live, scaleWorld } from './scale-world.ts';

const isIdle = (loadavg()[0] ?? 0) < 0.5 && availableParallelism() >= 2;

describe('the cost of a turn', () => {
  it('is the same in a world four times as large', { timeout: 600_000 }, async () => {
    const small = await live(await scaleWorld(10_000, 24), 0, false);
    const large = await live(await scaleWorld(40_000, 24), 0, false);
    expect(large.cpuSeconds / large.turns / (small.cpuSeconds / small.turns)).toBeLessThan(1.6);
  });

  it('is the same in a run three times as long', { timeout: 600_000 }, async () => {
    const short = await live(await scaleWorld(10_000, 24), 0, false);
    const long = await live(await scaleWorld(10_000, 72), 0, false);
    expect(long.cpuSeconds / long.turns / (short.cpuSeconds / short.turns)).toBeLessThan(1.6);
  });
});

describe.runIf(isIdle)('on an idle machine', () => {
  it('two threads live a round at least 1.7 times as fast as one', { timeout: 600_000 }, async () => {
    const spec = await scaleWorld(100_000, 24);
    const one = await live(spec, 1, false);
    const two = await live(spec, 2, false);
    expect(one.seconds / two.seconds).toBeGreaterThan(1.7);
  });

  it('a record costs at most 15 % of the rounds', { timeout: 600_000 }, async () => {
    const spec = await scaleWorld(100_000, 24);
    const unrecorded = await live(spec, 2, false);
    const recorded = await live(spec, 2, true);
    expect(recorded.seconds / unrecorded.seconds).toBeLessThan(1.15);
  });
});
