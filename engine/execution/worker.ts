// A worker thread: holds the fixed world by reference and decides for ranges of agents. Keeps nothing but the
// decider of the stage under way.
import { workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { createDecider, type Decider } from '../rounds/decider.ts';
import { viewOf, type FixedWorld } from '../rounds/world.ts';
import type { WorkerTask } from './executor.ts';

const fixed = workerData as FixedWorld;
let current: { readonly stageId: number; readonly decider: Decider } | undefined;

/** Results are moved, not copied: their buffers belong to the main thread from here on. */
export default function decideShard({ stageId, stage, shard }: WorkerTask): unknown {
  if (current?.stageId !== stageId) current = { stageId, decider: createDecider(viewOf(fixed, stage)) };
  const result = current.decider.decide(shard);
  return move({ [transferableSymbol]: [result.active, result.actions, result.rows], [valueSymbol]: result });
}
