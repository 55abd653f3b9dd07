// A run's file answers for any past round, while the run goes on and after, and says where it is damaged.
import { zstdCompressSync } from 'node:zlib';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_KINDS, type PostView, type StateView } from '#engine/contract';
import { createBatch, decodeBatch, encodeBatch } from '../../engine/record/codec.ts';
import { openRecord } from '../../engine/record/record.ts';
import { createRunFile, openRunFile } from '../../engine/record/run-file.ts';
import { replay } from '../../engine/rounds/rehearse.ts';
import { createWorld, openWorld } from '../../engine/rounds/run.ts';
import { recordedRun, runFileFor, temporaryFolder } from './fixtures-run.ts';
import { syntheticSpec } from './fixtures-world.ts';

const interventions = [{ round: 6, text: 'The minister has resigned.', issue: 0, stance: 0.9, reach: 0.5 }];
const spec = syntheticSpec({ size: 120, rounds: 30, issues: 2, scenario: { interventions } });

describe('a batch of events', () => {
  it('comes back from its bytes as it was', () => {
    const event = fc.record({
      kind: fc.nat(EVENT_KINDS.length - 1),
      platform: fc.nat(255),
      agent: fc.nat(0xffff_ffff),
      target: fc.nat(0xffff_ffff),
      issue: fc.nat(7),
      point: fc.nat(0xffff_ffff),
      value: fc.float({ noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(event), fc.nat(2000), fc.nat(1_000_000), (events, round, firstSeq) => {
        const batch = createBatch(round, firstSeq, events.length);
        events.forEach((values, row) => {
          for (const name of ['kind', 'platform', 'agent', 'target', 'issue', 'point', 'value'] as const)
            batch[name][row] = values[name];
        });
        expect(decodeBatch(encodeBatch(batch))).toEqual(batch);
      }),
    );
  });
});

describe('a run file', () => {
  it('keeps artifacts and model answers, and is not created twice', () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const file = runFileFor(path, spec);
    file.putJson('members', [1, 2]);
    file.putBlob('graph', Uint8Array.of(1, 2, 3));
    expect(file.json('members')).toEqual([1, 2]);
    expect(file.json('nothing')).toBeUndefined();
    expect([...(file.blob('graph') ?? [])]).toEqual([1, 2, 3]);
    const result = {
      text: 'yes',
      value: undefined,
      toolCalls: [],
      finishReason: 'stop' as const,
      costNanoUsd: 0,
      model: 'm',
      requestId: 'r',
      fromCassette: false,
      usage: { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0 },
    };
    file.cassette.put('h', { result, recordedAt: '2026-01-01T00:00:00Z' });
    file.close();
    expect(() =>
      createRunFile(path, { runId: 'x', title: 'x', createdAt: 'x', scenario: spec.scenario, scenarioHash: 'x' }),
    ).toThrowError(expect.objectContaining({ code: 'conflict' }));
    const again = openRunFile(path);
    expect(again.cassette.get('h')?.result.text).toBe('yes');
    expect(again.cassette.get('other')).toBeUndefined();
    again.close();
    expect(() => openRunFile(folder.path('none.sqlite'))).toThrowError(expect.objectContaining({ code: 'not_found' }));
  });
});

const engagement = (view: PostView): number => view.likes + view.reposts + view.replies - view.dislikes;

describe('a record', () => {
  it('answers while the run is still going on', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const file = runFileFor(path, spec);
    const world = await createWorld(file, spec, { threads: 0 });
    const record = openRecord(path);
    expect([record.rounds, record.finished, record.posts({}).length]).toEqual([0, false, 0]);
    const states: StateView[] = [record.stateAt(-1)];
    for (let round = 0; round < 30; round++) {
      await world.step();
      expect(record.rounds).toBe(round + 1);
      states.push(record.stateAt(round));
    }
    expect(record.finished).toBe(true);
    expect(record.summaries().map(({ round }) => round)).toEqual(Array.from({ length: 30 }, (_, round) => round));
    expect(record.digest).toBe(record.summaries().at(-1)?.digest);
    record.close();
    await world.close();
    file.close();

    // Another reader, asked in another order, folds its way to the same states.
    const later = openRecord(path);
    for (const round of [29, 3, 12, 11, 13, -1, 28, 0, 24]) expect(later.stateAt(round)).toEqual(states[round + 1]);
    expect(states[0]?.opinion).toEqual(spec.population.columns.opinion);
    expect(states[30]?.opinion).not.toEqual(states[0]?.opinion);
    later.close();
  });

  it('finds events by number, round, agent and kind', async () => {
    using folder = temporaryFolder();
    await recordedRun(folder.path('run.sqlite'), spec);
    const record = openRecord(folder.path('run.sqlite'));
    const all = record.events({});
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index));
    expect(record.event(17)).toEqual(all[17]);
    expect(record.event(all.length)).toBeUndefined();
    expect(record.events({ round: 9 })).toEqual(all.filter(({ round }) => round === 9));
    expect(record.events({ agent: 2 })).toEqual(all.filter(({ agent }) => agent === 2));
    expect(record.events({ agent: 2, kind: 'like', round: 9 })).toEqual(
      all.filter(({ agent, kind, round }) => agent === 2 && kind === 'like' && round === 9),
    );
    expect(record.events({ after: 40, limit: 5 }).map(({ seq }) => seq)).toEqual([41, 42, 43, 44, 45]);
    record.close();
  });

  it('shows posts with their words and the score that they had by then', async () => {
    using folder = temporaryFolder();
    await recordedRun(folder.path('run.sqlite'), spec);
    const record = openRecord(folder.path('run.sqlite'));
    const all = record.events({});
    const [top] = record.posts({ sort: 'top', limit: 1 });
    const post = top ?? { seq: -1, likes: 0, platform: '' };
    for (const round of [2, 8, 20, 29]) {
      const reactions = all.filter((event) => event.target === post.seq && event.round <= round && event.kind === 'like');
      expect(record.post(post.seq, round)?.likes ?? 0).toBe(reactions.length);
    }
    const ranked = record
      .posts({ limit: 100_000, round: 20, platform: 'microblog' })
      .filter(({ kind }) => kind !== 'repost')
      .toSorted((left, right) => engagement(right) - engagement(left) || right.seq - left.seq);
    expect(ranked.length).toBeGreaterThan(30);
    expect(record.posts({ sort: 'top', limit: 30, round: 20, platform: 'microblog' })).toEqual(ranked.slice(0, 30));
    const recent = record.posts({ limit: 30, platform: 'forum', round: 10 });
    expect(recent.every(({ platform, round, text }) => platform === 'forum' && round <= 10 && text.length > 0)).toBe(true);
    expect(recent.map(({ seq }) => seq)).toEqual(recent.map(({ seq }) => seq).toSorted((left, right) => right - left));
    const next = record.posts({ limit: 30, platform: 'forum', round: 10, before: recent.at(-1)?.seq ?? 0 });
    expect(next.every(({ seq }) => seq < (recent.at(-1)?.seq ?? 0))).toBe(true);
    const news = record.posts({ limit: 500 }).filter(({ kind }) => kind === 'inject');
    expect(news.map(({ text, writtenBy, agent }) => [text, writtenBy, agent])).toEqual(
      [0, 1].map(() => ['The minister has resigned.', 'intervention', undefined]),
    );
    const repost = record.posts({ limit: 500 }).find(({ kind }) => kind === 'repost');
    const original = all.find(({ seq }) => seq === repost?.parent);
    expect(repost?.stance).toBe(original?.value);
    expect(record.persona(5).stances[0]?.opinion).toBeCloseTo(record.stateAt(29).opinion[10] ?? 9);
    expect(record.persona(5, -1).stances[0]?.opinion).toBeCloseTo(spec.population.columns.opinion[10] ?? 9);
    expect(record.interventions()).toEqual(interventions);
    expect(() => record.stateAt(30)).toThrowError(expect.objectContaining({ code: 'not_found' }));
    record.close();
  });

  it('names what a file does not hold yet', () => {
    using folder = temporaryFolder();
    runFileFor(folder.path('run.sqlite'), spec).close();
    const record = openRecord(folder.path('run.sqlite'));
    expect(record.scenario.name).toBe('synthetic');
    expect(() => record.manifest).toThrowError(expect.objectContaining({ code: 'not_found' }));
    expect(() => record.population).toThrowError(/no population yet/);
    record.close();
    expect(() => openRecord(folder.path('none.sqlite'))).toThrowError(expect.objectContaining({ code: 'not_found' }));
  });
});

