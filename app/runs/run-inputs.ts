// What a run was started with, kept inside its own file: the scenario and the bytes of its documents. So a run
// that dies before its graph is built can still go on, and a run's file needs nothing beside it.
import { z } from 'zod';
import { sha256 } from '#foundation';
import type { RunFile } from '#engine/contract';
import type { InputFile } from '#knowledge-graph/contract';
import { ScenarioSchema, type LoadedScenario, type Scenario } from '#scenarios/contract';

const StoredInputs = z.object({
  scenario: ScenarioSchema,
  hash: z.string(),
  documents: z.array(z.object({ name: z.string(), sha256: z.string() })),
  notes: z.array(z.string()),
});

export interface RunInputs {
  readonly scenario: Scenario;
  readonly hash: string;
  readonly notes: readonly string[];
  documents(): readonly InputFile[];
}

const blobName = (hash: string): string => `document:${hash}`;

export function storeInputs(file: RunFile, loaded: LoadedScenario): void {
  const documents = loaded.documents.map((document) => ({ name: document.name, sha256: sha256(document.bytes) }));
  for (const [index, document] of documents.entries())
    file.putBlob(blobName(document.sha256), loaded.documents[index]?.bytes ?? new Uint8Array());
  file.putJson('inputs', { scenario: loaded.scenario, hash: loaded.hash, documents, notes: [...loaded.notes] } satisfies z.input<
    typeof StoredInputs
  >);
}

/** The same documents under another scenario: what a fork begins with. */
export function replaceScenario(file: RunFile, scenario: Scenario, hash: string): void {
  const stored = StoredInputs.parse(file.json('inputs'));
  file.putJson('inputs', { ...stored, scenario, hash } satisfies z.input<typeof StoredInputs>);
}

export function loadInputs(file: RunFile): RunInputs {
  const stored = StoredInputs.parse(file.json('inputs'));
  return {
    scenario: stored.scenario,
    hash: stored.hash,
    notes: stored.notes,
    documents: () =>
      stored.documents.map(({ name, sha256: hash }) => ({ name, bytes: file.blob(blobName(hash)) ?? new Uint8Array() })),
  };
}
