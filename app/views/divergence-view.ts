// How far two runs have come apart, for the page, the API and the command line.
import type { DivergenceView } from '#api/contract';
import { divergenceOf } from '#engine';
import { ShoalError } from '#foundation';
import type { RunManager } from '../runs/run-manager.ts';

/** `other`: default the run that it was forked from. Throws `invalid_input` where there is none, or no counterpart. */
export function divergenceView(runs: RunManager, id: string, other: string | undefined): DivergenceView {
  const against = other ?? runs.view(id).forkOf?.id;
  if (against === undefined) {
    throw new ShoalError('invalid_input', `Run ${id} is no fork, so it has no parent to compare it with.`, {
      hint: 'Name the other run.',
    });
  }
  const { agents, sharedUntil, rounds } = divergenceOf(runs.record(against), runs.record(id));
  return { run: id, with: against, agents, sharedUntil, rounds: rounds.map((round) => ({ ...round, shift: [...round.shift] })) };
}
