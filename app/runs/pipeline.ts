// The way of the data, once: documents → graph → framing → population → rounds → ensemble → forecast → report.
// Each stage is a durable step whose result lies in the run's file, so a run that was killed goes on at the
// first stage not done, and the rounds inside their stage at the first round not committed.
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  createPopulation,
  createWorld,
  decodePopulation,
  initialMeasures,
  openRecord,
  openWorld,
  runForkMember,
  runMember,
  storePopulation,
} from '#engine';
import type { MemberResult, Population, RoundSummary, RunControl, RunFile, WorldSpec } from '#engine/contract';
import type { LanguageModel } from '#foundation';
import type { CostRow, WorkflowHandle } from '#gateway/contract';
import { buildGraph, openGraph, readDocuments } from '#knowledge-graph';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import { forecast, frameQuestions, writeReport } from '#reports';
import type { Forecast, Report } from '#reports/contract';
import type { Framing } from '#scenarios/contract';
import { needed, readFraming, readGraph, writeGraph } from './artifacts.ts';
import type { ProgressBoard } from './progress-board.ts';
import { loadInputs } from './run-inputs.ts';
import { modelUseWords } from '../views/model-use.ts';

export interface PipelineContext {
  readonly file: RunFile;
  readonly workflow: WorkflowHandle;
  readonly model: LanguageModel;
  readonly threads: number;
  readonly board: ProgressBoard;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly costs: () => readonly CostRow[];
  /** Hands out the living world while its rounds go on, so that it can be paused, stepped and spoken to. */
  readonly onWorld: (world: RunControl | undefined) => void;
  readonly onRound: (summary: RoundSummary) => void;
}

export type PipelineEnd = 'finished' | 'paused' | 'stopped';

export async function runPipeline(context: PipelineContext): Promise<PipelineEnd> {
  const { file, workflow, signal } = context;
  // A fork begins with these; its parent made them.
  const isFork = file.json('fork') !== undefined;
  if (!isFork) await workflow.step('graph', () => graphStage(context));
  // Much of a stage is one piece of thinking: requests and Ctrl-C get their turn between the pieces.
  await nextTurn(undefined, { signal });
  const graph = readGraph(file);
  let made: Population | undefined;
  if (!isFork) {
    await workflow.step('population', async () => {
      made = await populationStage(context, graph);
    });
  }
  await nextTurn(undefined, { signal });
  const framing = readFraming(file);
  const population = made ?? decodePopulation(needed(file.blob('population'), 'population', file));
  const scenario = loadInputs(file).scenario;
  const spec: WorldSpec = { scenario, graphHash: graph.hash, framing, population, seed: scenario.seed };

  // Not a step: the record commits every round by itself, and a world that has lived is reopened at its end.
  const end = await roundsStage(context, spec);
  if (end !== 'finished') return end;
  await workflow.step('ensemble', () => ensembleStage(context, spec));
  await workflow.step('report', () => reportStage(context, graph, framing, population));
  return 'finished';
}

async function graphStage({ file, board, model, signal }: PipelineContext): Promise<void> {
  const inputs = loadInputs(file);
  board.begin('documents', 'Reading documents');
  const read = await readDocuments(inputs.documents(), {
    signal,
    onProgress: (progress) => board.advance('documents', progress),
  });
  file.putJson('rejected', read.rejected);
  board.end('documents', `${read.documents.length} read${read.rejected.length > 0 ? `, ${read.rejected.length} not` : ''}`);
  board.begin('graph', 'Finding people, organisations and what is said of them');
  let asked = '';
  const graph = await buildGraph(read, {
    model,
    seed: inputs.scenario.seed,
    signal,
    onProgress: (progress) => board.advance('graph', progress),
    onModelUse: (use) => (asked = `; asked the model: ${modelUseWords(use)}`),
  });
  writeGraph(file, graph);
  board.end(
    'graph',
    `${graph.entities.length} entities, ${graph.relations.length} relations, ${graph.claims.length} claims${asked}`,
  );
}

