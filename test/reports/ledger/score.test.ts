import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAct, checkOutcome, reliabilityFigure, scoreLedger } from '#reports';
import { questionsFor } from '../../../reports/scores/paired.ts';
import { drawsOf, ledgerOf, resolvedLedger, sealedForecast } from './made-forecasts.ts';

const pairs = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), { minLength: 1, maxLength: 60 });

describe('the score of the ledger', () => {
  it('is the Brier score, whose parts add up to it', () => {
    fc.assert(
      fc.property(pairs, (told) => {
        const { options } = scoreLedger(resolvedLedger(told));
        const brier = told.reduce((sum, [yes, happened]) => sum + (yes - (happened ? 1 : 0)) ** 2, 0) / told.length;
        expect(options?.brier).toBeCloseTo(brier, 10);
        const { reliability = 0, resolution = 0, uncertainty = 0, withinBins = 0 } = options ?? {};
        expect(reliability - resolution + uncertainty + withinBins).toBeCloseTo(brier, 10);
      }),
    );
  });

  it('of forecasts that mean what they say has no unreliability, and its bins lie in their bars', () => {
    const told = [0.2, 0.8].flatMap((yes) => Array.from({ length: 50 }, (_, at): [number, boolean] => [yes, at < yes * 50]));
    const { options } = scoreLedger(resolvedLedger(told));
    expect(options?.reliability).toBeCloseTo(0, 10);
    expect(options?.brier).toBeCloseTo(0.16, 10);
    expect(options?.bins.every(({ low, high, observed }) => low <= observed && observed <= high)).toBe(true);
    expect(reliabilityFigure(options?.bins ?? []).alt).toContain('0 of them lie outside');
  });

  it('clips certain errors of the log score, and says where', () => {
    const { options } = scoreLedger(resolvedLedger([[1, false]]));
    expect(options?.logScore).toBeCloseTo(-Math.log(0.01), 10);
    expect(options?.clip).toEqual([0.01, 0.99]);
  });

  it('counts what is open, void, disputed and failed, and bounds the score by it', () => {
    const score = scoreLedger(
      ledgerOf(
        ['sealed', 'a', sealedForecast()],
        ['resolved', 'a', { outcome: { option: 'yes' }, source: 'minutes' }],
        ['sealed', 'b', sealedForecast()],
        ['sealed', 'c', sealedForecast()],
        ['void', 'c', { reason: 'cancelled' }],
        ['sealed', 'd', sealedForecast({ distribution: { kind: 'failed', reason: 'the run ended early' } })],
        ['resolved', 'd', { outcome: { option: 'yes' }, source: 'minutes' }],
      ),
    );
    expect(score.counts).toEqual({ sealed: 4, open: 1, resolved: 1, void: 1, disputed: 0, failed: 1 });
    expect(score.options?.brierBounds[0]).toBeCloseTo(0.09 / 4, 10);
    expect(score.options?.brierBounds[1]).toBeCloseTo((0.09 + 3) / 4, 10);
  });

  it('sets every baseline beside it on the same questions, and claims nothing from few', () => {
    const few = scoreLedger(
      resolvedLedger(
        [
          [0.9, true],
          [0.8, true],
          [0.3, false],
        ],
        0.5,
      ),
    ).options?.skill[0];
    expect(few).toMatchObject({ baseline: 'even', questions: 3, baselineBrier: 0.25 });
    expect(few?.skill).toBeGreaterThan(0);
    expect(few?.verdict).toContain('no difference can be claimed');
    const many = Array.from({ length: 40 }, (_, at): [number, boolean] => [at % 2 === 0 ? 0.9 : 0.15, at % 2 === 0]);
    expect(scoreLedger(resolvedLedger(many, 0.5)).options?.skill[0]).toMatchObject({ verdict: 'better' });
  });

  it('asks for about 1,130 questions to see a difference of .01 with a deviation of .12', () => {
    expect(questionsFor(0.01, 0.12)).toBe(1131);
    expect(questionsFor(0.02, 0.12)).toBe(283);
  });

  it('scores numbers by CRPS, interval score and coverage', () => {
    const { draws } = scoreLedger(
      ledgerOf(
        ['sealed', 'n', sealedForecast({ kind: 'numeric', distribution: drawsOf(1, 2, 3) })],
        ['resolved', 'n', { outcome: { value: 2 }, source: 'count' }],
        ['sealed', 'o', sealedForecast({ kind: 'numeric', distribution: drawsOf(4) })],
        ['resolved', 'o', { outcome: { value: 6 }, source: 'count' }],
      ),
    );
    expect(draws?.coverage).toEqual([0.5, 0.5, 0.5]);
    expect(draws?.crps.map(({ crps }) => crps)).toEqual([2 / 3 - 4 / 9, 2]);
    expect(draws?.crps[1]?.intervalScore).toBeCloseTo(20, 10);
  });
});

describe('what may be done to a sealed forecast', () => {
  const [open] = ledgerOf(['sealed', 'a', sealedForecast()]);
  const [resolved] = resolvedLedger([[0.7, false]]);
  const [disputed] = ledgerOf(
    ['sealed', 'a', sealedForecast()],
    ['resolved', 'a', { outcome: { option: 'no' }, source: 'minutes' }],
    ['disputed', 'a', { reason: 'wrong minutes' }],
  );
  if (open === undefined || resolved === undefined || disputed === undefined) throw new Error('nothing was folded');

  it('an outcome that was entered is not voided away, nor replaced without a dispute', () => {
    for (const act of ['void', 'resolved'] as const)
      expect(() => checkAct(resolved, act)).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(() => checkAct(resolved, 'disputed')).not.toThrow();
    expect(() => checkAct(disputed, 'resolved')).not.toThrow();
    expect(() => checkAct(open, 'disputed')).toThrow(expect.objectContaining({ code: 'conflict' }));
  });

  it('only an option of the forecast can have come true', () => {
    expect(() => checkOutcome(open, { option: 'maybe' })).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    expect(() => checkOutcome(open, { option: 'no' })).not.toThrow();
  });

  it('keeps its history', () => {
    expect(disputed.history.map(({ act }) => act)).toEqual(['sealed', 'resolved', 'disputed']);
    expect(disputed.state).toBe('disputed');
  });
});
