// Measures against values worked out by hand.
import { describe, expect, it } from 'vitest';
import { MEASURES, NONE, type EventBatch } from '#engine/contract';
import { initialMeasures, measure, sentiment } from '../../engine/measures/measures.ts';
import { estebanRay, leadingShares, moments, movedShare, sideShares, type OpinionColumn } from '../../engine/measures/opinion.ts';
import { cascades, reachOf } from '../../engine/measures/cascades.ts';
import { coalitions } from '../../engine/measures/coalitions.ts';
import { mixing } from '../../engine/measures/mixing.ts';
import { echoSlope, gini } from '../../engine/measures/ties.ts';
import { createMarketColumns } from '../../engine/platforms/market/exchange.ts';
import { answersOf } from '../../engine/platforms/market/listing.ts';
import { KIND } from '../../engine/platforms/platform.ts';
import { createBatch } from '../../engine/record/codec.ts';
import { framingOf, issueList, syntheticPopulation } from './fixtures-world.ts';

const column = (...values: number[]): OpinionColumn => ({
  values: Float32Array.from(values),
  size: values.length,
  issues: 1,
  issue: 0,
});

const everyone = (): boolean => true;

describe('measures of opinion', () => {
  it('shares: the band around zero is undecided', () => {
    expect(sideShares(column(-1, -0.05, 0.05, 0.5))).toEqual({ support: 0.25, oppose: 0.25, undecided: 0.5 });
    expect(sideShares(column(0.1, -0.1)).undecided).toBe(0);
  });

  it('reads one issue of several', () => {
    const values = Float32Array.of(1, -1, 1, -1, 1, 0);
    expect(sideShares({ values, size: 3, issues: 2, issue: 0 }).support).toBe(1);
    expect(sideShares({ values, size: 3, issues: 2, issue: 1 }).oppose).toBeCloseTo(2 / 3);
  });

  it('moments: mean, population variance, bimodality', () => {
    expect(moments(column(-1, 1))).toEqual({ mean: 0, variance: 1, bimodality: 1 });
    expect(moments(column(0.5, 0.5))).toEqual({ mean: 0.5, variance: 0, bimodality: 0 });
    // A fine uniform grid: kurtosis 1.8, so 1/1.8.
    const uniform = Array.from({ length: 2001 }, (_, index) => index / 1000 - 1);
    expect(moments(column(...uniform)).bimodality).toBeCloseTo(0.5556, 3);
    expect(moments(column(...uniform)).variance).toBeCloseTo(1 / 3, 2);
    // 0, 0, 0, 1: mean ¼, variance 3/16, skewness² 4/3, kurtosis 7/3.
    expect(moments(column(0, 0, 0, 1)).bimodality).toBeCloseTo((4 / 3 + 1) / (7 / 3), 6);
  });

  it('Esteban–Ray: two equal camps at the ends, and none where all agree', () => {
    // Bin middles −0.95 and 0.95; two terms of ½^2.3 · ½ · 1.9.
    expect(estebanRay(column(-1, 1))).toBeCloseTo(2 * 0.5 ** 2.3 * 0.5 * 1.9, 9);
    expect(estebanRay(column(0.3, 0.3, 0.3))).toBe(0);
    expect(estebanRay(column(-1, 1, -1, 1))).toBeGreaterThan(estebanRay(column(-1, -0.3, 0.3, 1)));
  });

  it('moved: those whose side changed', () => {
    expect(movedShare(column(0.5, -0.5, 0.05, 0.2), Float32Array.of(-0.5, -0.4, 0, 0.05))).toBe(0.5);
  });

  it('leading: each agent counts for the issue it agrees with most, ties for the first', () => {
    const values = Float32Array.of(0.2, 0.5, -1, 0.3, 0.3, 0.1, -0.5, -0.9, -0.4, 0, 0.1, 0.9);
    expect(leadingShares(values, 4, 3, [0, 1, 2])).toEqual([0.25, 0.25, 0.5]);
  });
});

