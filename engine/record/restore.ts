// A world back from its file: what fixes it, and the fold over its committed rounds.
import { ShoalError } from '#foundation';
import type { Framing, Intervention, Scenario } from '#scenarios/contract';
import type { RunFile, RunManifest, WorldSpec } from '../contract.ts';
import { decodePopulation } from '../population/index.ts';
import { applyEvents, applyRows, beginRound } from '../rounds/apply.ts';
import { announce } from '../rounds/news.ts';
import type { World } from '../rounds/world.ts';
import { encodeBatch } from './codec.ts';
import { chainDigest, GENESIS } from './digest.ts';
import { readBatch, readRows, readSummaries } from './round-log.ts';
import { databaseOf } from './run-file.ts';

/** Throws `conflict` where no world has begun. */
export function specOf(file: RunFile): { spec: WorldSpec; manifest: RunManifest } {
  const json = databaseOf(file).prepare('SELECT manifest FROM run').get()?.['manifest'];
  if (typeof json !== 'string') {
    throw new ShoalError('conflict', `${file.path} holds no world yet.`, { hint: 'Start the run first.' });
  }
  const manifest = JSON.parse(json) as RunManifest;
  const population = decodePopulation(file.blob('population') as Uint8Array);
  const scenario = file.json('scenario') as Scenario;
  const framing = file.json('framing') as Framing;
  return { manifest, spec: { scenario, graphHash: manifest.graphHash, framing, population, seed: manifest.seed } };
}

/** Brings a fresh world to where the file's rounds leave it, checking the digest chain on the way. */
export function fold(file: RunFile, world: World, interventions: readonly Intervention[]): string {
  const database = databaseOf(file);
  const texts = database.prepare('SELECT seq, text FROM texts WHERE seq >= ? AND seq < ? ORDER BY seq');
  let digest = GENESIS;
  for (const summary of readSummaries(database)) {
    const { round } = summary;
    const batch = readBatch(database, file.path, round) as NonNullable<ReturnType<typeof readBatch>>;
    const rows = readRows(database, file.path, round);
    const written = texts
      .all(batch.firstSeq, batch.firstSeq + batch.count)
      .map((row) => ({ seq: Number(row['seq']), text: String(row['text']) }));
    beginRound(world);
    const announced = announce(
      world,
      interventions.filter((intervention) => intervention.round === round),
    );
    digest = chainDigest(digest, encodeBatch(batch), rows, [...announced.words, ...written]);
    if (digest !== summary.digest) {
      throw new ShoalError('record_corrupt', `Round ${round} of ${file.path} does not match its digest.`, {
        hint: 'Restore the file from a copy, or run the scenario again: the same seed gives the same run.',
        details: { round, path: file.path },
      });
    }
    applyEvents(world, batch);
    applyRows(world, rows);
    world.round++;
  }
  return digest;
}
