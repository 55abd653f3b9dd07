// What changed around an intervention: the same measure over equal windows before and after it.
import type { Intervention } from '#scenarios/contract';
import type { Source } from './source.ts';

export interface Effect {
  readonly intervention: Intervention;
  /** Rounds in each window; 0 where there is no room on one side. */
  readonly window: number;
  readonly before: number;
  readonly after: number;
}

const WIDEST_WINDOW = 6;

/** Mean support for the intervention's issue in the rounds just before and from its round on. */
export function effectOf(source: Source, index: number): Effect | undefined {
  const intervention = source.record.interventions()[index];
  if (intervention === undefined) return undefined;
  const { round, issue } = intervention;
  const window = Math.max(0, Math.min(WIDEST_WINDOW, round, source.last + 1 - round));
  const series = source.series(`support:${issue}`);
  return { intervention, window, before: meanOf(series, round - window, round), after: meanOf(series, round, round + window) };
}

function meanOf(series: readonly number[], from: number, to: number): number {
  const part = series.slice(Math.max(from, 0), to);
  return part.length === 0 ? Number.NaN : part.reduce((sum, value) => sum + value, 0) / part.length;
}
