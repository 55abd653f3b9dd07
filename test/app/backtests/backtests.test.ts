// The backtests' own arithmetic by hand, and the suites on small data.
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LanguageModel } from '#foundation';
import { armsOf } from '../../../app/backtests/herding.ts';
import { backtest } from '../../../app/cli/commands/backtest.ts';
import type { CommandContext } from '../../../app/cli/command-context.ts';
import { createOutput } from '../../../app/cli/output.ts';
import { curvesOf, normalisedError } from '../../../app/backtests/cascade-curves.ts';
import { readReplayData } from '../../../app/backtests/cascade-data.ts';
import { nullsOf } from '../../../app/backtests/cascade-nulls.ts';
import { cascadeReplay } from '../../../app/backtests/cascade-replay.ts';
import { temporaryFolder } from '../../engine/fixtures-run.ts';

describe('herding', () => {
  it('counts the lot’s vote in what readers see, and not in what others gave', () => {
    const arms = armsOf([
      { arm: 'up', up: 3, down: 1 },
      { arm: 'up', up: 1, down: 1 },
      { arm: 'control', up: 2, down: 1 },
      { arm: 'control', up: 2, down: 1 },
      { arm: 'down', up: 1, down: 0 },
      { arm: 'down', up: 3, down: 0 },
    ]);
    expect(arms.map(({ arm, score, byOthers }) => [arm, score, byOthers])).toEqual([
      ['down', 1, 2],
      ['control', 1, 1],
      ['up', 2, 1],
    ]);
    expect(arms[2]?.overControl).toBe(1);
    // Scores 2 and 0: variance 2, over two posts.
    expect(arms[2]?.standardError).toBe(1);
  });
});

describe('shoal backtest', () => {
  it('names the suites where it is asked for another', async () => {
    const context: CommandContext = {
      output: createOutput({ json: true, quiet: true }),
      homeOption: undefined,
      signal: new AbortController().signal,
    };
    await expect(
      backtest(context, { observe: '60m', horizon: '24h', folds: 2, draws: 20, seed: 1 }, 'weather'),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      hint: 'Choose from cascade-replay, cascades, herding.',
    });
  });
});

describe('curves of a cascade', () => {
  const sharings = [
    { agent: 0, round: 0, parent: undefined },
    { agent: 1, round: 1, parent: 0 },
    { agent: 2, round: 1, parent: 0 },
    { agent: 3, round: 2, parent: 1 },
  ];

  it('stand at the end of the round in which people shared', () => {
    const { scale, depth, breadth } = curvesOf(sharings, 8, 3);
    expect(scale).toEqual([1, 1, 1, 3, 3, 3, 4, 4]);
    expect(depth).toEqual([0, 0, 0, 1, 1, 1, 2, 2]);
    expect(breadth).toEqual([0, 0, 0, 2, 2, 2, 2, 2]);
  });

  it('differ by the root of the mean square over the largest real value', () => {
    expect(normalisedError([1, 2, 4], [1, 2, 4])).toBe(0);
    expect(normalisedError([0, 0], [3, 4])).toBeCloseTo(Math.sqrt(25 / 2) / 4);
  });

  it('are compared with rules that know nothing', () => {
    const nulls = nullsOf({ scale: [1, 3, 5], depth: [], breadth: [] });
    expect(nulls.find(({ name }) => name.startsWith('a ramp'))?.scale).toBe(0);
    // The mean is 3: errors 2, 0, 2.
    expect(nulls.find(({ name }) => name.includes('own mean'))?.scale).toBeCloseTo(Math.sqrt(8 / 3) / 5);
  });
});

const curve = (value: number): { value: number[]; minute: number[] } => ({
  value: Array.from({ length: 150 }, () => value),
  minute: Array.from({ length: 150 }, (_, minute) => minute),
});

describe('cascade-replay', () => {
  const day = Array.from({ length: 24 }, () => 2);
  const users = Array.from({ length: 30 }, (_, user) => ({
    user: user + 100,
    // Half follow the root; nobody follows anybody else.
    following: user > 0 && user < 16 ? [100] : [],
    hourly_activity: day,
  }));
  const input = {
    model: { kind: 'embedded' } as LanguageModel,
    observe: 60,
    horizon: 1440,
    folds: 2,
    draws: 20,
    seed: 1,
    threads: 0,
    signal: new AbortController().signal,
    tell: () => undefined,
  };

  it('reaches everybody by what is recommended, and only followers without', async () => {
    using folder = temporaryFolder();
    writeFileSync(folder.path('false_business_0_network.json'), JSON.stringify({ source: 'made up', root_user: 100, users }));
    writeFileSync(
      folder.path('false_business_0_real_curves.json'),
      JSON.stringify({ scale: curve(30), depth: curve(1), max_breadth: curve(29) }),
    );
    const { value } = await cascadeReplay({ ...input, data: folder.path('.') });
    const { shoal } = value as { shoal: { name: string; scaleAt: Record<number, number> }[] };
    const open = shoal.find(({ name }) => name === 'Shoal, default feed');
    const closed = shoal.find(({ name }) => name.startsWith('Shoal, nothing from outside'));
    expect(open?.scaleAt[149]).toBeGreaterThan(29);
    expect(closed?.scaleAt[149]).toBeGreaterThan(15);
    expect(closed?.scaleAt[149]).toBeLessThanOrEqual(16);
  });

  it('says what is missing', () => {
    using folder = temporaryFolder();
    expect(() => readReplayData(undefined)).toThrow(/needs the data/);
    expect(() => readReplayData(folder.path('.'))).toThrow(/There is no file/);
    writeFileSync(folder.path('false_business_0_network.json'), JSON.stringify({ source: 'x', root_user: 1, users: [{}] }));
    expect(() => readReplayData(folder.path('.'))).toThrow(/users\.0\.user/);
  });
});
