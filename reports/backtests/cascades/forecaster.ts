// What every method of the table is: fitted to training cascades, it answers the first part of another with draws.
import type { Window } from '../process/time-bins.ts';
import type { Cascade } from './cascade.ts';

/** A forecast of one cascade as equally likely draws. */
export interface CascadeDraws {
  /** Minutes after the root at which the curve is given; the last is the horizon. */
  readonly minutes: readonly number[];
  /** Per minute of `minutes`: posts so far (the root among them), one number per draw. */
  readonly sizes: readonly (readonly number[])[];
  /** Steps from the root to the deepest reply at the horizon; absent for a method that has no tree. */
  readonly depth?: readonly number[];
  /** Posts at the fullest depth at the horizon. */
  readonly breadth?: readonly number[];
}

export interface DrawOptions {
  readonly draws: number;
  readonly seed: number;
  /** Counts the cascades of a backtest, so that each has draws of its own. */
  readonly index: number;
}

/** Reads a cascade up to the end of observation and nothing behind it. */
export type CascadeForecaster = (cascade: Cascade, options: DrawOptions) => CascadeDraws;
export type FitCascades = (training: readonly Cascade[], window: Window) => CascadeForecaster;
