// How the sealed forecasts have done. What is not resolved stays in the counts, and bounds what the score could be.
import type { BaselineSkill, Distribution, LedgerForecast, LedgerScore } from '../contract.ts';
import { INTERVAL_LEVELS } from '../contract.ts';
import { brierOf, decompose, LOG_CLIP, logScoreOf, reliabilityBins, type Judged } from '../scores/brier.ts';
import { crpsOfDraws, intervalScore, quantileOf, sorted } from '../scores/draws.ts';
import { pairedTest } from '../scores/paired.ts';

const STATES = ['open', 'resolved', 'void', 'disputed', 'failed'] as const;
const SCORED_INTERVAL = 0.8;
const SIGNIFICANT = 0.05;

export function scoreLedger(forecasts: readonly LedgerForecast[]): LedgerScore {
  const inState = (state: LedgerForecast['state']): number => forecasts.filter((one) => one.state === state).length;
  const [open, resolved, voided, disputed, failed] = STATES.map(inState);
  return {
    counts: {
      sealed: forecasts.length,
      open: open ?? 0,
      resolved: resolved ?? 0,
      void: voided ?? 0,
      disputed: disputed ?? 0,
      failed: failed ?? 0,
    },
    options: scoreOptions(forecasts),
    draws: scoreDraws(forecasts),
  };
}

interface ScoredQuestion {
  readonly judged: readonly Judged[];
  readonly brier: number;
  /** The baselines' Brier scores by name. */
  readonly baselines: ReadonlyMap<string, number>;
}

function judgedBy(distribution: Distribution, outcome: string): readonly Judged[] | undefined {
  if (distribution.kind !== 'options') return undefined;
  return distribution.options.map(({ option, probability }) => ({ probability, happened: option === outcome }));
}

function scoreOptions(forecasts: readonly LedgerForecast[]): LedgerScore['options'] {
  const scored = forecasts.flatMap(({ state, outcome, forecast }): readonly ScoredQuestion[] => {
    if (state !== 'resolved' || outcome === undefined || !('option' in outcome)) return [];
    const judged = judgedBy(forecast.distribution, outcome.option);
    if (judged === undefined) return [];
    const baselines = forecast.baselines.flatMap(({ name, distribution }): readonly (readonly [string, number])[] => {
      const other = judgedBy(distribution, outcome.option);
      return other === undefined ? [] : [[name, brierOf(other)]];
    });
    return [{ judged, brier: brierOf(judged), baselines: new Map(baselines) }];
  });
  if (scored.length === 0) return undefined;
  const others = forecasts.filter(({ state, forecast }) => state !== 'resolved' && forecast.distribution.kind !== 'draws').length;
  const total = scored.reduce((sum, { brier }) => sum + brier, 0);
  // For two options the second says nothing that the first does not.
  const statements = scored.flatMap(({ judged }) => (judged.length === 2 ? judged.slice(0, 1) : judged));
  return {
    questions: scored.length,
    brier: total / scored.length,
    brierBounds: [total / (scored.length + others), (total + others) / (scored.length + others)],
    ...decompose(statements),
    logScore: scored.reduce((sum, { judged }) => sum + logScoreOf(judged), 0) / scored.length,
    clip: LOG_CLIP,
    bins: reliabilityBins(statements),
    skill: skillOf(scored),
  };
}

function skillOf(scored: readonly ScoredQuestion[]): readonly BaselineSkill[] {
  const names = new Set(scored.flatMap(({ baselines }) => [...baselines.keys()]));
  return [...names].toSorted().map((baseline) => {
    const pairs = scored.flatMap(({ brier, baselines }) => {
      const other = baselines.get(baseline);
      return other === undefined ? [] : [{ own: brier, other }];
    });
    const mean = (pick: (pair: { readonly own: number; readonly other: number }) => number): number =>
      pairs.reduce((sum, pair) => sum + pick(pair), 0) / pairs.length;
    const test = pairedTest(pairs.map(({ own, other }) => other - own));
    const baselineBrier = mean(({ other }) => other);
    const brier = mean(({ own }) => own);
    return {
      baseline,
      questions: pairs.length,
      brier,
      baselineBrier,
      skill: baselineBrier === 0 ? undefined : 1 - brier / baselineBrier,
      difference: test.mean,
      pValue: test.pValue,
      questionsNeeded: test.needed,
      verdict: verdictOf(test, pairs.length),
    };
  });
}

function verdictOf({ mean, pValue, needed }: ReturnType<typeof pairedTest>, questions: number): string {
  if (needed !== undefined && pValue < SIGNIFICANT && questions >= needed) return mean > 0 ? 'better' : 'worse';
  const wanted = needed === undefined ? 'more questions' : `${needed} questions`;
  return `no difference can be claimed from ${questions} (a difference of this size would take ${wanted})`;
}

function scoreDraws(forecasts: readonly LedgerForecast[]): LedgerScore['draws'] {
  const scored = forecasts.flatMap(({ id, state, outcome, forecast: { distribution } }) => {
    if (state !== 'resolved' || outcome === undefined || !('value' in outcome) || distribution.kind !== 'draws') return [];
    const draws = sorted(distribution.draws);
    const ends = (level: number): readonly [number, number] => [
      quantileOf(draws, (1 - level) / 2),
      quantileOf(draws, (1 + level) / 2),
    ];
    const inside = INTERVAL_LEVELS.map((level) => {
      const [low, high] = ends(level);
      return outcome.value >= low && outcome.value <= high;
    });
    const crps = crpsOfDraws(draws, outcome.value);
    return [
      {
        id,
        unit: distribution.unit,
        crps,
        intervalScore: intervalScore(...ends(SCORED_INTERVAL), SCORED_INTERVAL, outcome.value),
        inside,
      },
    ];
  });
  if (scored.length === 0) return undefined;
  return {
    questions: scored.length,
    crps: scored.map(({ id, unit, crps, intervalScore: score }) => ({ id, unit, crps, intervalScore: score })),
    coverage: INTERVAL_LEVELS.map((_, level) => scored.filter(({ inside }) => inside[level] === true).length / scored.length),
  };
}
