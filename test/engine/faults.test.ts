// What goes wrong around a run: the process dies, the disk is full, the file is damaged. A run comes to the same
// digest all the same, or it says what is lost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { ShoalError, randomKey, randomStream } from '#foundation';
import { describe, expect, it } from 'vitest';
import { openRecord } from '../../engine/record/record.ts';
import { databaseOf, openRunFile } from '../../engine/record/run-file.ts';
import { inspectRecord, repairRecord } from '../../engine/rounds/repair.ts';
import { replay } from '../../engine/rounds/rehearse.ts';
import { createWorld, openWorld } from '../../engine/rounds/run.ts';
import { digestOf, recordedRun, runFileFor, temporaryFolder } from './fixtures-run.ts';
import { syntheticSpec } from './fixtures-world.ts';

const interventions = [{ round: 2, text: 'The minister has resigned.', issue: 0, stance: 0.9, reach: 0.4 }];
const CHILD = fileURLToPath(new URL('./fixtures-run-child.ts', import.meta.url));

describe('a process killed with SIGKILL', () => {
  it('at twenty random instants of one run, comes to the digest of an unbroken run', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const random = randomStream(randomKey(20, 'kills'));
    const rounds = 1200;
    let alive = 0;
    for (let kill = 0; kill < 20; kill++) {
      const child = spawn(process.execPath, [CHILD, path, '300', String(rounds), '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
      // Some while it starts or reads its file, most while it lives rounds.
      if (kill % 4 === 0) await sleep(60 + 200 * random.next());
      else {
        await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
        await sleep(120 * random.next());
      }
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      if (child.signalCode === 'SIGKILL') alive++;
    }
    expect(alive).toBe(20);
    const world = await openWorld(path, { threads: 0 });
    expect(world.round).toBeGreaterThan(10);
    await world.run();
    await world.close();
    const record = openRecord(path);
    expect(record.digest).toBe(await digestOf(syntheticSpec({ size: 300, rounds, scenario: { interventions } })));
    record.close();
  }, 240_000);
});

const spec = syntheticSpec({ size: 300, rounds: 30, scenario: { interventions } });

describe('a full disk', () => {
  it('fails with advice, loses no committed round, and is resumed to the same digest', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const file = runFileFor(path, spec);
    const world = await createWorld(file, spec, { threads: 0 });
    for (let round = 0; round < 5; round++) await world.step();
    const database = databaseOf(file);
    const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
    database.exec(`PRAGMA max_page_count = ${pages + 12}`);
    await expect(world.run()).rejects.toThrowError(
      expect.objectContaining({ code: 'storage_failed', hint: expect.stringMatching(/disk space and resume/) }),
    );
    const reached = world.round;
    await world.close();
    file.close();

    const again = await openWorld(path, { threads: 0 });
    expect(again.round).toBeGreaterThanOrEqual(5);
    expect(again.round).toBeLessThanOrEqual(reached);
    expect(again.round).toBeLessThan(30);
    await again.run();
    await again.close();
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: true, recorded: await digestOf(spec) });
  });
});

describe('a file with a flipped byte', () => {
  it('anywhere, resumes to the same digest or says that it is damaged and where', async () => {
    using folder = temporaryFolder();
    const [whole, path] = [folder.path('whole.sqlite'), folder.path('run.sqlite')];
    const file = runFileFor(whole, spec);
    const world = await createWorld(file, spec, { threads: 0 });
    for (let round = 0; round < 20; round++) await world.step();
    await world.close();
    file.close();
    const expected = await digestOf(spec);
    const random = randomStream(randomKey(7, 'flips'));
    const { size } = statSync(whole);
    const ends: { readonly at: number; readonly end: string }[] = [];
    for (let flip = 0; flip < 60; flip++) {
      copyFileSync(whole, path);
      const bytes = readFileSync(path);
      const at = random.below(size);
      bytes[at] = (bytes[at] ?? 0) ^ (1 + random.below(255));
      writeFileSync(path, bytes);
      ends.push({ at, end: await endOf(path) });
    }
    const said = /^(record_corrupt|storage_failed): .*(damaged|does not match|malformed|cannot be)/i;
    expect(ends.filter(({ end }) => end !== expected && !said.test(end))).toEqual([]);
    expect(ends.filter(({ end }) => end === expected).length).toBeGreaterThan(5);
    expect(ends.filter(({ end }) => said.test(end)).length).toBeGreaterThan(5);
  }, 120_000);
});

