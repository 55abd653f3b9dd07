// Worlds lived without a record: ensemble members, and replays that check one.
import { ShoalError } from '#foundation';
import type { MemberResult, ReplayResult, RoundSummary, RunControl, RunOptions, WorldSpec } from '../contract.ts';
import { createExecutor } from '../execution/executor.ts';
import { GENESIS } from '../record/digest.ts';
import { specOf } from '../record/restore.ts';
import { readDecisions, readInterventions, readSummaries } from '../record/round-log.ts';
import { databaseOf, openRunFile } from '../record/run-file.ts';
import { createControl, type ControlParts, type Journal } from './control.ts';
import { shardsOf } from './packed.ts';
import { createRememberer } from './thinker.ts';
import { createWorldState } from './world-state.ts';
import type { World } from './world.ts';

/** A world whose rounds go to `commit` and nowhere else. */
export function rehearse(
  spec: WorldSpec,
  parts: Pick<ControlParts, 'interventions' | 'thinker' | 'options'> &
    Pick<Journal, 'commit'> & {
      /** What has happened before the first round to be lived. */
      readonly prepare?: (world: World) => void;
    },
): RunControl {
  const world = createWorldState(spec);
  parts.prepare?.(world);
  return createControl({
    ...parts,
    world,
    executor: createExecutor(world.fixed, parts.options.threads, shardsOf(world.fixed.size).length),
    journal: { commit: parts.commit, storeIntervention: () => undefined, close: () => undefined },
    questions: spec.framing.questions.map(({ issues }) => issues),
    digest: GENESIS,
  });
}

/** Lives the same world with another seed and leaves no record. Everyone decides by the crowd rules. */
export async function runMember(spec: WorldSpec, options: RunOptions): Promise<MemberResult> {
  const rounds: RoundSummary[] = [];
  const interventions = spec.scenario.interventions.toSorted((left, right) => left.round - right.round);
  const commit: Journal['commit'] = ({ summary }) => void rounds.push(summary);
  const member = rehearse(spec, { interventions, thinker: undefined, options, commit });
  try {
    if ((await member.run()) !== 'finished') throw new ShoalError('cancelled', 'The ensemble member was cancelled.');
  } finally {
    await member.close();
  }
  const last = rounds.at(-1) as RoundSummary;
  return { seed: spec.seed, digest: last.digest, rounds, final: last.measures };
}

/** Recomputes every committed round from the file's own inputs and compares digests; the file is not changed. */
export async function replay(path: string, options: RunOptions): Promise<ReplayResult> {
  const file = openRunFile(path);
  try {
    const database = databaseOf(file);
    const recorded = readSummaries(database);
    let divergedAt: number | undefined;
    let replayed = GENESIS;
    const again = rehearse(specOf(file).spec, {
      interventions: readInterventions(database),
      thinker: createRememberer((round) => readDecisions(database, round)),
      options,
      commit: ({ summary }) => {
        replayed = summary.digest;
        if (summary.digest !== recorded[summary.round]?.digest) divergedAt ??= summary.round;
      },
    });
    try {
      while (again.round < recorded.length) {
        options.signal?.throwIfAborted();
        await again.step();
      }
    } finally {
      await again.close();
    }
    const digest = recorded.at(-1)?.digest ?? GENESIS;
    return { identical: divergedAt === undefined, recorded: digest, replayed, divergedAt, rounds: recorded.length };
  } finally {
    file.close();
  }
}
