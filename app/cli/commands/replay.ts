// `shoal replay`: lives a run again from its own file and compares the digests round by round. A damaged file is told
// part by part, and repaired on request.
import { availableParallelism } from 'node:os';
import { inspectRecord, repairRecord, replay } from '#engine';
import type { RunOptions } from '#engine/contract';
import { ShoalError } from '#foundation';
import { homeAt } from '../../home.ts';
import { checkSound, damageIn } from '../../runs/damaged-file.ts';
import { runPath } from '../../runs/run-path.ts';
import type { CommandContext } from '../command-context.ts';

export async function replayRun(
  { output, homeOption, signal }: CommandContext,
  options: { readonly threads?: number; readonly repair?: boolean },
  id = '',
): Promise<void> {
  const path = runPath(homeAt(homeOption, process.env), id);
  const living: RunOptions = {
    threads: options.threads ?? availableParallelism(),
    signal,
    onRound: (summary) => output.progress(`… round ${summary.round + 1}`),
  };
  if (options.repair !== true) checkSound(id, path);
  else if (!inspectRecord(path).sound) {
    const repaired = await repairRecord(path, living);
    output.result(
      repaired,
      `repaired: ${damageIn(repaired)}\n${repaired.rounds} rounds lived again to ${repaired.digest}\nthe damaged file is kept as ${repaired.kept}`,
    );
    return;
  }
  const result = await replay(path, living);
  if (!result.identical) {
    throw new ShoalError('replay_diverged', `The replay of ${id} differs from its record from round ${result.divergedAt} on.`, {
      hint: 'The file was changed, or another version of the engine wrote it; compare engineHash in its manifest.',
      details: { ...result },
    });
  }
  output.result(result, `identical: ${result.replayed} over ${result.rounds} rounds`);
}
