// The scale scenario's world without the app around it: population made once, rounds lived with or without a record.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPopulation, createRunFile, createWorld, engineSkills, runMember } from '#engine';
import type { WorldSpec } from '#engine/contract';
import { buildGraph, knowledgeGraphSkills, openGraph, readDocuments } from '#knowledge-graph';
import { frameQuestions } from '#reports';
import { embeddedModel } from '../embedded-model.ts';
import { scaleScenario } from './scale-scenario.ts';

export async function scaleWorld(size: number, rounds: number): Promise<WorldSpec> {
  const { scenario, documents } = await scaleScenario(size, rounds);
  const model = embeddedModel({ ...knowledgeGraphSkills, ...engineSkills });
  const graph = await buildGraph(await readDocuments(documents), { model, seed: scenario.seed });
  const framing = frameQuestions({ questions: scenario.questions, graph: openGraph(graph) });
  const population = await createPopulation({ graph, framing, scenario, model, threads: 2 });
  return { scenario, graphHash: graph.hash, framing, population, seed: scenario.seed };
}

export interface Lived {
  /** From the first round told of to the last: starting threads and packing the population are no part of it. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly turns: number;
}

/** Lives all rounds. `recorded`: into a file, as a run does; else like a member of an ensemble. */
export async function live(spec: WorldSpec, threads: number, recorded: boolean): Promise<Lived> {
  const marks: { time: number; cpu: number; turns: number }[] = [];
  const onRound = ({ active }: { readonly active: number }): void => {
    const { user, system } = process.cpuUsage();
    marks.push({ time: performance.now() / 1000, cpu: (user + system) / 1e6, turns: active });
  };
  if (recorded) await record(spec, threads, onRound);
  else await runMember(spec, { threads, onRound });
  const first = marks[0] ?? { time: 0, cpu: 0 };
  const last = marks.at(-1) ?? first;
  return {
    seconds: last.time - first.time,
    cpuSeconds: last.cpu - first.cpu,
    turns: marks.slice(1).reduce((sum, { turns }) => sum + turns, 0),
  };
}

async function record(spec: WorldSpec, threads: number, onRound: (summary: { readonly active: number }) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-rounds-'));
  const file = createRunFile(join(folder, 'run.sqlite'), {
    runId: 'bench',
    title: spec.scenario.title,
    createdAt: '2026-01-01T00:00:00.000Z',
    scenario: spec.scenario,
    scenarioHash: '0'.repeat(64),
  });
  try {
    const world = await createWorld(file, spec, { threads, onRound });
    await world.run();
    await world.close();
  } finally {
    file.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
