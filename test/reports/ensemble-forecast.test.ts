// What stands beside a forecast: baselines on the same inputs, the base rate's pull, where variance comes from, and when
// an ensemble has said all it can.
import { describe, expect, it } from 'vitest';
import type { MemberResult } from '#engine/contract';
import { randomKey, randomStream } from '#foundation';
import { forecast, isSettled } from '#reports';
import type { Framing } from '#scenarios/contract';
import { varianceShares } from '../../reports/forecast/variance.ts';
import { tollFraming } from './fixtures.ts';

const member = (support: number, oppose: number): MemberResult => {
  const measures = { 'support:0': support, 'oppose:0': oppose, 'undecided:0': 1 - support - oppose };
  return { seed: 1, digest: '', rounds: [{ round: 0, time: '', active: 0, events: 0, digest: '', measures }], final: measures };
};
const drawn = (purpose: string, index: number): number => randomStream(randomKey(5, purpose), index).normal();
const start = member(0.3, 0.5).final;
const yes = member(0.6, 0.2);
const no = member(0.2, 0.6);
const withBaseRate = (baseRate: number): Framing => ({
  ...tollFraming,
  questions: tollFraming.questions.map((question) => ({ ...question, baseRate })),
});
const chanceOfYes = (framing: Framing, members: readonly MemberResult[]): number =>
  forecast({ framing, members, start })[0]?.options[0]?.probability ?? Number.NaN;

describe('baselines', () => {
  it('are persistence, the control without contact, and the base rate where one is given', () => {
    const [answer] = forecast({ framing: withBaseRate(0.1), members: [yes, yes], start, control: no });
    expect(answer?.baselines.map(({ name, options }) => [name, options[0]?.probability])).toEqual([
      ['base rate', 0.1],
      ['persistence', 0.25],
      ['no interaction', 0.25],
    ]);
  });

  it('leave out what was not lived or given', () => {
    const [answer] = forecast({ framing: tollFraming, members: [yes], start });
    expect(answer?.baselines.map(({ name }) => name)).toEqual(['persistence']);
  });
});

describe('the base rate', () => {
  it('pulls few members more than many, and never past itself', () => {
    const few = chanceOfYes(withBaseRate(0.1), [yes, yes]);
    const many = chanceOfYes(
      withBaseRate(0.1),
      Array.from({ length: 40 }, () => yes),
    );
    expect(few).toBeGreaterThan(0.1);
    expect(few).toBeLessThan(chanceOfYes(tollFraming, [yes, yes]));
    expect(many).toBeGreaterThan(few);
  });

  it('can decide the answer against a bare majority of few members', () => {
    const members = [yes, yes, no];
    expect(forecast({ framing: tollFraming, members, start })[0]?.answer).toBe('yes');
    expect(forecast({ framing: withBaseRate(0.02), members, start })[0]?.answer).toBe('no');
  });
});

describe('shares of variance', () => {
  const cells = Array.from({ length: 400 }, (_, at) => ({ parameters: Math.floor(at / 4), population: Math.floor(at / 2) }));

  it('are found where they were put', () => {
    const values = cells.map(
      ({ parameters, population }, seed) => 3 * drawn('p', parameters) + 2 * drawn('q', population) + drawn('s', seed),
    );
    const shares = varianceShares(values, cells);
    expect(shares?.parameters).toBeCloseTo(9 / 14, 1);
    expect(shares?.populations).toBeCloseTo(4 / 14, 1);
    expect(shares?.seeds).toBeCloseTo(1 / 14, 1);
  });

  it('are the seeds’ alone where nothing else was drawn', () => {
    expect(varianceShares([1, 2, 4], [])).toEqual({ parameters: 0, populations: 0, seeds: 1 });
  });

  it('are not told from too few members or from none that differ', () => {
    expect(
      varianceShares(
        [1, 2],
        [
          { parameters: 0, population: 0 },
          { parameters: 0, population: 1 },
        ],
      ),
    ).toBeUndefined();
    expect(varianceShares([3, 3, 3], [])).toBeUndefined();
  });
});

describe('an ensemble is settled', () => {
  it('when enough members agree closely', () => {
    expect(
      isSettled(
        tollFraming,
        Array.from({ length: 12 }, () => yes),
      ),
    ).toBe(true);
    expect(
      isSettled(
        tollFraming,
        Array.from({ length: 11 }, () => yes),
      ),
    ).toBe(false);
  });

  it('never while one differs, or shares are far apart', () => {
    expect(isSettled(tollFraming, [...Array.from({ length: 30 }, () => yes), no])).toBe(false);
    expect(
      isSettled(
        tollFraming,
        Array.from({ length: 12 }, (_, at) => member(at % 2 === 0 ? 0.9 : 0.5, 0.1)),
      ),
    ).toBe(false);
  });
});
