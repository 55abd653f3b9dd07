// `shoal estimate`: what a run would take.
import { countCharacters, estimateRun } from '../../runs/estimate.ts';
import { modelInfoOf } from '../../runs/run-model.ts';
import { homeAt } from '../../home.ts';
import { openSystem } from '../../system.ts';
import type { CommandContext } from '../command-context.ts';
import { loadOperands } from './run.ts';

const span = ({ low, expected, high }: { low: number; expected: number; high: number }, digits: number): string =>
  `${expected.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;

export async function estimate(
  context: CommandContext,
  options: Parameters<typeof loadOperands>[1],
  ...operands: string[]
): Promise<void> {
  const { output, homeOption, signal } = context;
  const loaded = await loadOperands(operands, options, context);
  const system = openSystem(homeAt(homeOption, process.env), process.env);
  try {
    const model = modelInfoOf(system.gateway, loaded.scenario);
    const value = estimateRun({ scenario: loaded.scenario, characters: await countCharacters(loaded.documents, signal), model });
    const stages = value.stages.map(
      (stage) => `  ${stage.stage.padEnd(12)} ${span(stage.calls, 0)} calls, ${span(stage.costUsd, 4)} USD`,
    );
    output.result(
      value,
      [
        `time   ${span(value.seconds, 1)} s`,
        `cost   ${span(value.costUsd, 4)} USD of a budget of ${value.budgetUsd} USD`,
        ...stages,
        ...value.notes,
      ].join('\n'),
    );
  } finally {
    await system.close();
  }
}
