// What a backtest suite is: something that is known, what Shoal makes of it, and what simpler rules make of it.
import type { LanguageModel } from '#foundation';

export interface SuiteInput {
  /** Folder of the suite's data; undefined where none was named. */
  readonly data: string | undefined;
  /** Minutes of each case that are seen. */
  readonly observe: number;
  /** Minutes that are forecast. */
  readonly horizon: number;
  readonly folds: number;
  readonly draws: number;
  readonly seed: number;
  /** The embedded model: suites spend nothing. */
  readonly model: LanguageModel;
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly tell: (message: string) => void;
}

export interface SuiteResult {
  /** For `--json`. */
  readonly value: object;
  /** For people: how it was done, then a table. */
  readonly text: string;
}

export type Suite = (input: SuiteInput) => Promise<SuiteResult>;
