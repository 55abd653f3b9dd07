// `shoal run` and `shoal resume`: a scenario, or files and a question, all the way to a report.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { BEHAVIOUR } from '#engine';
import { isUrl } from '#knowledge-graph';
import { listScenarios, loadScenario, scenarioFromFiles, withOverrides } from '#scenarios';
import type { Forecast } from '#reports/contract';
import type { LoadedScenario } from '#scenarios/contract';
import type { RunView, StageView } from '#api/contract';
import { homeAt } from '../../home.ts';
import { resultOf } from '../../runs/run-result.ts';
import { writeReportFiles } from '../../runs/report-files.ts';
import { openSystem, type System } from '../../system.ts';
import type { CommandContext } from '../command-context.ts';
import { inputFiles } from '../input-files.ts';
import type { Output } from '../output.ts';

/** What a command that lives a run to its end takes. */
export interface LivingOptions {
  readonly threads?: number;
  readonly out?: string;
}

interface RunOptions extends LivingOptions {
  readonly question?: string;
  readonly seed?: number;
  readonly agents?: number;
  readonly rounds?: number;
  readonly ensemble?: number;
  readonly model?: string;
  readonly agentShare?: number;
  readonly budget?: number;
  readonly allowUrl?: boolean;
}

/** One scenario (name, folder or file), or any files and addresses together with --question. */
export async function loadOperands(
  operands: readonly string[],
  options: RunOptions,
  context: CommandContext,
): Promise<LoadedScenario> {
  const [only] = operands;
  const bundled = (await listScenarios()).some((scenario) => scenario.name === only);
  const isScenario =
    operands.length === 1 && only !== undefined && (bundled || (options.question === undefined && !isDocument(only)));
  const base = isScenario
    ? await loadScenario(only, { behaviour: BEHAVIOUR })
    : scenarioFromFiles(await inputFiles(operands, options, context), options.question ?? '');
  const { agents: size, rounds, ensemble, seed, model, agentShare, budget: budgetUsd } = options;
  const { question } = isScenario ? options : {};
  return withOverrides(base, { question, size, rounds, ensemble, seed, model, agentShare, budgetUsd });
}

/** A file or address that is no scenario: what lacks then is a question. */
const isDocument = (path: string): boolean =>
  isUrl(path) || (/\.(?!ya?ml$)\w+$/i.test(path) && existsSync(path) && statSync(path).isFile());

export async function run(context: CommandContext, options: RunOptions, ...operands: string[]): Promise<void> {
  const loaded = await loadOperands(operands, options, context);
  for (const note of loaded.notes) context.output.note(note);
  // Better now than after the run.
  if (options.out !== undefined) mkdirSync(resolve(options.out), { recursive: true });
  const system = openSystem(homeAt(context.homeOption, process.env), process.env);
  try {
    if (loaded.scenario.models.model !== undefined) system.gateway.languageModel({ model: loaded.scenario.models.model });
    const { id } = system.runs.create(loaded);
    context.output.note(`run ${id}: ${loaded.scenario.title}`);
    await liveThrough(context, system, id, options);
  } finally {
    await system.close();
  }
}

export async function resume(context: CommandContext, options: LivingOptions, id = ''): Promise<void> {
  const system = openSystem(homeAt(context.homeOption, process.env), process.env);
  try {
    await liveThrough(context, system, id, options);
  } finally {
    await system.close();
  }
}

/** Lives a run to its end and prints what it comes to, with `more` after it. */
export async function liveThrough(
  { output, signal }: CommandContext,
  system: System,
  id: string,
  options: LivingOptions,
  more?: () => { readonly value: Readonly<Record<string, unknown>>; readonly text: string },
): Promise<void> {
  const watching = new AbortController();
  const watched = watch(system, id, output, watching.signal);
  try {
    const view = await system.runs.go(id, { signal, ...(options.threads === undefined ? {} : { threads: options.threads }) });
    if (view.status !== 'finished') {
      output.note(`The run is ${view.status}. Go on with: npx shoal resume ${id}`);
      output.result({ runId: id, status: view.status, roundsDone: view.roundsDone }, `${id} ${view.status}`);
      return;
    }
    const files = await writeReportFiles(system, id, options.out);
    const result = await resultOf(system, id, files);
    const added = more?.();
    output.result(
      { ...result, ...added?.value },
      [textOf(view, result), ...(added === undefined ? [] : [added.text])].join('\n\n'),
    );
  } catch (error) {
    if (signal.aborted) output.note(`Stopped. Go on with: npx shoal resume ${id}`);
    throw error;
  } finally {
    watching.abort();
    await watched;
  }
}

/** Prints each stage as it comes and goes. */
async function watch({ runs }: System, id: string, output: Output, signal: AbortSignal): Promise<void> {
  for await (const event of runs.events(id, undefined, signal)) {
    if (event.kind === 'stage')
      output.progress(lineOf(event.stage), event.stage.state === 'done' || event.stage.state === 'failed');
  }
}

function lineOf({ stage, state, done, total, message }: StageView): string {
  const share = total > 0 && state === 'running' ? ` ${done}/${total}` : '';
  return `${state === 'done' ? '✓' : state === 'failed' ? '✗' : '…'} ${stage}${share}  ${message}`;
}

function textOf(view: RunView, result: Awaited<ReturnType<typeof resultOf>>): string {
  const answers = result.forecast.flatMap((forecast) => forecastLines(forecast, result.ensemble));
  return [
    ...answers,
    '',
    `run     ${view.id}`,
    `digest  ${result.digest}`,
    `events  ${result.events} by ${result.agents} agents in ${result.rounds} rounds, ${(result.elapsedMs / 1000).toFixed(1)} s, ${result.costUsd.toFixed(4)} USD`,
    `report  ${result.report.html}`,
  ].join('\n');
}

const share = (value: number): string => `${Math.round(value * 100)} %`;
const chances = (said: readonly { readonly option: string; readonly probability: number }[]): string =>
  said.map(({ option, probability }) => `${option} ${share(probability)}`).join(', ');

/** The forecast, what simpler methods say, and where the spread comes from. */
function forecastLines({ text, answer, options, baselines, variance }: Forecast, members: number): readonly string[] {
  return [
    `${text}\n  ${answer ?? 'no answer ahead'}  (${chances(options)}; over ${members} simulated worlds, not calibrated)`,
    ...baselines.map(({ name, options: said }) => `  ${name}: ${chances(said)}`),
    ...(variance === undefined
      ? []
      : [
          `  variance of support: parameters ${share(variance.parameters)}, population ${share(variance.populations)}, seed ${share(variance.seeds)}`,
        ]),
  ];
}
