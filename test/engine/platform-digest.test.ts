// A world with every platform has one digest: in threads, interrupted, replayed.
import { describe, expect, it } from 'vitest';
import type { ScenarioInput } from '#scenarios/contract';
import { openRecord } from '../../engine/record/record.ts';
import { replay } from '../../engine/rounds/rehearse.ts';
import { createWorld, openWorld } from '../../engine/rounds/run.ts';
import { digestOf, runFileFor, temporaryFolder } from './fixtures-run.ts';
import { syntheticSpec } from './fixtures-world.ts';

const everywhere = (mechanism: 'maker' | 'auction'): Partial<ScenarioInput> => ({
  platforms: [{ kind: 'microblog' }, { kind: 'forum' }, { kind: 'chat' }, { kind: 'market', market: { mechanism } }],
  behaviour: { group: 1, unlike: 0, refresh: 0, 'search-posts': 0, trend: 0 },
});

describe.each(['maker', 'auction'] as const)('a world with every platform (%s)', (mechanism) => {
  it('is the same in threads', async () => {
    const spec = syntheticSpec({ size: 9000, rounds: 4, scenario: everywhere(mechanism) });
    expect(await digestOf(spec, 2)).toBe(await digestOf(spec, 0));
  });

  it('is the same when it was interrupted, and when it is replayed', async () => {
    using folder = temporaryFolder();
    const path = folder.path('run.sqlite');
    const spec = syntheticSpec({ size: 150, rounds: 16, scenario: everywhere(mechanism) });
    const file = runFileFor(path, spec);
    const began = await createWorld(file, spec, { threads: 0 });
    for (let round = 0; round < 9; round++) await began.step();
    await began.close();
    file.close();
    const resumed = await openWorld(path, { threads: 0 });
    expect(await resumed.run()).toBe('finished');
    await resumed.close();
    const record = openRecord(path);
    expect(record.digest).toBe(await digestOf(spec));
    const kinds = new Set(record.events({}).map(({ kind }) => kind));
    expect(['message', 'join', 'trade', 'search-posts'].filter((kind) => !kinds.has(kind as never))).toEqual([]);
    record.close();
    expect(await replay(path, { threads: 0 })).toMatchObject({ identical: true, rounds: 16 });
  });
});
