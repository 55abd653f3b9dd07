// What stands in large letters: each question with its answer, probability and range, straight from the forecast.
import type { Forecast } from '../contract.ts';
import { formatNumber } from '../numbers/format.ts';

export interface Summary {
  readonly question: string;
  readonly answer: string;
  readonly probability: string;
  /** "30 % to 41 % of agents put it first, over 7 members". */
  readonly range: string;
  readonly label: string;
}

export function summaryOf(forecast: Forecast): Summary {
  const best = forecast.options.find((option) => option.option === forecast.answer) ?? forecast.options[0];
  const behind = forecast.kind === 'binary' ? `of all agents say ${best?.option ?? ''}` : 'of agents put it first';
  return {
    question: forecast.text,
    answer: forecast.answer === undefined ? 'No answer: the members split evenly' : sentenceCase(forecast.answer),
    probability: share(best?.probability ?? 0),
    range:
      best === undefined
        ? ''
        : best.support.members === 1
          ? `${share(best.support.mean)} ${behind}`
          : `${share(best.support.low)} to ${share(best.support.high)} ${behind}, over ${best.support.members} members`,
    label: best?.support.label ?? '',
  };
}

const share = (value: number): string => formatNumber(value, 'share');
const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** 2026-01-05T08:00:00Z → 2026-01-05, 08:00 UTC; anything else as it is. */
export const dateText = (iso: string): string =>
  iso.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/, '$1, $2 UTC');