const flip = (bytes: Uint8Array): Uint8Array => bytes.map((byte, index) => (index === bytes.length >> 1 ? byte ^ 1 : byte));

const damage = (path: string, round: number, change: (bytes: Uint8Array) => Uint8Array): void => {
  const database = new DatabaseSync(path);
  const bytes = database.prepare('SELECT batch FROM rounds WHERE round = ?').get(round)?.['batch'] as Uint8Array;
  database.prepare('UPDATE rounds SET batch = ? WHERE round = ?').run(change(bytes), round);
  database.close();
};

describe('a damaged record', () => {
  it.each([
    ['a flipped byte', flip],
    ['a cut blob', (bytes: Uint8Array) => bytes.slice(0, bytes.length - 4)],
    ['another round’s events', () => zstdCompressSync(encodeBatch(createBatch(7, 0, 3)))],
  ])('with %s names the round and the file', async (_what, change) => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    await recordedRun(path, spec);
    damage(path, 7, change);
    const record = openRecord(path);
    expect(() => record.events({})).toThrowError(
      expect.objectContaining({ code: 'record_corrupt', details: expect.objectContaining({ round: 7, path }) }),
    );
    record.close();
    await expect(openWorld(path, { threads: 0 })).rejects.toThrowError(expect.objectContaining({ code: 'record_corrupt' }));
  });

  it('whose digest was rewritten is found by replay, with the round, and by resuming after the last checkpoint', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    await recordedRun(path, spec);
    const rewrite = (round: number): void => {
      const database = new DatabaseSync(path);
      database.prepare("UPDATE rounds SET summary = json_set(summary, '$.digest', ?) WHERE round = ?").run('f'.repeat(64), round);
      database.close();
    };
    rewrite(27);
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: false, divergedAt: 27 });
    rewrite(11);
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: false, divergedAt: 11 });
    await expect(openWorld(path, { threads: 0 })).rejects.toThrowError(expect.objectContaining({ code: 'record_corrupt' }));
  });
});
