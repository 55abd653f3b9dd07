// Stream events fold into what the page holds, whatever is repeated or left out on the way.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '#api/contract';
import { foldEvents, type LiveData } from '../../frontend/api/fold-events.ts';
import { makeMeasures, makeRound, makeRun, stagesAt } from './fixture-world.ts';

const round = (number: number): RunEvent => ({ kind: 'round', seq: number + 1, ...makeRound(number) });
const start: LiveData = {
  run: makeRun('a', { status: 'running', roundsDone: 3, stages: stagesAt(3, 3, 48, '') }),
  measures: makeMeasures(3),
  gap: false,
};
const roundsOf = (live: LiveData): readonly number[] => live.measures?.rounds.map((one) => one.round) ?? [];

describe('folding events', () => {
  it('appends rounds in order and counts them', () => {
    const live = foldEvents(start, [round(3), round(4)]);
    expect(roundsOf(live)).toEqual([0, 1, 2, 3, 4]);
    expect(live.run?.roundsDone).toBe(5);
    expect(live.gap).toBe(false);
  });

  it('changes nothing when any of them come again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 7 })), (again) => {
        const once = foldEvents(start, [3, 4, 5, 6, 7].map(round));
        expect(foldEvents(once, again.map(round))).toEqual(once);
      }),
    );
  });

  it('keeps rounds ascending and without doubles under any order, and tells when one is missing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 3, max: 12 }), { minLength: 1 }), (order) => {
        const live = foldEvents(start, order.map(round));
        const rounds = roundsOf(live);
        expect(rounds).toEqual([...new Set(rounds)].toSorted((a, b) => a - b));
        const isWhole = rounds.every((one, index) => one === index);
        expect(live.gap).toBe(!isWhole);
      }),
    );
  });

  it('takes the newest picture of a stage and of the run', () => {
    const stage = { stage: 'rounds', state: 'running', done: 9, total: 48, message: 'Round 9' } as const;
    const staged = foldEvents(start, [{ kind: 'stage', seq: 1, stage }]);
    expect(staged.run?.stages.find((one) => one.stage === 'rounds')).toEqual(stage);
    const paused = foldEvents(staged, [{ kind: 'run', seq: 2, run: makeRun('a', { status: 'paused' }) }]);
    expect(paused.run?.status).toBe('paused');
  });
});
