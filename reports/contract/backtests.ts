// What a backtest comes to: a table of methods scored on the same real outcomes.

/** Levels of the central intervals whose coverage is counted. */
export const INTERVAL_LEVELS = [0.5, 0.8, 0.95] as const;

export interface MethodScores {
  readonly method: string;
  /** Of the size at the horizon, as a share. */
  readonly medianApe: number;
  /** Of the natural logarithm of that size. */
  readonly crps: number;
  /** Share of cascades inside the central intervals of `INTERVAL_LEVELS`. */
  readonly coverage: readonly number[];
  /** Median over cascades of the mean error along the curve, as a share. */
  readonly curveApe: number;
  readonly depth: TreeScores | undefined;
  readonly breadth: TreeScores | undefined;
}

export interface TreeScores {
  readonly medianApe: number;
  readonly coverage: readonly number[];
}

export interface CascadeBacktest {
  /** Minutes after the root at which each forecast is made. */
  readonly observe: number;
  /** Minutes after the root that are forecast. */
  readonly horizon: number;
  readonly cascades: number;
  readonly folds: number;
  readonly draws: number;
  readonly methods: readonly MethodScores[];
  /** Every forecast of Shoal's process, so that the table can be checked by hand. */
  readonly forecasts: readonly CascadeForecast[];
}

export interface CascadeForecast {
  readonly cascade: string;
  readonly fold: number;
  readonly observed: number;
  readonly outcome: number;
  /** Of the size at the horizon: 2.5, 10, 25, 50, 75, 90 and 97.5 %. */
  readonly quantiles: readonly number[];
}
