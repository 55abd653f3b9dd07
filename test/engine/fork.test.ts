// Forks: a run that begins with another's rounds and goes its own way, and can itself be resumed, replayed, forked.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { WorldChange } from '#engine/contract';
import { surveyPopulation } from '../../engine/policies/survey/index.ts';
import { divergenceOf } from '../../engine/record/divergence.ts';
import { forkRun } from '../../engine/record/fork.ts';
import { openRecord } from '../../engine/record/record.ts';
import { restore } from '../../engine/record/restore.ts';
import { openRunFile } from '../../engine/record/run-file.ts';
import { lifeOf } from '../../engine/record/segments.ts';
import { replay, runForkMember } from '../../engine/rounds/rehearse.ts';
import { createWorld, openWorld } from '../../engine/rounds/run.ts';
import { recordedRun, runFileFor, temporaryFolder } from './fixtures-run.ts';
import { syntheticSpec } from './fixtures-world.ts';

const interventions = [
  { round: 4, text: 'The minister has resigned.', issue: 0, stance: 0.9, reach: 0.5 },
  { round: 20, text: 'The minister is back.', issue: 0, stance: -0.9, reach: 0.5 },
];
const spec = syntheticSpec({ size: 120, rounds: 30, issues: 2, scenario: { interventions } });
const news = { text: 'The toll is off the table.', issue: 0, stance: -1, reach: 0.8 };

const fork = (from: string, to: string, round: number, change: WorldChange = {}): void =>
  void forkRun({ from, to, round, change, identity: { runId: 'fork-1', title: 'A fork', createdAt: 'now', scenarioHash: 'b' } });

async function lived(path: string, upTo = Infinity): Promise<string> {
  const world = await openWorld(path, { threads: 0 });
  while (world.round < upTo && (await world.step()) !== undefined);
  await world.close();
  return digestIn(path);
}

function digestIn(path: string): string {
  const record = openRecord(path);
  try {
    return record.digest;
  } finally {
    record.close();
  }
}

describe('a fork without a change', () => {
  it.each([-1, 0, 11, 17, 28])('at round %i comes to the digest of its parent, which is gone by then', async (round) => {
    using folder = temporaryFolder();
    const [parent, path] = [folder.path('run.sqlite'), folder.path('fork.sqlite')];
    await recordedRun(parent, spec);
    const expected = digestIn(parent);
    fork(parent, path, round);
    rmSync(parent);
    expect(await lived(path)).toBe(expected);
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: true, rounds: 30 });
  });

  it('of a run that is still going on shares what is committed and leaves its parent alone', async () => {
    using folder = temporaryFolder();
    const [parent, path] = [folder.path('run.sqlite'), folder.path('fork.sqlite')];
    const file = runFileFor(parent, spec);
    const world = await createWorld(file, spec, { threads: 0 });
    for (let round = 0; round < 9; round++) await world.step();
    fork(parent, path, 6);
    await world.run();
    await world.close();
    file.close();
    expect(await lived(path)).toBe(digestIn(parent));
  });
});

const CHANGES: readonly (readonly [string, WorldChange])[] = [
  ['news', { news: [news] }],
  ['another seed', { seed: 99 }],
  ['other behaviour', { scenario: { ...spec.scenario, behaviour: { 'confidence-bound': 0.1 } } }],
  ['more rounds', { scenario: { ...spec.scenario, clock: { ...spec.scenario.clock, rounds: 36 } } }],
  ['agents who leave', { remove: Array.from({ length: 40 }, (_, n) => 3 * n) }],
  ['agents who join', { add: 15 }],
  ['without the later news', { dropLaterNews: true }],
];

