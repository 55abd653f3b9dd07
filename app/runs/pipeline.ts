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
  storePopulation,
} from '#engine';
import type { ForkOrigin } from '#api/contract';
import type { MemberResult, Population, RoundSummary, RunControl, RunFile, RunRecord, WorldSpec } from '#engine/contract';
import type { LanguageModel } from '#foundation';
import type { CostRow, WorkflowHandle } from '#gateway/contract';
import { buildGraph, openGraph, readDocuments } from '#knowledge-graph';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import { forecast, frameQuestions, writeReport } from '#reports';
import type { Forecast, Report } from '#reports/contract';
import { needed, readFraming, readGraph, writeGraph } from './artifacts.ts';
import { liveEnsemble, livedPlan } from './ensemble.ts';
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
  await workflow.step('ensemble', () => ensembleStage(context, spec, graph));
  await workflow.step('report', () => reportStage(context, graph, spec));
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

async function ensembleStage(context: PipelineContext, spec: WorldSpec, graph: GraphSnapshot): Promise<void> {
  const record = openRecord(context.file.path);
  try {
    await liveEnsemble({ ...context, graph }, spec, mainMember(record));
  } finally {
    record.close();
  }
}

function mainMember(record: RunRecord): MemberResult {
  const rounds = record.summaries();
  return { seed: record.manifest.seed, digest: record.digest, rounds, final: rounds.at(-1)?.measures ?? {} };
}

async function reportStage(context: PipelineContext, graph: GraphSnapshot, spec: WorldSpec): Promise<void> {
  const { framing, population } = spec;
  const { file, board, model, signal } = context;
  board.begin('report', 'Computing the forecast');
  const record = openRecord(file.path);
  try {
    const members = [mainMember(record), ...(file.json('members') as MemberResult[])];
    const lived = {
      members,
      cells: livedPlan(file, spec, model, members.length),
      control: file.json('control') as MemberResult | undefined,
    };
    const forecasts: readonly Forecast[] = forecast({ ...lived, framing, start: initialMeasures(population, framing) });
    file.putJson('forecast', forecasts);
    const report: Report = await writeReport({
      record,
      graph: openGraph(graph),
      ...lived,
      forecasts,
      costs: context.costs(),
      rejectedFiles: graph.rejected,
      fork: file.json('fork') as ForkOrigin | undefined,
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
