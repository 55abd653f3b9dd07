// `shoal replay`: lives a run again from its own file and compares the digests round by round.
import { availableParallelism } from 'node:os';
import { replay } from '#engine';
import { ShoalError } from '#foundation';
import { homeAt } from '../../home.ts';
import { runPath } from '../../runs/run-path.ts';
import type { CommandContext } from '../command-context.ts';

export async function replayRun(
  { output, homeOption, signal }: CommandContext,
  options: { readonly threads?: number },
  id = '',
): Promise<void> {
  const path = runPath(homeAt(homeOption, process.env), id);
  const result = await replay(path, {
    threads: options.threads ?? availableParallelism(),
    signal,
    onRound: (summary) => output.progress(`… round ${summary.round + 1}`),
  });
  if (!result.identical) {
    throw new ShoalError('replay_diverged', `The replay of ${id} differs from its record from round ${result.divergedAt} on.`, {
      hint: 'The file was changed, or another version of the engine wrote it; compare engineHash in its manifest.',
      details: { ...result },
    });
  }
  output.result(result, `identical: ${result.replayed} over ${result.rounds} rounds`);
}
