// Where shards run. One interface for the main thread and for worker threads (and, later, other machines): results
// come back in shard order whatever the finishing order, and a shard whose worker died is issued again.
// Invariant: the executor never changes a result; deciders are pure, so a second try gives the same bytes.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Piscina } from 'piscina';
import { ShoalError } from '#foundation';
import { createDecider } from '../rounds/decider.ts';
import type { ShardResult, ShardTask } from '../rounds/packed.ts';
import { viewOf, type FixedWorld, type Frozen } from '../rounds/world.ts';

export interface Executor {
  map(stage: Frozen, shards: readonly ShardTask[], signal?: AbortSignal): Promise<readonly ShardResult[]>;
  close(): Promise<void>;
}

/** What one worker call is given; `stageId` tells a new stage from another shard of the same. */
export interface WorkerTask {
  readonly stageId: number;
  readonly stage: Frozen;
  readonly shard: ShardTask;
}

/** Times a shard is issued before the run gives up. */
const ATTEMPTS = 3;
const WORKER = new URL('./worker.ts', import.meta.url).href;

/** Threads only pay from two shards on; below that the main thread is quicker and gives the same bytes. */
export const usesThreads = (threads: number, shardCount: number): boolean => threads > 0 && shardCount >= 2;

export function createExecutor(fixed: FixedWorld, threads: number, shardCount: number): Executor {
  return usesThreads(threads, shardCount) ? createThreadExecutor(fixed, threads) : createInlineExecutor(fixed);
}

export function createInlineExecutor(fixed: FixedWorld): Executor {
  return {
    map: async (stage, shards, signal) => {
      const decider = createDecider(viewOf(fixed, stage));
      const results: ShardResult[] = [];
      for (const shard of shards) {
        // Lets timers, requests and Ctrl-C have their turn between shards.
        if (results.length > 0) await nextTurn(undefined, signal === undefined ? {} : { signal });
        results.push(decider.decide(shard));
      }
      return results;
    },
    close: () => Promise.resolve(),
  };
}

export function createThreadExecutor(fixed: FixedWorld, threads: number, filename = WORKER): Executor {
  const pool = new Piscina({ filename, minThreads: threads, maxThreads: threads, workerData: fixed });
  let stageId = 0;

  const issue = async (task: WorkerTask, signal: AbortSignal | undefined): Promise<ShardResult> => {
    for (let attempt = 1; ; attempt++) {
      // A shard under way is short; only what has not begun is given up.
      signal?.throwIfAborted();
      try {
        return (await pool.run(task)) as ShardResult;
      } catch (cause) {
        if (attempt < ATTEMPTS) continue;
        throw new ShoalError('worker_failed', `Agents ${task.shard.low} to ${task.shard.high - 1} failed ${ATTEMPTS} times.`, {
          cause,
          hint: 'Resume the run; with --threads 0 it needs no workers.',
          details: { round: task.stage.round, shard: task.shard.shard },
        });
      }
    }
  };

  return {
    map: (stage, shards, signal) => {
      stageId++;
      return Promise.all(shards.map((shard) => issue({ stageId, stage, shard }, signal)));
    },
    close: () => pool.close({ force: true }),
  };
}
