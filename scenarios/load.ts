// Finding and reading scenarios on disk: a bundled name, a folder, or the path of a scenario.yaml.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ShoalError } from '#foundation';
import type { LoadedScenario } from './contract.ts';
import { readDocuments } from './documents.ts';
import { scenarioHash } from './identity.ts';
import { nearest } from './nearest.ts';
import { invalidScenario } from './problems.ts';
import { validate } from './validate.ts';
import type { BehaviourRow } from './validate.ts';
import { readYaml } from './yaml-source.ts';

const FILE = 'scenario.yaml';
const MAX_YAML_BYTES = 1_000_000;

export interface LoadOptions {
  /** Where bundled scenarios lie, one folder each; default: beside this file. */
  readonly bundledFolder?: string;
  /** The engine's behaviour table: with it, overrides of unknown parameters are refused by line. */
  readonly behaviour?: readonly BehaviourRow[];
}

/** A bundled scenario in a list. */
export interface ScenarioSummary {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly questions: readonly string[];
  readonly agents: number;
  readonly rounds: number;
  readonly documents: readonly string[];
}

const bundled = (options: LoadOptions): string => options.bundledFolder ?? dirname(fileURLToPath(import.meta.url));

/**
 * Reads a scenario and its documents. A bare name means a bundled scenario before a folder of the same name;
 * write `./name` for the folder. Throws `not_found` or `invalid_scenario` with every problem in it.
 */
export async function loadScenario(reference: string, options: LoadOptions = {}): Promise<LoadedScenario> {
  const file = await locate(reference, options);
  const folder = dirname(file);
  const shown = shownPath(file);
  const { value, locate: place } = readYaml(await readText(file, shown), shown);
  const validation = validate(value, options.behaviour);
  const reading = await readDocuments(folder, declaredDocuments(value));
  if (validation.kind === 'invalid' || reading.kind === 'missing') {
    const problems = [
      ...(validation.kind === 'invalid' ? validation.problems : []),
      ...(reading.kind === 'missing' ? reading.problems : []),
    ];
    throw invalidScenario(shown, problems, place);
  }
  const { scenario } = validation;
  const { documents } = reading;
  return {
    scenario,
    folder,
    hash: scenarioHash(scenario, documents),
    documents,
    expectedDigest: await expectedDigest(folder),
    notes: [],
  };
}

/** The scenarios that come with Shoal, by name. */
export async function listScenarios(options: LoadOptions = {}): Promise<readonly ScenarioSummary[]> {
  const loaded = await Promise.all((await bundledNames(options)).map((name) => loadScenario(name, options)));
  return loaded.map(({ scenario, documents }) => ({
    name: scenario.name,
    title: scenario.title,
    description: scenario.description,
    questions: scenario.questions.map((question) => question.text),
    agents: scenario.population.size,
    rounds: scenario.clock.rounds,
    documents: documents.map((document) => document.name),
  }));
}

async function locate(reference: string, options: LoadOptions): Promise<string> {
  const names = await bundledNames(options);
  if (names.includes(reference)) return join(bundled(options), reference, FILE);
  const path = resolve(reference);
  const status = await stat(path).catch(() => undefined);
  if (status?.isFile()) return path;
  if (status?.isDirectory()) {
    const inside = join(path, FILE);
    if ((await stat(inside).catch(() => undefined))?.isFile()) return inside;
    throw new ShoalError('not_found', `The folder ${reference} has no ${FILE}.`, {
      hint: `Add a ${FILE}, or give the files of the folder and a question instead.`,
    });
  }
  const suggestion = nearest(basename(reference), names);
  throw new ShoalError('not_found', `There is no scenario ${reference}.`, {
    hint: `${suggestion === undefined ? '' : `Did you mean \`${suggestion}\`? `}Give a bundled name (${names.join(', ')}), a folder with a ${FILE}, or the path of one.`,
  });
}

async function bundledNames(options: LoadOptions): Promise<readonly string[]> {
  const entries = await readdir(bundled(options), { withFileTypes: true });
  const names: string[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const status = await stat(join(bundled(options), entry.name, FILE)).catch(() => undefined);
    if (status?.isFile()) names.push(entry.name);
  }
  return names.toSorted((left, right) => (left < right ? -1 : 1));
}

async function readText(file: string, shown: string): Promise<string> {
  const { size } = await stat(file);
  if (size > MAX_YAML_BYTES) {
    throw invalidScenario(shown, [
      { path: [], message: `it is ${size} bytes long, and a scenario has at most ${MAX_YAML_BYTES}; documents belong beside it` },
    ]);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw invalidScenario(shown, [{ path: [], message: 'it is not UTF-8 text' }]);
  }
}

/** The entries that can be looked up, whatever else is wrong with the file. */
function declaredDocuments(value: unknown): readonly string[] {
  const listed = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['documents'] : undefined;
  return Array.isArray(listed) && listed.every((entry) => typeof entry === 'string' && entry !== '') ? listed : [];
}

async function expectedDigest(folder: string): Promise<string | undefined> {
  const path = join(folder, 'expected-digest');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const digest = text?.trim();
  if (digest !== undefined && !/^[0-9a-f]{64}$/.test(digest)) {
    throw new ShoalError('invalid_scenario', `${shownPath(path)} does not hold a digest (64 hexadecimal digits on one line).`, {
      hint: 'Run `npm run digests`, or remove the file.',
    });
  }
  return digest;
}

/** Below the working directory as a relative path, elsewhere as it is. */
function shownPath(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') ? file : short.split(sep).join('/');
}
