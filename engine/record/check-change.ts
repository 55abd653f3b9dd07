// What a fork may change, and what its past has fixed for good.
import { ShoalError, canonicalJson } from '#foundation';
import type { Scenario } from '#scenarios/contract';
import type { WorldChange } from '../contract.ts';
import { behaviourOf } from '../policies/behaviour.ts';
import type { Segment } from './segments.ts';

/** The parts of a scenario that the rounds lived so far, or the population, have fixed. */
const FIXED: readonly ((scenario: Scenario) => Readonly<Record<string, unknown>>)[] = [
  ({ name, documents, questions, population, interventions }) => ({ name, documents, questions, population, interventions }),
  ({ clock }) => ({ 'clock.start': clock.start, 'clock.minutesPerRound': clock.minutesPerRound }),
  ({ platforms }) => ({ 'kinds of platforms': platforms.map(({ kind }) => kind) }),
];

const refuse = (message: string, hint: string): ShoalError => new ShoalError('invalid_input', message, { hint });

/** `from` is the first round of the fork's own. Throws `invalid_input` or, where no round is left, `conflict`. */
export function checkChange({ spec }: Segment, from: number, change: WorldChange): void {
  const { scenario: before, population } = spec;
  const scenario = change.scenario ?? before;
  for (const part of FIXED) {
    for (const [name, value] of Object.entries(part(scenario))) {
      if (canonicalJson(value) === canonicalJson(part(before)[name])) continue;
      throw refuse(`A fork cannot change ${name}: the rounds that it shares rest on it.`, 'Start a new run with that instead.');
    }
  }
  behaviourOf(scenario);
  if (from >= scenario.clock.rounds) {
    throw new ShoalError('conflict', `After round ${from - 1} there is no round left to live.`, {
      hint: `Fork at an earlier round, or give it more rounds: --set clock.rounds=${from + 24}.`,
    });
  }
  for (const agent of change.remove ?? []) {
    if (agent < population.size) continue;
    throw refuse(`There is no agent ${agent} to remove.`, `Agents are numbered 0 to ${population.size - 1}.`);
  }
  if (new Set(change.remove).size + 1 >= population.size) {
    throw refuse('A fork cannot remove everybody.', 'Leave at least two agents.');
  }
  for (const { issue } of change.news ?? []) {
    if (issue < population.issues.length) continue;
    throw refuse(`There is no issue ${issue}.`, `Use 0 … ${population.issues.length - 1}.`);
  }
}
