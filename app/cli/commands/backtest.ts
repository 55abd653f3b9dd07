// `shoal backtest <suite>`: how well the engine's processes forecast what really happened, beside simple methods.
import { ShoalError } from '#foundation';
import type { CommandContext } from '../command-context.ts';

export interface BacktestOptions {
  readonly data: string;
  readonly observe: string;
  readonly horizon: string;
  readonly folds: number;
  readonly draws: number;
  readonly seed: number;
}

type Suite = (context: CommandContext, options: BacktestOptions) => Promise<void>;

/** One file per suite. */
const SUITES: Readonly<Record<string, () => Promise<Suite>>> = {
  cascades: async () => (await import('../backtests/cascades.ts')).backtestCascadesCommand,
};

export async function backtest(context: CommandContext, options: BacktestOptions, name = ''): Promise<void> {
  const load = Object.hasOwn(SUITES, name) ? SUITES[name] : undefined;
  if (load === undefined) {
    throw new ShoalError('invalid_input', `There is no backtest suite “${name}”.`, {
      hint: `Choose from ${Object.keys(SUITES).join(', ')}.`,
    });
  }
  const suite = await load();
  await suite(context, options);
}
