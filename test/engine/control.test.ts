// Steering a living world: pause, step, stop, inject, resume.
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openRecord } from '../../engine/record/record.ts';
import { lookBack } from '../../engine/rounds/look-back.ts';
import { replay, runMember } from '../../engine/rounds/rehearse.ts';
import { createWorld, openWorld } from '../../engine/rounds/run.ts';
import { digestOf, recordedRun, runFileFor, temporaryFolder } from './fixtures-run.ts';
import { syntheticSpec } from './fixtures-world.ts';

const spec = syntheticSpec({ size: 80, rounds: 12 });
const news = { text: 'The minister has resigned.', issue: 0, stance: 0.9, reach: 0.6 };

describe('run control', () => {
  it('runs to the end, and running again changes nothing', async () => {
    using folder = temporaryFolder();
    const file = runFileFor(folder.path('run.sqlite'), spec);
    const world = await createWorld(file, spec, { threads: 0 });
    expect([world.state, world.round]).toEqual(['ready', 0]);
    expect(await world.run()).toBe('finished');
    expect(await world.run()).toBe('finished');
    expect(await world.step()).toBeUndefined();
    expect(world.round).toBe(12);
    await world.close();
    file.close();
  });

  it('pauses after the round under way and goes on from there', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const file = runFileFor(path, spec);
    let paused: Promise<void> | undefined;
    const world = await createWorld(file, spec, {
      threads: 0,
      onRound: ({ round }) => {
        if (round === 4) paused = world.pause();
      },
    });
    expect(await world.run()).toBe('paused');
    await paused;
    expect(world.round).toBe(5);
    const record = openRecord(path);
    expect(record.rounds).toBe(5);
    expect((await world.step())?.round).toBe(5);
    expect(record.rounds).toBe(6);
    expect(await world.run()).toBe('finished');
    expect(record.digest).toBe(await digestOf(spec));
    record.close();
    await world.close();
    file.close();
  });

  it('refuses to run twice at once, and after a stop', async () => {
    using folder = temporaryFolder();
    const file = runFileFor(folder.path('run.sqlite'), spec);
    const world = await createWorld(file, spec, { threads: 0 });
    const running = world.run();
    await expect(world.run()).rejects.toThrowError(expect.objectContaining({ code: 'conflict' }));
    await expect(world.step()).rejects.toThrowError(expect.objectContaining({ code: 'conflict' }));
    await world.stop();
    expect(await running).toBe('stopped');
    await expect(world.run()).rejects.toThrowError(expect.objectContaining({ code: 'conflict' }));
    await expect(world.pause()).rejects.toThrowError(expect.objectContaining({ code: 'conflict' }));
    await world.close();
    file.close();
    const again = await openWorld(folder.path('run.sqlite'), { threads: 0 });
    expect(await again.run()).toBe('finished');
    await again.close();
  });

  it('stops on an abort and leaves a file that resumes to the same digest', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const abort = new AbortController();
    const file = runFileFor(path, spec);
    const world = await createWorld(file, spec, {
      threads: 0,
      signal: abort.signal,
      onRound: ({ round }) => {
        if (round === 3) abort.abort();
      },
    });
    expect(await world.run()).toBe('stopped');
    await world.close();
    file.close();
    const again = await openWorld(path, { threads: 0 });
    expect(again.round).toBe(4);
    await again.run();
    await again.close();
    const record = openRecord(path);
    expect(record.digest).toBe(await digestOf(spec));
    record.close();
  });

  it('rejects an aborted ensemble member as cancelled', async () => {
    await expect(runMember(spec, { threads: 0, signal: AbortSignal.abort() })).rejects.toThrowError(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });

  it('will not begin a second world in a file, nor resume one of another engine', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const file = runFileFor(path, spec);
    await (await createWorld(file, spec, { threads: 0 })).close();
    await expect(createWorld(file, spec, { threads: 0 })).rejects.toThrowError(expect.objectContaining({ code: 'conflict' }));
    file.close();
    const database = new DatabaseSync(path);
    database.exec("UPDATE run SET manifest = json_set(manifest, '$.engineHash', 'ffff'), manifest_sha256 = NULL");
    database.close();
    await expect(openWorld(path, { threads: 0 })).rejects.toThrowError(/another engine/);
    expect(() => lookBack(path, 0)).toThrowError(/another engine/);
  });

  it('lives a scenario of an older Shoal with what has become a key since at its default, and refuses other keys', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    await recordedRun(path, spec);
    const edit = (sql: string): void => {
      const database = new DatabaseSync(path);
      database.exec(`UPDATE artifacts SET json = ${sql}, sha256 = NULL WHERE name = 'scenario'`);
      database.close();
    };
    edit("json_remove(json, '$.dynamics')");
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: true });
    edit("json_set(json, '$.platforms[0].feed', json('{\"recency\": 1}'))");
    await expect(replay(path, { threads: 0 })).rejects.toThrowError(
      expect.objectContaining({ code: 'conflict', message: expect.stringMatching(/another version of Shoal.*recency/) }),
    );
    const record = openRecord(path);
    expect(record.posts({}).length).toBeGreaterThan(0);
    record.close();
  });
});

