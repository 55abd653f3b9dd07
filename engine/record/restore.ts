// A world back from its file, as it was after any of its rounds: events are folded from the beginning, and what
// agents are comes from the newest checkpoint where there is one.
import { ShoalError } from '#foundation';
import type { Intervention } from '#scenarios/contract';
import type { RunFile } from '../contract.ts';
import { applyEvents, applyRows, beginRound } from '../rounds/apply.ts';
import { changeWorld } from '../rounds/change.ts';
import { announce } from '../rounds/news.ts';
import { createWorldState } from '../rounds/world-state.ts';
import type { World } from '../rounds/world.ts';
import type { StateColumns } from './checkpoint.ts';
import { encodeBatch } from './codec.ts';
import { chainDigest, GENESIS } from './digest.ts';
import { readBatch, readCheckpoint, readInterventions, readRows, readSummaries } from './round-log.ts';
import { databaseOf } from './run-file.ts';
import type { Segment } from './segments.ts';

export interface Restored {
  /** About to live round `rounds`, with the changes of a fork that begins there. */
  readonly world: World;
  /** Of the last round folded. */
  readonly digest: string;
  readonly interventions: readonly Intervention[];
}

export interface RestoreOptions {
  readonly segments: readonly Segment[];
  /** Rounds to fold; default all. */
  readonly rounds?: number;
  /**
   * `chain` computes the digest of every round again, `checksums` only of those after the newest checkpoint (what is
   * read of the others has its own checksum): a third of the work for a long run.
   */
  readonly check: 'chain' | 'checksums';
}

/** Throws `record_corrupt`, with the round, where the file is not what was written. */
export function restore(file: RunFile, options: RestoreOptions): Restored {
  const { segments } = options;
  const database = databaseOf(file);
  const texts = database.prepare('SELECT seq, text FROM texts WHERE seq >= ? AND seq < ? ORDER BY seq');
  const interventions = readInterventions(database);
  const summaries = readSummaries(database).slice(0, options.rounds);
  const checkpoint = options.check === 'checksums' ? readCheckpoint(database, file.path, summaries.length - 1, -1) : undefined;
  const skipped = checkpoint?.round ?? -1;
  let world = createWorldState((segments[0] as Segment).spec);
  const enter = (round: number): void => {
    const segment = segments.slice(1).find(({ from }) => from === round);
    if (segment !== undefined) world = changeWorld(world, segment.spec, segment.leaving);
  };
  let digest = GENESIS;
  for (const { round, digest: recorded } of summaries) {
    enter(round);
    const batch = readBatch(database, file.path, round) as NonNullable<ReturnType<typeof readBatch>>;
    beginRound(world);
    const announced = announce(
      world,
      interventions.filter((intervention) => intervention.round === round),
    );
    if (round > skipped) {
      const rows = readRows(database, file.path, round);
      const written = texts
        .all(batch.firstSeq, batch.firstSeq + batch.count)
        .map((row) => ({ seq: Number(row['seq']), text: String(row['text']) }));
      digest = chainDigest(digest, encodeBatch(batch), rows, [...announced.words, ...written]);
      if (digest !== recorded) throw brokenChain(file.path, round);
      applyEvents(world, batch);
      applyRows(world, rows);
    } else {
      digest = recorded;
      applyEvents(world, batch);
    }
    if (round === skipped) load(world, (checkpoint as NonNullable<typeof checkpoint>).state);
    world.round++;
  }
  enter(world.round);
  return { world, digest, interventions };
}

function load(world: World, state: StateColumns): void {
  for (const [name, column] of Object.entries(world.fixed.state)) column.set(state[name] as never);
}

const brokenChain = (path: string, round: number): ShoalError =>
  new ShoalError('record_corrupt', `Round ${round} of ${path} does not match its digest.`, {
    hint: 'Restore the file from a copy, or run the scenario again: the same seed gives the same run.',
    details: { round, path },
  });
