// Scenarios that are not read from a folder: made from a list of files, or changed by options of a command.
// Both go through the same validation as a file, so no door is wider than another.
import { ShoalError } from '#foundation';
import type { LoadedScenario, Scenario, ScenarioDocument, ScenarioInput } from './contract.ts';
import { scenarioHash } from './identity.ts';
import { invalidScenario } from './problems.ts';
import { validate } from './validate.ts';

/** What a person may change of a scenario from outside; undefined leaves it. */
export interface ScenarioOverrides {
  /** Instead of the scenario's own questions. */
  readonly question?: string | undefined;
  readonly title?: string | undefined;
  readonly size?: number | undefined;
  readonly rounds?: number | undefined;
  readonly ensemble?: number | undefined;
  readonly seed?: number | undefined;
  readonly model?: string | undefined;
  readonly agentShare?: number | undefined;
  readonly budgetUsd?: number | undefined;
}

/** A scenario of any files and one question; all else by default or by `overrides`. */
export function scenarioFromFiles(
  files: readonly ScenarioDocument[],
  question: string,
  overrides: Partial<ScenarioInput> = {},
): LoadedScenario {
  const text = question.trim().replaceAll(/\s+/g, ' ');
  if (text === '') {
    throw new ShoalError('question_missing', 'There are files but no question.', {
      hint: 'Ask what you want to know: --question "Will …?"',
    });
  }
  if (files.length === 0) {
    throw new ShoalError('no_documents', 'There is a question but no file.', {
      hint: 'Give at least one document that the world should start from.',
    });
  }
  const documents = withUniqueNames(files);
  const scenario = checked('The scenario made from these files', {
    name: slugOf(text),
    title: shortened(text, 120),
    description: `Made from ${files.length === 1 ? 'one file' : `${files.length} files`}.`,
    questions: [{ text }],
    ...overrides,
    documents: documents.map((document) => document.name),
  });
  return {
    scenario,
    folder: undefined,
    hash: scenarioHash(scenario, documents),
    documents,
    expectedDigest: undefined,
    notes: [],
  };
}

/**
 * The scenario with some values replaced. A shorter clock drops the interventions beyond its end and says so
 * in `notes`; an expected digest is kept only while nothing that is hashed has changed.
 */
export function withOverrides(loaded: LoadedScenario, overrides: ScenarioOverrides): LoadedScenario {
  const { scenario: before } = loaded;
  const rounds = overrides.rounds ?? before.clock.rounds;
  const kept = before.interventions.filter((intervention) => intervention.round < rounds);
  const model = overrides.model ?? before.models.model;
  const scenario = checked(`The scenario ${before.name} with these options`, {
    ...before,
    title: overrides.title ?? before.title,
    questions:
      overrides.question === undefined ? before.questions : [{ text: overrides.question.trim().replaceAll(/\s+/g, ' ') }],
    population: { ...before.population, size: overrides.size ?? before.population.size },
    clock: { ...before.clock, rounds },
    interventions: kept,
    models: { ...(model === undefined ? {} : { model }), agentShare: overrides.agentShare ?? before.models.agentShare },
    budget: { usd: overrides.budgetUsd ?? before.budget.usd },
    ensemble: overrides.ensemble ?? before.ensemble,
    seed: overrides.seed ?? before.seed,
  });
  const dropped = before.interventions.filter((intervention) => !kept.includes(intervention));
  const notes = dropped.map(
    ({ round, text }) =>
      `With ${rounds} rounds the intervention at round ${round} never comes and was left out: “${shortened(text, 80)}”`,
  );
  const hash = scenarioHash(scenario, loaded.documents);
  return {
    ...loaded,
    scenario,
    hash,
    expectedDigest: hash === loaded.hash ? loaded.expectedDigest : undefined,
    notes: [...loaded.notes, ...notes],
  };
}

function checked(subject: string, input: unknown): Scenario {
  const validation = validate(input);
  if (validation.kind === 'invalid') throw invalidScenario(subject, validation.problems);
  return validation.scenario;
}

function withUniqueNames(files: readonly ScenarioDocument[]): readonly ScenarioDocument[] {
  const taken = new Set<string>();
  return files.map(({ name, bytes }) => {
    const [, stem = name, extension = ''] = /^(.*?)(\.[^./]*)?$/s.exec(name) ?? [];
    let unique = name;
    for (let copy = 2; taken.has(unique); copy++) unique = `${stem} (${copy})${extension}`;
    taken.add(unique);
    return { name: unique, bytes };
  });
}

/** ASCII words of the text, joined by dashes; letters of other scripts leave `question`. */
function slugOf(text: string): string {
  const words = text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, 60) : `${slug}-${word}`;
    if (longer.length > 60) break;
    slug = longer;
  }
  return slug === '' ? 'question' : slug;
}

/** At most `limit` characters, cut between words where there are any. */
function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > limit / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