describe('a fork with a change', () => {
  it.each(CHANGES)('%s: differs from its first own round on, resumes and replays to the same digest', async (_what, change) => {
    using folder = temporaryFolder();
    const [parent, path, again] = [folder.path('run.sqlite'), folder.path('fork.sqlite'), folder.path('again.sqlite')];
    await recordedRun(parent, spec);
    fork(parent, path, 14, change);
    fork(parent, again, 14, change);
    const digest = await lived(path);
    // Reopened in the middle, from another checkpoint.
    await lived(again, 25);
    expect(await lived(again)).toBe(digest);
    expect(digest).not.toBe(digestIn(parent));
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: true });

    const [before, after] = [openRecord(parent), openRecord(path)];
    const apart = divergenceOf(before, after);
    // Newcomers may sleep at first; news not dropped yet, and rounds beyond the old end, come later.
    const until = change.dropLaterNews === true ? 19 : change.scenario?.clock.rounds === 36 ? 29 : change.add === 15 ? 16 : 14;
    expect(apart.sharedUntil).toBe(until);
    expect(after.manifest.ancestors).toEqual([{ runId: 'run-1', title: 'A synthetic world', round: 14 }]);
    for (const round of [3, 14]) expect(after.stateAt(round).opinion.subarray(0, 240)).toEqual(before.stateAt(round).opinion);
    before.close();
    after.close();
  });

  it('moves opinions the way of its news', async () => {
    using folder = temporaryFolder();
    const [parent, path] = [folder.path('run.sqlite'), folder.path('fork.sqlite')];
    await recordedRun(parent, spec);
    fork(parent, path, 14, { news: [news] });
    await lived(path);
    const [before, after] = [openRecord(parent), openRecord(path)];
    const { rounds } = divergenceOf(before, after);
    expect(rounds[14]).toMatchObject({ identical: true, distance: 0 });
    expect(rounds[15]?.shift[0]).toBeLessThan(-0.02);
    expect(rounds[15]?.distance).toBeGreaterThan(0.02);
    expect(after.posts({ round: 15, limit: 500 }).find(({ kind, round }) => kind === 'inject' && round === 15)?.text).toBe(
      news.text,
    );
    before.close();
    after.close();
  });

  it('keeps those who left silent, and counts them in no measure', async () => {
    using folder = temporaryFolder();
    const [parent, path] = [folder.path('run.sqlite'), folder.path('fork.sqlite')];
    await recordedRun(parent, spec);
    const everyoneElse = Array.from({ length: 100 }, (_, n) => n + 20);
    fork(parent, path, 14, { remove: everyoneElse });
    await lived(path);
    const record = openRecord(path);
    const own = record.events({}).filter(({ round, agent }) => round > 14 && agent !== undefined);
    expect(own.length).toBeGreaterThan(10);
    expect(own.every(({ agent }) => (agent ?? 99) < 20)).toBe(true);
    const { opinion } = record.stateAt(29);
    const mean = Array.from({ length: 20 }, (_, agent) => opinion[agent * 2] ?? 0).reduce((sum, one) => sum + one, 0) / 20;
    expect(record.summaries()[29]?.measures['opinion-mean:0']).toBeCloseTo(mean, 6);
    // Nearly all of the twenty have taken part by then; of all 120 they would be a sixth at most.
    expect(record.summaries()[29]?.measures['turnout']).toBeGreaterThan(0.5);
    record.close();
  });

  it('lets those who joined act, beginning as somebody of the crowd began', async () => {
    using folder = temporaryFolder();
    const [parent, path] = [folder.path('run.sqlite'), folder.path('fork.sqlite')];
    await recordedRun(parent, spec);
    fork(parent, path, 14, { add: 40 });
    await lived(path);
    const record = openRecord(path);
    expect(record.population.size).toBe(160);
    const joined = record.events({}).filter(({ agent }) => agent !== undefined && agent >= 120);
    expect(joined.length).toBeGreaterThan(0);
    expect(joined.every(({ round }) => round > 14)).toBe(true);
    const { columns } = record.population;
    const crowd = Array.from({ length: 117 }, (_, n) => columns.opinion[(n + 3) * 2]);
    for (let agent = 120; agent < 160; agent++) expect(crowd).toContain(columns.opinion[agent * 2]);
    record.close();
  });

  it.each([10, 29])('counts who follows whom in round %i as the world did', async (round) => {
    using folder = temporaryFolder();
    const [parent, path] = [folder.path('run.sqlite'), folder.path('fork.sqlite')];
    await recordedRun(parent, spec);
    fork(parent, path, 14, { add: 40 });
    await lived(path);
    const record = openRecord(path);
    const file = openRunFile(path);
    const { segments } = lifeOf(file);
    const { world } = restore(file, { segments, rounds: round + 1, check: 'checksums' });
    file.close();
    expect(record.events({ kind: 'follow' }).length).toBeGreaterThan(0);
    const counted = Array.from(world.fixed.followers, (_, agent) => record.followCounts(agent, round));
    expect(counted.map(({ followers }) => followers)).toEqual([...world.fixed.followers]);
    const sum = (of: 'followers' | 'following'): number => counted.reduce((all, counts) => all + counts[of], 0);
    expect(sum('following')).toBe(sum('followers'));
    record.close();
  });
});

