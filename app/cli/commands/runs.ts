// `shoal runs` and `shoal scenarios`.
import { listScenarios } from '#scenarios';
import type { CommandContext } from '../command-context.ts';
import { withSystem } from '../with-system.ts';

export async function listRuns(context: CommandContext): Promise<void> {
  const views = await withSystem(context, ({ runs }) => runs.list());
  const lines = views.map(
    (view) =>
      `${view.id.padEnd(44)} ${view.status.padEnd(12)} ${String(view.roundsDone).padStart(4)}/${view.rounds} rounds  ${view.agents} agents  ${view.title}`,
  );
  context.output.result(views, lines.length === 0 ? 'No runs yet. Start one: npx shoal run quickstart' : lines.join('\n'));
}

export async function listBundled(context: CommandContext): Promise<void> {
  const scenarios = await listScenarios();
  context.output.result(
    scenarios,
    scenarios
      .map((scenario) => `${scenario.name.padEnd(22)} ${scenario.title}\n${' '.repeat(23)}${scenario.questions.join(' ')}`)
      .join('\n'),
  );
}
