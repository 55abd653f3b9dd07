// The ledger as the page and scripts read it.
import type { LedgerForecastView, LedgerScoreView } from '#api/contract';
import { reliabilityFigure } from '#reports';
import { INTERVAL_LEVELS, type LedgerForecast, type LedgerScore } from '#reports/contract';
import { optional } from './optional.ts';

export function ledgerForecastView({ outcome, source, forecast, history, ...rest }: LedgerForecast): LedgerForecastView {
  const { run, ...said } = forecast;
  return {
    ...rest,
    forecast: { ...said, ...optional('run', run) },
    history: history.map((act) => ({ ...act })),
    ...optional('outcome', outcome),
    ...optional('source', source),
  };
}

export function ledgerScoreView({ counts, options, draws }: LedgerScore): LedgerScoreView {
  return { counts: { ...counts }, ...optional('options', optionsView(options)), ...optional('draws', drawsView(draws)) };
}

function optionsView(options: LedgerScore['options']): LedgerScoreView['options'] {
  if (options === undefined) return undefined;
  const { bins, brierBounds, clip, skill, ...rest } = options;
  const figure = reliabilityFigure(bins);
  return {
    ...rest,
    brierBounds: [...brierBounds],
    clip: [...clip],
    skill: skill.map(({ skill: value, questionsNeeded, ...one }) => ({
      ...one,
      ...optional('skill', value),
      ...optional('questionsNeeded', questionsNeeded),
    })),
    diagram: { ...figure, data: figure.data.map((row) => ({ ...row })) },
  };
}

function drawsView(draws: LedgerScore['draws']): LedgerScoreView['draws'] {
  if (draws === undefined) return undefined;
  return {
    questions: draws.questions,
    coverage: INTERVAL_LEVELS.map((level, at) => ({ level, share: draws.coverage[at] ?? 0 })),
    crps: draws.crps.map((one) => ({ ...one })),
  };
}
