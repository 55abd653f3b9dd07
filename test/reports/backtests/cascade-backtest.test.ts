import { describe, expect, it } from 'vitest';
import { backtestCascades, readCascades } from '#reports';
import type { CascadeBacktest } from '#reports/contract';
import { madeFile } from './made-cascades.ts';

const signal = new AbortController().signal;
const options = { observe: 30, horizon: 600, folds: 3, draws: 200, seed: 1, signal };
const { cascades } = readCascades(
  Array.from({ length: 30 }, (_, index) => madeFile(index, { unitMinutes: 1 / 60, from: 'root', snowflakes: true })),
);
type Made = (typeof cascades)[number];
const quantilesOf = ({ forecasts }: CascadeBacktest, name: string): readonly number[] | undefined =>
  forecasts.find(({ cascade }) => cascade === name)?.quantiles;

/** The same cascade with its life behind a minute cut off. */
function cut(cascade: Made, minute: number): Made {
  const size = cascade.minutes.findIndex((at) => at > minute);
  const end = size < 0 ? cascade.minutes.length : size;
  return {
    ...cascade,
    minutes: cascade.minutes.slice(0, end),
    parent: cascade.parent.slice(0, end),
    depth: cascade.depth.slice(0, end),
  };
}

describe('the cascade backtest', () => {
  const result = backtestCascades(cascades, options);

  it('puts every method beside the process, on every cascade', async () => {
    const { methods, forecasts } = await result;
    expect(methods.map(({ method }) => method)).toEqual([
      'reply process (Shoal)',
      'last value',
      'log-linear (Szabo–Huberman)',
      'Hawkes (SEISMIC-style)',
      'seasonal mean',
    ]);
    expect(forecasts.map(({ cascade }) => cascade).toSorted()).toEqual(cascades.map(({ name }) => name).toSorted());
  });

  it('forecasts better than the last value, with intervals that hold', async () => {
    const [own, last] = (await result).methods;
    expect(own?.crps).toBeLessThan((last?.crps ?? 0) / 2);
    expect(own?.coverage[2]).toBeGreaterThan(0.8);
    expect(own?.coverage[0]).toBeLessThan(0.8);
    expect(own?.depth?.coverage[2]).toBeGreaterThan(0.6);
  });

  it('is the same again', async () => {
    expect(await backtestCascades(cascades, options)).toEqual(await result);
  });

  it('sees nothing of a cascade behind the end of observation', async () => {
    const name = cascades[4]?.name ?? '';
    const blind = cascades.map((cascade) => (cascade.name === name ? cut(cascade, options.observe) : cascade));
    expect(quantilesOf(await backtestCascades(blind, options), name)).toEqual(quantilesOf(await result, name));
  });

  it('refuses folds and times that make no sense', async () => {
    await expect(backtestCascades(cascades, { ...options, folds: 31 })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(backtestCascades(cascades, { ...options, horizon: 30 })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