describe('a file with two owners', () => {
  it('lets the first to commit a round go on and tells the other', async () => {
    using folder = temporaryFolder();
    const file = runFileFor(folder.path('run.sqlite'), spec);
    const first = await createWorld(file, spec, { threads: 0 });
    const second = await openWorld(folder.path('run.sqlite'), { threads: 0 });
    await first.step();
    await expect(second.step()).rejects.toThrowError(expect.objectContaining({ code: 'conflict' }));
    expect(second.state).toBe('failed');
    await second.close();
    expect(await first.run()).toBe('finished');
    await first.close();
    file.close();
  });
});

describe('an injected intervention', () => {
  it('takes effect next round, moves opinions, and is part of resume and replay', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const file = runFileFor(path, spec);
    const world = await createWorld(file, spec, { threads: 0 });
    await world.step();
    await world.step();
    expect(await world.inject(news)).toBe(2);
    const summary = await world.step();
    await world.close();
    file.close();

    const again = await openWorld(path, { threads: 0 });
    expect(await again.inject({ ...news, stance: -0.5 })).toBe(3);
    await again.run();
    await again.close();

    const record = openRecord(path);
    expect(record.interventions().map(({ round, stance }) => [round, stance])).toEqual([
      [2, 0.9],
      [3, -0.5],
    ]);
    expect(record.events({ kind: 'inject' }).map(({ round }) => round)).toEqual([2, 2, 3, 3]);
    const before = record.summaries()[1]?.measures['opinion-mean:0'] ?? 0;
    expect(summary?.measures['opinion-mean:0']).toBeGreaterThan(before + 0.01);
    expect(record.digest).not.toBe(await digestOf(spec));
    record.close();
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: true, divergedAt: undefined });
  });

  it('equals the same intervention scheduled beforehand', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const file = runFileFor(path, spec);
    const world = await createWorld(file, spec, { threads: 0 });
    for (let round = 0; round < 5; round++) await world.step();
    await world.inject(news);
    await world.run();
    await world.close();
    file.close();
    const record = openRecord(path);
    expect(record.digest).toBe(
      await digestOf(syntheticSpec({ size: 80, rounds: 12, scenario: { interventions: [{ ...news, round: 5 }] } })),
    );
    record.close();
  });

  it('is refused where it makes no sense', async () => {
    using folder = temporaryFolder();
    await recordedRun(folder.path('run.sqlite'), spec);
    const world = await openWorld(folder.path('run.sqlite'), { threads: 0 });
    await expect(world.inject(news)).rejects.toThrowError(expect.objectContaining({ code: 'conflict' }));
    await world.close();
    const file = runFileFor(folder.path('other.sqlite'), spec);
    const other = await createWorld(file, spec, { threads: 0 });
    await expect(other.inject({ ...news, issue: 4 })).rejects.toThrowError(expect.objectContaining({ code: 'invalid_input' }));
    await other.close();
    file.close();
    const unfit = syntheticSpec({ scenario: { interventions: [{ ...news, round: 3, issue: 1 }] } });
    await expect(runMember(unfit, { threads: 0 })).rejects.toThrowError(expect.objectContaining({ code: 'invalid_scenario' }));
  });
});
