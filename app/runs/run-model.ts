// Which model a run thinks with, and what its calls are charged to: said once for pipeline, chats, views and estimates.
import type { Gateway, ModelInfo } from '#gateway/contract';
import type { Scenario } from '#scenarios/contract';

export const EMBEDDED_MODEL = 'embedded/rules-1';
export const NANO_PER_USD = 1e9;

export const modelOf = ({ models }: Scenario): string => models.model ?? EMBEDDED_MODEL;

/** The node of the budget tree that all calls of a run are charged to. */
export const budgetOf = (runId: string): string => `run:${runId}`;

/** A model that nobody lists may still be one of a configured provider; then nothing is known of it but its name. */
export function modelInfoOf(gateway: Gateway, scenario: Scenario): ModelInfo {
  const id = modelOf(scenario);
  const known = gateway.models().find((model) => model.id === id);
  return known ?? { id, kind: 'provider', price: undefined, contextTokens: 0, maxOutputTokens: 0, available: false };
}
