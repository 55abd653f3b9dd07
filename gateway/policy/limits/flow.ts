// Whose turn a call counts as. One flow per run, else per key; a run's chat is a flow apart from its agents, or five
// thousand of them would stand before the one person who talks to it. Weights say how many turns a flow gets for one
// of the lightest.
import type { Stage } from '#foundation';
import type { Call } from '../../chain.ts';

const WEIGHT_BY_STAGE: Readonly<Record<Stage, number>> = {
  chat: 16,
  outside: 4,
  survey: 4,
  report: 2,
  extraction: 1,
  population: 1,
  agents: 1,
};

export function weightOf(call: Call): number {
  return WEIGHT_BY_STAGE[call.stage];
}

export function flowOf(call: Call): string {
  return `${call.runId ?? call.principal.keyId ?? 'local'} ${WEIGHT_BY_STAGE[call.stage]}`;
}
