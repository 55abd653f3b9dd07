// The identity of a scenario: one hash over everything that can change its outcome, and nothing else.
import { hashOf, sha256 } from '#foundation';
import type { Scenario, ScenarioDocument } from './contract.ts';

/** SHA-256 over the complete scenario and each document's name and content, in their order. */
export function scenarioHash(scenario: Scenario, documents: readonly ScenarioDocument[]): string {
  return hashOf({ scenario, documents: documents.map(({ name, bytes }) => ({ name, sha256: sha256(bytes) })) });
}