/** The digest that a run comes to when it is resumed, or what is said instead. */
async function endOf(path: string): Promise<string> {
  try {
    const world = await openWorld(path, { threads: 0 });
    try {
      await world.run();
    } finally {
      await world.close();
    }
    const record = openRecord(path);
    const { digest } = record;
    record.close();
    return digest;
  } catch (error) {
    if (!(error instanceof ShoalError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

function spoil(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

describe('a damaged file', () => {
  it('is told part by part, and lived again into a sound one with the same digest', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    await recordedRun(path, spec);
    const file = openRunFile(path);
    file.putJson('report', { title: 'kept' });
    file.putJson('forecast', { title: 'lost' });
    file.close();
    expect(inspectRecord(path)).toEqual({ sound: true, rounds: 30, damaged: [], essential: [], beside: [] });
    spoil(
      path,
      `UPDATE rounds SET batch = x'0102' WHERE round = 7; UPDATE rounds SET rows = x'' WHERE round = 9;
       UPDATE rounds SET summary = '{' WHERE round = 12; UPDATE checkpoints SET state = x'00' WHERE round = 23;
       UPDATE artifacts SET json = '{}' WHERE name = 'forecast'`,
    );
    const found = inspectRecord(path);
    expect(found).toMatchObject({ sound: false, rounds: 30, essential: [], beside: ['forecast'] });
    expect(found.damaged.map(({ round, what }) => `${round} ${what}`)).toEqual([
      '7 events',
      '9 changed agents',
      '12 summary',
      '23 checkpoint',
    ]);
    const repaired = await repairRecord(path, { threads: 0 });
    expect(repaired.digest).toBe(await digestOf(spec));
    expect(existsSync(repaired.kept)).toBe(true);
    expect(inspectRecord(path)).toMatchObject({ sound: true, rounds: 30 });
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: true });
    const record = openRecord(path);
    expect([record.artifact('report'), record.artifact('forecast')]).toEqual([{ title: 'kept' }, undefined]);
    record.close();
  });

  it('with torn pages names what is gone, and is lived again where its inputs are whole', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    await recordedRun(path, spec);
    const page = 4096;
    const bytes = readFileSync(path);
    const database = new DatabaseSync(path, { readOnly: true });
    const batch = database.prepare('SELECT batch FROM rounds WHERE round = 18').get()?.['batch'] as Uint8Array;
    database.close();
    // The page that holds the end of round 18's events.
    const at = bytes.indexOf(Buffer.from(batch.subarray(batch.length - 40)));
    expect(at).toBeGreaterThan(0);
    bytes.fill(0, at - (at % page), at - (at % page) + page);
    writeFileSync(path, bytes);
    const found = inspectRecord(path);
    expect(found.damaged.length).toBeGreaterThan(0);
    expect(found.damaged.map(({ round }) => round)).toContain(18);
    expect((await repairRecord(path, { threads: 0 })).digest).toBe(await digestOf(spec));
  });

  it('that lost an input says which, and stays as it is', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    await recordedRun(path, spec);
    spoil(path, "UPDATE artifacts SET bytes = x'00' WHERE name = 'population'");
    const before = readFileSync(path);
    await expect(repairRecord(path, { threads: 0 })).rejects.toThrowError(/cannot be repaired: lost are population/);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('of which a round was rewritten is not repaired to something else', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    await recordedRun(path, spec);
    spoil(
      path,
      `UPDATE rounds SET summary_sha256 = NULL, summary = json_set(summary, '$.digest', '${'f'.repeat(64)}') WHERE round = 4`,
    );
    await expect(repairRecord(path, { threads: 0 })).rejects.toThrowError(expect.objectContaining({ code: 'replay_diverged' }));
  });
});
