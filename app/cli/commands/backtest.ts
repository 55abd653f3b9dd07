// `shoal backtest`: Shoal against what is known, with simpler rules beside it. One file per suite in app/backtests.
import { ShoalError } from '#foundation';
import type { Suite } from '../../backtests/suite.ts';
import { EMBEDDED_MODEL } from '../../runs/run-model.ts';
import type { CommandContext } from '../command-context.ts';
import { spanMinutes } from '../times.ts';
import { withSystem } from '../with-system.ts';

/** Loaded when asked for. */
const SUITES: Readonly<Record<string, () => Promise<Suite>>> = {
  'cascade-replay': async () => (await import('../../backtests/cascade-replay.ts')).cascadeReplay,
  cascades: async () => (await import('../../backtests/cascades.ts')).cascades,
  herding: async () => (await import('../../backtests/herding.ts')).herding,
};

interface BacktestFlags {
  readonly data?: string;
  readonly observe: string;
  readonly horizon: string;
  readonly folds: number;
  readonly draws: number;
  readonly seed: number;
}

export async function backtest(
  context: CommandContext,
  { data, observe, horizon, ...options }: BacktestFlags,
  name = '',
): Promise<void> {
  const load = Object.hasOwn(SUITES, name) ? SUITES[name] : undefined;
  if (load === undefined) {
    throw new ShoalError('invalid_input', `There is no backtest suite “${name}”.`, {
      hint: `Choose from ${Object.keys(SUITES).join(', ')}.`,
    });
  }
  const suite = await load();
  const { output, signal } = context;
  await withSystem(context, async ({ gateway, defaultThreads }) => {
    const { value, text } = await suite({
      ...options,
      data,
      observe: spanMinutes('--observe', observe),
      horizon: spanMinutes('--horizon', horizon),
      model: gateway.languageModel({ model: EMBEDDED_MODEL }),
      threads: defaultThreads,
      signal,
      tell: (message) => output.progress(message),
    });
    output.result(value, text);
  });
}