describe('measures of ties and attention', () => {
  it('echo: slope of what is heard on what is thought', () => {
    // 0 ↔ 1 and 2 ↔ 3, alike within pairs: slope 1. Crossed pairs: slope −1.
    const offsets = Uint32Array.of(0, 1, 2, 3, 4);
    const alike = { offsets, targets: Uint32Array.of(1, 0, 3, 2) };
    const crossed = { offsets, targets: Uint32Array.of(2, 3, 0, 1) };
    const opinions = Float32Array.of(0.5, 0.5, -0.5, -0.5);
    expect(echoSlope(opinions, 1, 0, alike)).toBeCloseTo(1);
    expect(echoSlope(opinions, 1, 0, crossed)).toBeCloseTo(-1);
    expect(echoSlope(Float32Array.of(0.3, 0.3, 0.3, 0.3), 1, 0, alike)).toBe(0);
  });

  it('echo: by hand, with one agent who follows nobody', () => {
    // x = 1, 0, −1 hear 0, 0, 1: slope = (Σxy − ΣxΣy/n)/(Σx² − (Σx)²/n) = −1/2.
    const ties = { offsets: Uint32Array.of(0, 1, 2, 3, 3), targets: Uint32Array.of(1, 3, 0) };
    expect(echoSlope(Float32Array.of(1, 0, -1, 0), 1, 0, ties)).toBeCloseTo(-0.5);
  });

  it('Gini: equal, one has all, and by hand', () => {
    expect(gini(Uint32Array.of(3, 3, 3, 3))).toBe(0);
    expect(gini(Uint32Array.of(0, 0, 0, 9))).toBe(0.75);
    expect(gini(Uint32Array.of(0, 0, 0))).toBe(0);
    // 1, 2, 3: Σ|xi − xj| = 8 over 2 · 3² · 2.
    expect(gini(Uint32Array.of(3, 1, 2))).toBeCloseTo(8 / 36);
  });
});

describe('sides among ties', () => {
  const offsets = Uint32Array.of(0, 2, 3, 4, 6);
  const ties = { offsets, targets: Uint32Array.of(1, 2, 0, 3, 2, 0) };
  // 0 and 1 are for, 2 and 3 against. Ties: 0→1, 0→2, 1→0, 2→3, 3→2, 3→0: four within, two across.
  const opinions = Float32Array.of(0.5, 0.9, -0.5, -0.9);

  it('E-I index: ties across less ties within', () => {
    expect(mixing(opinions, 1, 0, ties).externalInternal).toBeCloseTo((2 - 4) / 6);
    expect(mixing(opinions, 1, 0, { offsets: new Uint32Array(5), targets: new Uint32Array(0) }).externalInternal).toBe(0);
  });

  it('assortativity: by hand, and 0 where all are alike', () => {
    // e = [[2, 1], [1, 2]] / 6, a = b = ½: (4/6 − ½) / (1 − ½) = ⅓, the reverse of E-I for equal groups.
    expect(mixing(opinions, 1, 0, ties).assortativity).toBeCloseTo(1 / 3);
    expect(mixing(Float32Array.of(1, 1, 1, 1), 1, 0, ties).assortativity).toBe(0);
  });

  it('coalitions: one side, held together by ties, of 5 % at least', () => {
    expect(coalitions(opinions, 1, 0, ties, everyone)).toEqual([
      { side: 'for', agents: 2 },
      { side: 'against', agents: 2 },
    ]);
    // 4 agrees too, but knows none of them; the undecided are nobody's coalition.
    const five = { offsets: Uint32Array.of(0, 1, 1, 1, 1, 1), targets: Uint32Array.of(1) };
    expect(coalitions(Float32Array.of(1, 1, 0, -1, 1), 1, 0, five, everyone).map(({ agents }) => agents)).toEqual([2, 1, 1]);
    // Who has left is in none of them and ties nobody together.
    expect(coalitions(opinions, 1, 0, ties, (agent) => agent !== 0).map(({ agents }) => agents)).toEqual([2, 1]);
  });
});

