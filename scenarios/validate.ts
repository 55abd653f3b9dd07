// From an unknown value to a Scenario or the full list of what is wrong with it. Two layers: the schema (keys,
// types, ranges) and the rules that span keys (issues there are at most eight, interventions fall inside the clock).
import type { z } from 'zod';
import { ScenarioSchema } from './contract.ts';
import type { Question, Scenario } from './contract.ts';
import { nearest } from './nearest.ts';
import type { KeyPath, Problem } from './problems.ts';
import { expectationAt, keysAt, pathsNamed } from './schema-words.ts';

/** A row of the behaviour table, as far as a scenario needs it to check its overrides. */
export interface BehaviourRow {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

export type Validation =
  | { readonly kind: 'valid'; readonly scenario: Scenario }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

const MAX_ISSUES = 8;

/** `behaviour` is the engine's table; without it, names of behaviour parameters are left to the engine. */
export function validate(value: unknown, behaviour?: readonly BehaviourRow[]): Validation {
  const parsed = ScenarioSchema.safeParse(value);
  if (!parsed.success) return { kind: 'invalid', problems: parsed.error.issues.flatMap((issue) => schemaProblems(value, issue)) };
  const problems = [
    ...questionProblems(parsed.data.questions),
    ...platformProblems(parsed.data),
    ...interventionProblems(parsed.data),
    ...behaviourProblems(parsed.data.behaviour, behaviour),
    ...dynamicsProblems(parsed.data),
    ...priorProblems(parsed.data.priors, behaviour),
  ];
  return problems.length === 0 ? { kind: 'valid', scenario: parsed.data } : { kind: 'invalid', problems };
}

function schemaProblems(root: unknown, issue: z.core.$ZodIssue): readonly Problem[] {
  const path = issue.path.filter((step): step is string | number => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key));
  const found = valueAt(root, path);
  const expected = `expected ${issue.code === 'invalid_format' && issue.format === 'regex' ? issue.message : expectationAt(path)}`;
  if (found === undefined) return [{ path, message: `is missing: ${expected}` }];
  return [{ path, message: `is ${shortly(found)}: ${expected}` }];
}

function unknownKey(path: KeyPath, key: string): Problem {
  const here = keysAt(path);
  const suggestion = nearest(key, here) ?? pathsNamed(key)[0] ?? undefined;
  const help = suggestion === undefined ? `known here: ${here.join(', ')}` : `did you mean \`${suggestion}\`?`;
  return { path: [...path, key], message: `is not a known key; ${help}`, atKey: true };
}

/** Issues that a question makes, or undefined where its options are still to be framed. */
function issueCount(question: Question): number | undefined {
  if (question.options !== undefined) return question.options.length;
  return question.kind === 'categorical' ? undefined : 1;
}

function questionProblems(questions: readonly Question[]): readonly Problem[] {
  const problems: Problem[] = [];
  for (const [index, question] of questions.entries()) {
    const at = (key: string): KeyPath => ['questions', index, key];
    const categorical = question.kind === 'categorical' || question.options !== undefined;
    if (question.kind === 'binary' && question.options !== undefined) {
      problems.push({
        path: at('options'),
        message: 'stands on a binary question, which is answered yes or no; remove it or write `kind: categorical`',
      });
      continue;
    }
    for (const key of ['proposition', 'threshold', 'baseRate'] as const) {
      if (categorical && question[key] !== undefined) {
        problems.push({
          path: at(key),
          message: 'belongs to binary questions only; a categorical one is answered by its leading option',
        });
      }
    }
    const options = (question.options ?? []).map((option) => option.trim().toLowerCase());
    const repeated = options.findIndex((option, position) => options.indexOf(option) !== position);
    if (repeated !== -1) problems.push({ path: [...at('options'), repeated], message: 'says the same as an option before it' });
  }
  const issues = questions.reduce((sum, question) => sum + (issueCount(question) ?? 0), 0);
  if (issues > MAX_ISSUES) {
    problems.push({
      path: ['questions'],
      message: `make ${issues} issues (one per binary question, one per option), and a world holds at most ${MAX_ISSUES}`,
    });
  }
  return problems;
}

