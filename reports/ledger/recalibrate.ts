// A binary forecast as the ledger's own past corrects it: once enough is resolved, the probability is recalibrated and
// says so; until then it is left as it is, and goes by the label of the simulation.
import type { ForecastToSeal, LedgerForecast } from '../contract.ts';
import type { Judged } from '../scores/brier.ts';
import { fitPlatt } from '../scores/platt.ts';

export function recalibrated(forecast: ForecastToSeal, past: readonly LedgerForecast[]): ForecastToSeal {
  const { distribution } = forecast;
  if (forecast.kind !== 'binary' || distribution.kind !== 'options') return forecast;
  const fit = fitPlatt(past.flatMap(judgedOf));
  const [yes, no] = distribution.options;
  if (fit === undefined || yes === undefined || no === undefined) return forecast;
  const probability = fit.apply(yes.probability);
  return {
    ...forecast,
    distribution: {
      kind: 'options',
      options: [
        { ...yes, probability },
        { ...no, probability: 1 - probability },
      ],
    },
    // The raw one stays in the ledger: later fits learn from it, not from what was corrected already.
    baselines: [...forecast.baselines, { name: RAW, distribution }],
    calibration: `recalibrated on ${fit.forecasts} resolved forecasts (Platt)`,
  };
}

const RAW = 'before recalibration';

function judgedOf({ state, outcome, forecast }: LedgerForecast): readonly Judged[] {
  if (state !== 'resolved' || forecast.kind !== 'binary' || outcome === undefined || !('option' in outcome)) return [];
  const raw = forecast.baselines.find(({ name }) => name === RAW)?.distribution ?? forecast.distribution;
  const [yes] = raw.kind === 'options' ? raw.options : [];
  return yes === undefined ? [] : [{ probability: yes.probability, happened: outcome.option === yes.option }];
}
