// Worlds lived round by round in memory, with every event as an object.
import { EVENT_KINDS, type EventBatch, type WorldSpec } from '#engine/contract';
import { createInlineExecutor } from '../../engine/execution/executor.ts';
import { decodeBatch } from '../../engine/record/codec.ts';
import { GENESIS } from '../../engine/record/digest.ts';
import { runRound } from '../../engine/rounds/round.ts';
import { createWorldState } from '../../engine/rounds/world-state.ts';
import type { World } from '../../engine/rounds/world.ts';

export async function live(spec: WorldSpec): Promise<{ world: World; batches: EventBatch[]; active: number[] }> {
  const world = createWorldState(spec);
  const executor = createInlineExecutor(world.fixed);
  const batches: EventBatch[] = [];
  const active: number[] = [];
  for (let round = 0; round < spec.scenario.clock.rounds; round++) {
    const now = spec.scenario.interventions.filter((intervention) => intervention.round === round);
    const outcome = await runRound(world, now, GENESIS, { executor, questions: [[0]] });
    batches.push(decodeBatch(outcome.batch));
    active.push(outcome.summary.active);
  }
  return { world, batches, active };
}

export const eventsOf = (batches: readonly EventBatch[]) =>
  batches.flatMap((batch) =>
    Array.from({ length: batch.count }, (_, row) => ({
      seq: batch.firstSeq + row,
      round: batch.round,
      kind: EVENT_KINDS[batch.kind[row] ?? 0] ?? 'post',
      platform: batch.platform[row] ?? 0,
      agent: batch.agent[row] ?? 0,
      target: batch.target[row] ?? 0,
      issue: batch.issue[row] ?? 0,
      point: batch.point[row] ?? 0,
      value: batch.value[row] ?? 0,
    })),
  );
