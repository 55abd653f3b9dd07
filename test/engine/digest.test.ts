// The promise of the engine: same inputs, same bytes, whatever runs them and however often it is interrupted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createInlineExecutor, createThreadExecutor, type Executor } from '../../engine/execution/executor.ts';
import { GENESIS } from '../../engine/record/digest.ts';
import { openRecord } from '../../engine/record/record.ts';
import { createControl } from '../../engine/rounds/control.ts';
import { createDecider } from '../../engine/rounds/decider.ts';
import { shardsOf } from '../../engine/rounds/packed.ts';
import { replay } from '../../engine/rounds/rehearse.ts';
import { openWorld } from '../../engine/rounds/run.ts';
import { createWorldState } from '../../engine/rounds/world-state.ts';
import { viewOf, type FixedWorld } from '../../engine/rounds/world.ts';
import type { RoundSummary, WorldSpec } from '#engine/contract';
import { digestOf, recordedRun, temporaryFolder } from './fixtures-run.ts';
import { syntheticSpec } from './fixtures-world.ts';

const interventions = [{ round: 2, text: 'The minister has resigned.', issue: 0, stance: 0.9, reach: 0.4 }];
/** Three shards. */
const large = syntheticSpec({ size: 9000, rounds: 4, scenario: { interventions } });

async function digestWith(spec: WorldSpec, executorFor: (fixed: FixedWorld) => Executor): Promise<string> {
  const world = createWorldState(spec);
  const rounds: RoundSummary[] = [];
  const control = createControl({
    world,
    executor: executorFor(world.fixed),
    journal: { commit: ({ summary }) => void rounds.push(summary), storeIntervention: () => undefined, close: () => undefined },
    questions: [[0]],
    interventions: spec.scenario.interventions,
    digest: GENESIS,
    thinker: undefined,
    options: { threads: 0 },
  });
  await control.run();
  await control.close();
  return rounds.at(-1)?.digest ?? '';
}

const backwards = (fixed: FixedWorld): Executor => ({
  map: (stage, shards) =>
    Promise.resolve(
      shards
        .toReversed()
        .map((shard) => createDecider(viewOf(fixed, stage)).decide(shard))
        .toReversed(),
    ),
  close: () => Promise.resolve(),
});

/** Decides in shards of this size, whatever it is asked for. */
const inShardsOf =
  (shardSize: number) =>
  (fixed: FixedWorld): Executor => {
    const inline = createInlineExecutor(fixed);
    return { ...inline, map: (stage) => inline.map(stage, shardsOf(fixed.size, shardSize)) };
  };

describe('the run digest', () => {
  it('is the same for 0, 1, 2, 4 and 8 threads', async () => {
    const digests = [];
    for (const threads of [0, 1, 2, 4, 8]) digests.push(await digestOf(large, threads));
    expect(new Set(digests).size).toBe(1);
  }, 120_000);

  it('is the same for any shard size', async () => {
    const digests = [await digestWith(large, createInlineExecutor)];
    for (const shardSize of [1, 700, 1000, 9000]) digests.push(await digestWith(large, inShardsOf(shardSize)));
    expect(new Set(digests).size).toBe(1);
  });

  it('does not depend on the order in which shards are decided', async () => {
    expect(await digestWith(large, backwards)).toBe(await digestWith(large, createInlineExecutor));
  });

  it('is the same with a record as without', async () => {
    using folder = temporaryFolder();
    for (const [name, spec, threads] of [
      ['small', syntheticSpec({ rounds: 10 }), 0],
      ['written-behind', large, 2],
    ] as const) {
      await recordedRun(folder.path(name), spec, { threads });
      const record = openRecord(folder.path(name));
      expect(record.digest).toBe(await digestOf(spec));
      expect(record.rounds).toBe(spec.scenario.clock.rounds);
      record.close();
    }
  });

  it('survives worker threads that die, by issuing their shards again', async () => {
    using folder = temporaryFolder();
    process.env['SHOAL_TEST_CRASH_MARK'] = folder.path('crashed');
    const worker = new URL('./fixtures-crashing-worker.ts', import.meta.url).href;
    const digest = await digestWith(large, (fixed) => createThreadExecutor(fixed, 2, worker));
    expect(existsSync(folder.path('crashed'))).toBe(true);
    expect(digest).toBe(await digestOf(large));
  });

  it('gives up with worker_failed when a shard fails again and again', async () => {
    const worker = new URL('./fixtures-failing-worker.ts', import.meta.url).href;
    const run = digestWith(large, (fixed) => createThreadExecutor(fixed, 1, worker));
    await expect(run).rejects.toThrowError(expect.objectContaining({ code: 'worker_failed' }));
  });
});

describe('a run killed with SIGKILL', () => {
  const child = fileURLToPath(new URL('./fixtures-run-child.ts', import.meta.url));
  it.each([
    { killAfter: 1, size: 300, rounds: 60, threads: 0 },
    { killAfter: 16, size: 300, rounds: 60, threads: 0 },
    { killAfter: 2, size: 5000, rounds: 12, threads: 2 },
  ])('resumes after round $killAfter of $rounds, $threads threads, to the digest of an unbroken run', async (killed) => {
    const { killAfter, size, rounds, threads } = killed;
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const numbers = [size, rounds, threads].map(String);
    const process_ = spawn(process.execPath, [child, path, ...numbers], { stdio: ['ignore', 'pipe', 'inherit'] });
    let seen = 0;
    for await (const chunk of process_.stdout) {
      seen += String(chunk).split('\n').length - 1;
      if (seen > killAfter) break;
    }
    process_.kill('SIGKILL');
    if (process_.exitCode === null && process_.signalCode === null) await once(process_, 'exit');
    const world = await openWorld(path, { threads });
    // What was told of is there; at most one round more was on its way.
    expect(world.round).toBeGreaterThan(killAfter);
    expect(world.round).toBeLessThan(rounds);
    expect(await world.run()).toBe('finished');
    await world.close();
    const record = openRecord(path);
    expect(record.digest).toBe(await digestOf(syntheticSpec({ size, rounds, scenario: { interventions } })));
    record.close();
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: true, rounds, divergedAt: undefined });
  });
});
