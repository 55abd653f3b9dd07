// A run being put together, and the request it becomes. The request exists only when it is complete.
import { RunRequest, type ScenarioView } from '#api/contract';
import { readFiles, type Upload } from '../shared/use-uploads.ts';

export interface Draft {
  readonly question: string;
  readonly agents: number;
  readonly rounds: number;
  readonly ensemble: number;
  readonly seed: number;
  readonly model: string;
  readonly agentShare: number;
  readonly budgetUsd: number;
}

export const FIRST_DRAFT: Draft = {
  question: '',
  agents: 500,
  rounds: 48,
  ensemble: 7,
  seed: 1,
  model: '',
  agentShare: 0.05,
  budgetUsd: 1,
};

/** What a bundled scenario fills in. */
export const suggested = (scenario: ScenarioView): Partial<Draft> => ({
  question: scenario.questions[0] ?? '',
  agents: scenario.agents,
  rounds: scenario.rounds,
});

export const MAX_AGENTS = 1_000_000;
export const MAX_ROUNDS = 2000;
export const MAX_ENSEMBLE = 200;

export type Completeness =
  | { readonly kind: 'complete'; readonly request: RunRequest }
  | { readonly kind: 'incomplete'; readonly missing: string };

export function requestOf(draft: Draft, scenario: ScenarioView | undefined, uploads: readonly Upload[]): Completeness {
  const read = readFiles(uploads);
  if (scenario === undefined && uploads.some((upload) => upload.state.kind === 'sending'))
    return { kind: 'incomplete', missing: 'Waiting for the files to be read.' };
  if (scenario === undefined && read.length === 0)
    return { kind: 'incomplete', missing: 'Add at least one document that can be read, or pick a scenario.' };
  const question = draft.question.trim();
  if (scenario === undefined && question.length < 3) return { kind: 'incomplete', missing: 'Ask a question.' };
  const parsed = RunRequest.safeParse({
    ...(scenario === undefined
      ? { uploads: read, question }
      : { scenario: scenario.name, ...(question.length < 3 || question === scenario.questions[0] ? {} : { question }) }),
    agents: draft.agents,
    rounds: draft.rounds,
    ensemble: draft.ensemble,
    seed: draft.seed,
    ...(draft.model === '' ? {} : { model: draft.model, agentShare: draft.agentShare, budgetUsd: draft.budgetUsd }),
  });
  if (parsed.success) return { kind: 'complete', request: parsed.data };
  return { kind: 'incomplete', missing: parsed.error.issues[0]?.message ?? 'Something is missing.' };
}