async function populationStage(context: PipelineContext, graph: GraphSnapshot): Promise<Population> {
  const { file, board, model, threads, signal } = context;
  const { scenario } = loadInputs(file);
  board.begin('population', 'Framing the question');
  const framing = frameQuestions({ questions: scenario.questions, graph: openGraph(graph) });
  await nextTurn(undefined, { signal });
  const population = await createPopulation({
    graph,
    framing,
    scenario,
    model,
    threads,
    signal,
    onProgress: (progress) => board.advance('population', progress),
  });
  storePopulation(file, population);
  file.putJson('framing', framing);
  board.end('population', `${population.actors.length} named actors among ${population.size} agents`);
  return population;
}

async function roundsStage(context: PipelineContext, spec: WorldSpec): Promise<PipelineEnd> {
  const { file, board, model, threads, signal } = context;
  const total = spec.scenario.clock.rounds;
  board.begin('rounds', 'Living through the rounds');
  const options = {
    threads,
    signal,
    ...(model.kind === 'provider' ? { model } : {}),
    onRound: (summary: RoundSummary): void => {
      board.advance('rounds', { done: summary.round + 1, total, message: `${summary.active} active, ${summary.events} events` });
      context.onRound(summary);
    },
  };
  const world = file.json('world') === undefined ? await createWorld(file, spec, options) : await openWorld(file, options);
  try {
    await nextTurn(undefined, { signal });
    // Handed out and begun in one turn: whoever asks it to rest finds it running.
    context.onWorld(world);
    const state = await world.run();
    // A world that was cut short by the signal also comes to rest; the run as a whole was cancelled.
    signal.throwIfAborted();
    if (state === 'paused' || state === 'stopped') return state;
  } finally {
    context.onWorld(undefined);
    await world.close();
  }
  board.end('rounds', `${total} rounds`);
  return 'finished';
}

/**
 * Members differ from the main run in their seed only: same graph, same population, decisions by the crowd rules.
 * Those of a fork share its past, so what they spread over is what may come of it. The control differs from the main
 * run only in that nobody sees anybody.
 */
async function ensembleStage({ file, board, threads, signal }: PipelineContext, spec: WorldSpec): Promise<void> {
  const { ensemble, seed } = spec.scenario;
  board.begin('ensemble', 'Living again with other seeds');
  const members = [...((file.json('members') as MemberResult[] | undefined) ?? [])];
  for (let index = members.length + 1; index < ensemble; index++) {
    signal.throwIfAborted();
    board.advance('ensemble', { done: index, total: ensemble, message: `Seed ${seed + index}` });
    const options = { threads, signal };
    members.push(
      file.json('fork') === undefined
        ? await runMember({ ...spec, seed: seed + index }, options)
        : await runForkMember(file.path, seed + index, options),
    );
    file.putJson('members', members);
  }
  file.putJson('members', members);
  if (ensemble > 1 && file.json('control') === undefined) {
    board.advance('ensemble', { done: ensemble, total: ensemble, message: 'The control without contact' });
    file.putJson('control', await runMember({ ...spec, alone: true }, { threads, signal }));
  }
  board.advance('ensemble', { done: ensemble, total: ensemble, message: '' });
  board.end('ensemble', `${ensemble} seeds`);
}

async function reportStage(
  context: PipelineContext,
  graph: GraphSnapshot,
  framing: Framing,
  population: Population,
): Promise<void> {
  const { file, board, model, signal } = context;
  board.begin('report', 'Computing the forecast');
  const record = openRecord(file.path);
  try {
    const summaries = record.summaries();
    const main: MemberResult = {
      seed: record.manifest.seed,
      digest: record.digest,
      rounds: summaries,
      final: summaries.at(-1)?.measures ?? {},
    };
    const members = [main, ...(file.json('members') as MemberResult[])];
    const forecasts: readonly Forecast[] = forecast({ framing, members, start: initialMeasures(population, framing) });
    file.putJson('forecast', forecasts);
    const report: Report = await writeReport({
      record,
      graph: openGraph(graph),
      members,
      control: file.json('control') as MemberResult | undefined,
      forecasts,
      costs: context.costs(),
      rejectedFiles: graph.rejected,
      model,
      createdAt: context.now().toISOString(),
      signal,
      onProgress: (progress) => board.advance('report', progress),
    });
    file.putJson('report', report);
    board.end('report', `${report.check.claims} claims, ${report.check.numbers} numbers checked`);
  } finally {
    record.close();
  }
}