describe('cascades', () => {
  const star = Uint32Array.of(NONE, 0, 0, 0, 0);
  const chain = Uint32Array.of(NONE, 0, 1, 2, 3);

  it('size, depth and breadth', () => {
    expect(cascades(star)).toMatchObject([{ root: 0, size: 5, depth: 1, breadth: 4 }]);
    expect(cascades(chain)).toMatchObject([{ root: 0, size: 5, depth: 4, breadth: 1 }]);
    expect(cascades(Uint32Array.of(NONE, NONE, 0, 1, 2, 2))).toMatchObject([
      { root: 0, size: 4, depth: 2, breadth: 2 },
      { root: 1, size: 2, depth: 1, breadth: 1 },
    ]);
  });

  it('structural virality: 2 − 2/n for a star, (n + 1)/3 for a chain', () => {
    expect(cascades(star)[0]?.virality).toBeCloseTo(2 - 2 / 5);
    expect(cascades(chain)[0]?.virality).toBeCloseTo(2);
    expect(cascades(Uint32Array.of(NONE))[0]?.virality).toBe(0);
  });

  it('reach: those who follow anyone that took part', () => {
    const ties = { offsets: Uint32Array.of(0, 1, 2, 3, 3), targets: Uint32Array.of(1, 2, 3) };
    expect(reachOf([1, 2], ties)).toBe(0.5);
    expect(reachOf([NONE], ties)).toBe(0);
  });
});

const batch = (...kinds: (keyof typeof KIND)[]): EventBatch => {
  const made = createBatch(0, 0, kinds.length);
  kinds.forEach((kind, row) => (made.kind[row] = KIND[kind]));
  return made;
};

describe('measures of a round', () => {
  const population = syntheticPopulation({ size: 20, issues: 3 });

  it('counts the round’s events', () => {
    const found = measure({
      opinion: population.columns.opinion,
      initial: population.columns.opinion,
      size: 20,
      issues: 3,
      questions: [[0, 1, 2]],
      ties: population.ties,
      attention: new Uint32Array(20),
      active: 7,
      batch: batch('post', 'quote', 'reply', 'repost', 'repost', 'like', 'dislike', 'follow', 'inject', 'shift'),
      crossTalk: 0.5,
      turnout: 0.25,
      market: undefined,
    });
    expect(found).toMatchObject({
      active: 7,
      posts: 2,
      replies: 1,
      reposts: 2,
      likes: 1,
      dislikes: 1,
      follows: 1,
      'cross-talk': 0.5,
      turnout: 0.25,
    });
  });

  it('sentiment: mean stance of what is written on the issue', () => {
    const made = batch('post', 'reply', 'quote', 'like', 'post');
    made.value.set([1, -0.5, 0.25, 1, -1]);
    made.issue[4] = 1;
    expect(sentiment(made, 0)).toBeCloseTo(0.25);
    expect(sentiment(made, 1)).toBe(-1);
    expect(sentiment(undefined, 0)).toBe(0);
  });

  it('adds prices and volume where there is a market', () => {
    const [round] = [batch('trade', 'order', 'trade')];
    round.point.set([3, 100, 4]);
    const framing = framingOf(issueList(3));
    const answers = answersOf(framing);
    const columns = createMarketColumns(20, answers, { mechanism: 'maker', liquidity: 10, cash: 100, shares: 1 });
    columns.price.set([50, 30, 20]);
    const found = measure({
      opinion: population.columns.opinion,
      initial: population.columns.opinion,
      size: 20,
      issues: 3,
      questions: [[0, 1, 2]],
      ties: population.ties,
      attention: new Uint32Array(20),
      active: 7,
      batch: round,
      crossTalk: 0,
      turnout: 0,
      market: { answers, columns },
    });
    expect(found).toMatchObject({ 'price:0': 0.5, 'price:1': 0.3, 'price:2': 0.2, volume: 7 });
  });

  it('names every measure of the contract but a market’s, finite, and no other', () => {
    const found = initialMeasures(population, framingOf(issueList(3)));
    const everywhere = MEASURES.filter(({ name }) => name !== 'price' && name !== 'volume');
    const names = everywhere.flatMap(({ name, perIssue }) => (perIssue ? [0, 1, 2].map((issue) => `${name}:${issue}`) : [name]));
    expect(Object.keys(found)).toEqual(names);
    expect(Object.values(found).every(Number.isFinite)).toBe(true);
    expect(found['moved:0']).toBe(0);
    expect((found['leading:0'] ?? 0) + (found['leading:1'] ?? 0) + (found['leading:2'] ?? 0)).toBeCloseTo(1);
  });
});
