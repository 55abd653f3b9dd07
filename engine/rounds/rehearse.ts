// Worlds lived without a record: ensemble members, and replays that check one.
import { ShoalError } from '#foundation';
import type { MemberResult, ReplayResult, RoundSummary, RunControl, RunFile, RunOptions, WorldSpec } from '../contract.ts';
import { createExecutor } from '../execution/executor.ts';
import { GENESIS } from '../record/digest.ts';
import { restore } from '../record/restore.ts';
import { readDecisions, readInterventions, readSummaries } from '../record/round-log.ts';
import { databaseOf, openRunFile } from '../record/run-file.ts';
import { lifeOf, type Segment } from '../record/segments.ts';
import { changeWorld } from './change.ts';
import { createControl, type ControlParts, type Journal } from './control.ts';
import { shardsOf } from './packed.ts';
import { createRememberer } from './thinker.ts';
import { createWorldState } from './world-state.ts';

/** A world whose rounds go to `commit` and nowhere else. */
export function rehearse(
  spec: WorldSpec,
  parts: Pick<ControlParts, 'world' | 'digest' | 'interventions' | 'thinker' | 'options'> & Pick<Journal, 'commit'>,
): RunControl {
  return createControl({
    ...parts,
    executor: createExecutor(parts.world.fixed, parts.options.threads, shardsOf(parts.world.fixed.size).length),
    journal: { commit: parts.commit, storeIntervention: () => undefined, close: () => undefined },
    questions: spec.framing.questions.map(({ issues }) => issues),
  });
}

/** Lives the same world with another seed and leaves no record. Everyone decides by the crowd rules. */
export async function runMember(spec: WorldSpec, options: RunOptions): Promise<MemberResult> {
  const interventions = spec.scenario.interventions.toSorted((left, right) => left.round - right.round);
  return liveMember(spec, { world: createWorldState(spec), digest: GENESIS, interventions }, [], options);
}

/** The same for a fork: the past is the fork's own, and another seed holds from its first own round on. */
export async function runForkMember(path: string, seed: number, options: RunOptions): Promise<MemberResult> {
  const file = openRunFile(path);
  try {
    const { segments } = lifeOf(file);
    const { from, spec } = segments.at(-1) as Segment;
    const { world, digest, interventions } = restore(file, { segments, rounds: from, check: 'checksums' });
    const past = readSummaries(databaseOf(file)).slice(0, from);
    const reseeded = { ...world, fixed: { ...world.fixed, seed } };
    return await liveMember({ ...spec, seed }, { world: reseeded, digest, interventions }, past, options);
  } finally {
    file.close();
  }
}

async function liveMember(
  spec: WorldSpec,
  start: Pick<ControlParts, 'world' | 'digest' | 'interventions'>,
  past: readonly RoundSummary[],
  options: RunOptions,
): Promise<MemberResult> {
  const rounds = [...past];
  const commit: Journal['commit'] = ({ summary }) => void rounds.push(summary);
  const member = rehearse(spec, { ...start, thinker: undefined, options, commit });
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
    const recorded = readSummaries(databaseOf(file));
    let divergedAt: number | undefined;
    const replayed = await liveAgain(file, recorded.length, options, ({ summary }) => {
      if (summary.digest !== recorded[summary.round]?.digest) divergedAt ??= summary.round;
    });
    const digest = recorded.at(-1)?.digest ?? GENESIS;
    return { identical: divergedAt === undefined, recorded: digest, replayed, divergedAt, rounds: recorded.length };
  } finally {
    file.close();
  }
}

/** Lives the first rounds of a file from its own inputs, through all its segments; returns the digest. */
export async function liveAgain(file: RunFile, rounds: number, options: RunOptions, commit: Journal['commit']): Promise<string> {
  const database = databaseOf(file);
  const interventions = readInterventions(database);
  const thinker = createRememberer((round) => readDecisions(database, round));
  const { segments } = lifeOf(file);
  let digest = GENESIS;
  let world = createWorldState((segments[0] as Segment).spec);
  for (const [index, { from, spec, leaving }] of segments.entries()) {
    if (from >= rounds && index > 0) break;
    if (index > 0) world = changeWorld(world, spec, leaving);
    const end = Math.min(segments[index + 1]?.from ?? rounds, rounds);
    const again = rehearse(spec, {
      world,
      digest,
      interventions,
      thinker,
      options,
      commit: async (outcome, now) => {
        await commit(outcome, now);
        ({ digest } = outcome.summary);
      },
    });
    try {
      while (again.round < end) {
        options.signal?.throwIfAborted();
        await again.step();
      }
    } finally {
      await again.close();
    }
  }
  return digest;
}
