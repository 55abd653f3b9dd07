// The herding experiment: a random first vote moves what others make of a post, in the human direction.
import { describe, expect, it } from 'vitest';
import { runHerding } from '#engine';
import type { HerdingSample } from '#engine/contract';
import { syntheticSpec } from './fixtures-world.ts';

async function samples(behaviour: Record<string, number> = {}): Promise<readonly HerdingSample[]> {
  const all: HerdingSample[] = [];
  for (let seed = 1; seed <= 6; seed++) {
    const spec = syntheticSpec({
      size: 900,
      rounds: 30,
      seed,
      scenario: { platforms: [{ kind: 'forum', feed: { hot: 0 } }], behaviour },
    });
    all.push(...(await runHerding(spec, { threads: 0 }, 6)));
  }
  return all;
}

/** Mean score that readers see, and its variance over n. */
function seen(of: readonly HerdingSample[], arm: HerdingSample['arm']): { readonly mean: number; readonly error: number } {
  const vote = { down: -1, control: 0, up: 1 }[arm];
  const scores = of.filter((sample) => sample.arm === arm).map(({ up, down }) => up - down + vote);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  return { mean, error: squares / scores.length / (scores.length - 1) };
}

describe('a random first vote', () => {
  it('up raises the final score by more than itself; down is corrected towards the control', async () => {
    const found = await samples();
    const [down, control, up] = (['down', 'control', 'up'] as const).map((arm) => seen(found, arm));
    if (down === undefined || control === undefined || up === undefined) throw new Error('three arms');
    // Three standard errors of a difference of means.
    expect(up.mean - control.mean - 1).toBeGreaterThan(0);
    expect(up.mean - control.mean).toBeGreaterThan(3 * Math.sqrt(up.error + control.error));
    expect(Math.abs(down.mean - control.mean)).toBeLessThan(3 * Math.sqrt(down.error + control.error));
  });

  it('down makes others pile on where nobody corrects', async () => {
    const found = await samples({ 'correction-effect': -0.92 });
    const down = seen(found, 'down');
    const control = seen(found, 'control');
    expect(control.mean - down.mean).toBeGreaterThan(3 * Math.sqrt(down.error + control.error));
  });

  it('falls on about a third of the posts each, and the same ones every time', async () => {
    const found = await samples();
    const ups = found.filter(({ arm }) => arm === 'up').length;
    // Four standard deviations of a binomial share.
    expect(Math.abs(ups / found.length - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / found.length));
    expect(await samples()).toEqual(found);
  });
});