function platformProblems(scenario: Scenario): readonly Problem[] {
  const kinds = scenario.platforms.map((platform) => platform.kind);
  const repeated = kinds.findIndex((kind, position) => kinds.indexOf(kind) !== position);
  const problems: Problem[] =
    repeated === -1 ? [] : [{ path: ['platforms', repeated, 'kind'], message: `repeats ${kinds[repeated]}: each kind once` }];
  for (const [index, { kind, feed, market }] of scenario.platforms.entries()) {
    const at = (...keys: string[]): KeyPath => ['platforms', index, ...keys];
    if (market !== undefined && kind !== 'market') {
      problems.push({ path: at('market'), message: `stands on a ${kind}; it belongs to a platform of kind market`, atKey: true });
    }
    if (feed !== undefined && kind === 'market') {
      problems.push({ path: at('feed'), message: 'stands on a market, where nothing is posted', atKey: true });
    }
    if (kind !== 'chat') continue;
    for (const key of Object.keys(feed ?? {}).filter((name) => name !== 'size')) {
      problems.push({
        path: at('feed', key),
        message: 'weighs nothing in a chat, where one reads one’s groups; only `size` does',
        atKey: true,
      });
    }
  }
  if (kinds.every((kind) => kind === 'market')) {
    problems.push({
      path: ['platforms'],
      message: 'are a market only: add a microblog, a forum or a chat, where opinions are formed',
    });
  }
  return problems;
}

function interventionProblems(scenario: Scenario): readonly Problem[] {
  const counts = scenario.questions.map(issueCount);
  const issues = counts.includes(undefined) ? MAX_ISSUES : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return scenario.interventions.flatMap((intervention, index) => {
    const problems: Problem[] = [];
    if (intervention.round >= scenario.clock.rounds) {
      const last = scenario.clock.rounds - 1;
      problems.push({
        path: ['interventions', index, 'round'],
        message: `is ${intervention.round}, after the end: rounds are counted from 0 and \`clock.rounds\` makes ${last} the last`,
      });
    }
    if (intervention.issue >= issues) {
      problems.push({
        path: ['interventions', index, 'issue'],
        message: `is ${intervention.issue}, but the questions make ${issues === 1 ? 'only issue 0' : `issues 0 to ${issues - 1}`}`,
      });
    }
    return problems;
  });
}

function behaviourProblems(
  overrides: Readonly<Record<string, number>>,
  table: readonly BehaviourRow[] | undefined,
): readonly Problem[] {
  if (table === undefined) return [];
  return Object.entries(overrides).flatMap(([name, value]): readonly Problem[] => {
    const path = ['behaviour', name];
    const row = table.find((candidate) => candidate.name === name);
    if (row === undefined) {
      const suggestion = nearest(
        name,
        table.map((candidate) => candidate.name),
      );
      const help = suggestion === undefined ? '`npx shoal doctor --behaviour` lists them' : `did you mean \`${suggestion}\`?`;
      return [{ path, message: `is not a behaviour parameter; ${help}`, atKey: true }];
    }
    if (value >= row.min && value <= row.max) return [];
    return [{ path, message: `is ${value}: expected a number from ${row.min} to ${row.max}` }];
  });
}

/** What a named dynamics does not read may not stand beside it: agents then look at each other, not at feeds. */
const READ_BY_DYNAMICS: ReadonlySet<string> = new Set(['shift-threshold']);

function dynamicsProblems({ dynamics, behaviour, platforms }: Scenario): readonly Problem[] {
  if (dynamics.name === 'crowd') return [];
  const message = `has no effect with \`dynamics: ${dynamics.name}\`; remove it, or let the crowd live by its rules`;
  return [
    ...Object.keys(behaviour)
      .filter((name) => !READ_BY_DYNAMICS.has(name))
      .map((name) => ({ path: ['behaviour', name], message, atKey: true })),
    ...platforms.flatMap(({ feed }, index) =>
      feed === undefined ? [] : [{ path: ['platforms', index, 'feed'], message, atKey: true }],
    ),
  ];
}

function priorProblems(priors: Scenario['priors'], table: readonly BehaviourRow[] | undefined): readonly Problem[] {
  return Object.entries(priors).flatMap(([name, [low, high]]): readonly Problem[] => {
    if (low >= high) return [{ path: ['priors', name], message: `is ${low} to ${high}: expected two numbers, the lower first` }];
    const ends = [...behaviourProblems({ [name]: low }, table), ...behaviourProblems({ [name]: high }, table)];
    return ends.slice(0, 1).map((problem) => ({ ...problem, path: ['priors', name] }));
  });
}

function valueAt(root: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[step] : undefined,
    root,
  );
}

function shortly(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a group of keys';
  if (typeof value !== 'string') return `${value as number | boolean}`;
  return value.length <= 60 ? `"${value}"` : `"${value.slice(0, 58)}…" (${value.length} characters)`;
}
