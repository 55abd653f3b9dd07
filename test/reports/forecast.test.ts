// Probabilities from members: shrunk, summing to one, and never certain.
import { array, assert, double, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MemberResult } from '#engine/contract';
import { forecast } from '#reports';
import { featureFraming, tollFraming } from './fixtures.ts';

const member = (seed: number, measures: Readonly<Record<string, number>>): MemberResult => ({
  seed,
  digest: `d${seed}`,
  rounds: [{ round: 0, time: '', active: 0, events: 0, digest: '', measures }],
  final: measures,
});
const toll = (support: number, oppose: number) => ({
  'support:0': support,
  'oppose:0': oppose,
  'undecided:0': 1 - support - oppose,
});
const features = (...shares: readonly number[]) => Object.fromEntries(shares.map((share, issue) => [`leading:${issue}`, share]));

const ask = (ends: readonly Readonly<Record<string, number>>[], start = toll(0.3, 0.5)) =>
  forecast({ framing: tollFraming, members: ends.map((end, index) => member(index, end)), start })[0];

describe('binary questions', () => {
  it('shrinks the share of members by the Jeffreys rule', () => {
    const answer = ask([toll(0.5, 0.3), toll(0.45, 0.4), toll(0.3, 0.5)]);
    expect(answer?.options.map((option) => option.probability)).toEqual([2.5 / 4, 1.5 / 4]);
    expect(answer?.answer).toBe('yes');
    expect(answer?.persistence).toEqual([
      { option: 'yes', support: 0.3 },
      { option: 'no', support: 0.5 },
    ]);
  });

  it('names no answer where members split evenly', () => {
    expect(ask([toll(0.5, 0.3), toll(0.3, 0.5)])?.answer).toBeUndefined();
  });

  it('counts the decided only, meets the threshold at equality, and takes silence for a no', () => {
    expect(ask([toll(0.2, 0.2)])?.answer).toBe('yes');
    expect(ask([toll(0, 0)])?.answer).toBe('no');
  });

  it('labels its spread with the chance of the next member and as not calibrated', () => {
    const spread = ask([toll(0.5, 0.3), toll(0.4, 0.3), toll(0.6, 0.2)])?.options[0]?.support;
    expect(spread).toMatchObject({ low: 0.4, high: 0.6, median: 0.5, members: 3 });
    expect(spread?.mean).toBeCloseTo(0.5);
    expect(spread?.label).toMatch(/0\.50.*not yet calibrated/);
    expect(ask([toll(0.5, 0.3)])?.options[0]?.support.label).toMatch(/one member only/);
  });
});

describe('categorical questions', () => {
  it('shrinks by Dirichlet one half and answers by the largest share', () => {
    const ends = [features(0.5, 0.3, 0.2), features(0.4, 0.35, 0.25), features(0.2, 0.5, 0.3)];
    const [answer] = forecast({
      framing: featureFraming,
      members: ends.map((end, index) => member(index, end)),
      start: features(0.3, 0.4, 0.3),
    });
    expect(answer?.answer).toBe('Audit logging');
    expect(answer?.options.map((option) => option.probability)).toEqual([2.5 / 4.5, 1.5 / 4.5, 0.5 / 4.5]);
  });
});

it('gives probabilities that sum to one and stay strictly between nought and one', () => {
  const share = double({ min: 0, max: 1, noNaN: true });
  assert(
    property(array(tuple(share, share, share), { minLength: 1, maxLength: 30 }), (ends) => {
      const [answer] = forecast({
        framing: featureFraming,
        members: ends.map((end, index) => member(index, features(...end))),
        start: features(0, 0, 0),
      });
      const probabilities = answer?.options.map((option) => option.probability) ?? [];
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      expect(probabilities.every((p) => p > 0 && p < 1)).toBe(true);
    }),
  );
});

it('refuses to forecast from nothing', () => {
  expect(() => forecast({ framing: tollFraming, members: [], start: {} })).toThrow(
    expect.objectContaining({ code: 'invalid_input' }),
  );
});
