// What a backtest suite is: something that is known, what Shoal makes of it, and what simpler rules make of it.
import type { LanguageModel } from '#foundation';

export interface SuiteInput {
  /** Folder of the suite's data; undefined where none was named. */
  readonly data: string | undefined;
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

/** A table with its first column to the left and figures to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
