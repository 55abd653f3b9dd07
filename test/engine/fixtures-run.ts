// Runs of synthetic worlds in real files, for tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunFile, RunOptions, WorldSpec } from '#engine/contract';
import { createRunFile } from '../../engine/record/run-file.ts';
import { runMember } from '../../engine/rounds/rehearse.ts';
import { createWorld } from '../../engine/rounds/run.ts';

/** A folder of its own, removed when the test ends: `using folder = temporaryFolder()`. */
export function temporaryFolder(): Disposable & { readonly path: (name: string) => string } {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-engine-'));
  return {
    path: (name) => join(folder, name),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const runFileFor = (path: string, spec: WorldSpec): RunFile =>
  createRunFile(path, {
    runId: 'run-1',
    title: spec.scenario.title,
    createdAt: '2026-01-01T00:00:00.000Z',
    scenario: spec.scenario,
    scenarioHash: 'a'.repeat(64),
  });

/** Lives a whole world into a file at `path`. */
export async function recordedRun(path: string, spec: WorldSpec, options: RunOptions = { threads: 0 }): Promise<void> {
  const file = runFileFor(path, spec);
  const world = await createWorld(file, spec, options);
  await world.run();
  await world.close();
  file.close();
}

export const digestOf = async (spec: WorldSpec, threads = 0): Promise<string> => (await runMember(spec, { threads })).digest;