describe('forks of forks', () => {
  it('know their whole line, and go back before a change of their parent', async () => {
    using folder = temporaryFolder();
    const [parent, first, second, third] = ['run', 'one', 'two', 'three'].map((name) => folder.path(`${name}.sqlite`)) as [
      string,
      string,
      string,
      string,
    ];
    await recordedRun(parent, spec);
    fork(parent, first, 14, { remove: [3], add: 5, news: [news] });
    await lived(first, 24);
    fork(first, second, 20, { seed: 7 });
    await lived(second);
    expect(await replay(second, { threads: 0 })).toMatchObject({ identical: true, rounds: 30 });
    const record = openRecord(second);
    expect(record.manifest.ancestors?.map(({ runId, round }) => [runId, round])).toEqual([
      ['run-1', 14],
      ['fork-1', 20],
    ]);
    record.close();
    // Before its parent's change: what that line changed later is no part of it.
    fork(second, third, 9);
    expect(await lived(third)).toBe(digestIn(parent));
  });
});

describe('an ensemble member of a fork', () => {
  it('shares its past and differs after it', async () => {
    using folder = temporaryFolder();
    const [parent, path] = [folder.path('run.sqlite'), folder.path('fork.sqlite')];
    await recordedRun(parent, spec);
    fork(parent, path, 14, { news: [news] });
    const own = await lived(path);
    expect((await runForkMember(path, spec.seed, { threads: 0 })).digest).toBe(own);
    const other = await runForkMember(path, 5, { threads: 0 });
    expect(other.digest).not.toBe(own);
    const record = openRecord(path);
    expect(other.rounds.slice(0, 15)).toEqual(record.summaries().slice(0, 15));
    record.close();
  });
});

describe('a fork that cannot be', () => {
  it.each([
    ['a round not lived', 30, {}, 'not_found'],
    ['nothing left to live', 29, {}, 'conflict'],
    [
      'another start',
      9,
      { scenario: { ...spec.scenario, clock: { ...spec.scenario.clock, start: '2027-01-01T00:00:00Z' } } },
      'invalid_input',
    ],
    ['a stranger who leaves', 9, { remove: [120] }, 'invalid_input'],
    ['everybody gone', 9, { remove: Array.from({ length: 120 }, (_, n) => n) }, 'invalid_input'],
    ['news on no issue', 9, { news: [{ ...news, issue: 5 }] }, 'invalid_input'],
  ] as const)('%s is refused and leaves no file', async (_what, round, change, code) => {
    using folder = temporaryFolder();
    const [parent, path] = [folder.path('run.sqlite'), folder.path('fork.sqlite')];
    await recordedRun(parent, spec);
    expect(() => fork(parent, path, round, change)).toThrowError(expect.objectContaining({ code }));
    expect([existsSync(path), existsSync(`${path}.part`)]).toEqual([false, false]);
  });
});

describe('a world restored from a checkpoint', () => {
  it('equals the one folded from the beginning, in everything', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    await recordedRun(path, spec);
    const file = openRunFile(path);
    const { segments } = lifeOf(file);
    for (const rounds of [0, 5, 12, 13, 30]) {
      const [quick, whole] = (['checksums', 'chain'] as const).map((check) => restore(file, { segments, rounds, check }));
      expect(quick?.world.fixed).toEqual(whole?.world.fixed);
      expect(quick?.world.attention).toEqual(whole?.world.attention);
      expect(quick?.digest).toBe(whole?.digest);
    }
    // A damaged checkpoint is passed over: everything in it can be folded again.
    const database = new DatabaseSync(path);
    database.exec("UPDATE checkpoints SET state = x'00' WHERE round = 23");
    database.close();
    const [quick, whole] = (['checksums', 'chain'] as const).map((check) => restore(file, { segments, check }));
    expect(quick?.world.fixed.state).toEqual(whole?.world.fixed.state);
    file.close();
  });
});

describe('asking everyone', () => {
  it('as of a past round changes nothing of the run, and asks whoever was there', async () => {
    using folder = temporaryFolder();
    const [parent, path] = [folder.path('run.sqlite'), folder.path('fork.sqlite')];
    await recordedRun(parent, spec);
    fork(parent, path, 14, { remove: [5, 6], add: 10 });
    const digest = await lived(path);
    const bytes = readFileSync(path);
    const record = openRecord(path);
    const asked = (round: number): number =>
      surveyPopulation({ record, question: 'Toll 0?', options: ['yes', 'no'], round, by: ['age,region'] }).asked;
    expect([-1, 14, 15, 29].map(asked)).toEqual([120, 120, 128, 128]);
    record.close();
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: true, recorded: digest });
  });
});
