// A world before its first round: the population's columns, what agents start from, and empty tables.
import { ShoalError } from '#foundation';
import type { FeedOverrides, Scenario } from '#scenarios/contract';
import { NONE, TRAITS, type Population, type WorldSpec } from '../contract.ts';
import { feedWeightsOf } from '../platforms/feed-weights.ts';
import { behaviourOf } from '../policies/behaviour.ts';
import { clockOf } from './clock.ts';
import { log10 } from './fast-math.ts';
import { createTable, onSharedMemory, sharedFloat32, sharedUint32, sharedUint8 } from './table.ts';
import { BONDS, EXTRA_POINTS, POOL, POSTS, REACTIONS, SIDES, type FixedWorld, type World } from './world.ts';

const MAX_HEARD_WORDS = 4;

/** Words for the talking points that an agent has met: one bit each as far as they go, with a few to spare. */
export function heardWordsOf(scenario: Scenario, population: Population): number {
  return Math.min(MAX_HEARD_WORDS, Math.ceil((population.talkingPoints.length + scenario.interventions.length + 8) / 32));
}

/** A world before its first round. Throws `invalid_scenario` for parameters and interventions that do not fit it. */
export function createWorldState(spec: WorldSpec): World {
  const { scenario, population, alone = false } = spec;
  const { size, columns, issues } = population;
  for (const { issue, round } of scenario.interventions) {
    if (issue < issues.length) continue;
    throw new ShoalError(
      'invalid_scenario',
      `The intervention of round ${round} speaks to issue ${issue}, but there are ${issues.length}.`,
      {
        hint: `Use 0 … ${issues.length - 1}: the order of the questions and their options.`,
      },
    );
  }
  const clock = clockOf(scenario);
  const pointCount = population.talkingPoints.length;
  const heardWords = heardWordsOf(scenario, population);
  const trait = (name: (typeof TRAITS)[number]): Float32Array => {
    const index = TRAITS.indexOf(name);
    const column = sharedFloat32(size);
    for (let agent = 0; agent < size; agent++) column[agent] = columns.traits[agent * TRAITS.length + index] ?? 0;
    return column;
  };
  const reach = sharedFloat32(size);
  for (let agent = 0; agent < size; agent++) reach[agent] = log10(Math.max(1, columns.reach[agent] ?? 1));
  const rhythms = new Float64Array(new SharedArrayBuffer(population.lexicon.rhythms.length * 24 * 8));
  rhythms.set(population.lexicon.rhythms.flatMap(({ hours }) => [...hours]));

  const fixed: FixedWorld = {
    seed: spec.seed,
    size,
    issues: issues.length,
    actors: population.actors.length,
    heardWords,
    behaviour: behaviourOf(scenario),
    clock,
    platforms: scenario.platforms.map(({ kind, feed }) => ({ kind, feed: feedWeightsOf(kind, alone ? silenced(feed) : feed) })),
    platformColumns: scenario.platforms.map(() => ({
      latestPost: sharedUint32(size).fill(NONE),
      latestReaction: sharedUint32(size).fill(NONE),
      roundStart: sharedUint32(clock.rounds + 2),
      popular: sharedUint32(POOL),
      popularCount: sharedUint32(1),
      similar: sharedUint32(issues.length * SIDES * POOL),
      similarCount: sharedUint32(issues.length * SIDES),
    })),
    rhythms,
    actorType: onSharedMemory(columns.actorType),
    openness: trait('openness'),
    extraversion: trait('extraversion'),
    activity: onSharedMemory(columns.activity),
    rhythm: onSharedMemory(columns.rhythm),
    reach,
    anchor: {
      opinion: onSharedMemory(columns.opinion),
      certainty: onSharedMemory(columns.certainty),
      salience: onSharedMemory(columns.salience),
    },
    ties: alone ? noTies(size) : sortedTies(population),
    state: {
      opinion: onSharedMemory(new Float32Array(columns.opinion)),
      certainty: onSharedMemory(new Float32Array(columns.certainty)),
      salience: onSharedMemory(new Float32Array(columns.salience)),
      fatigue: sharedFloat32(size),
      heard: sharedUint32(size * heardWords),
      touched: sharedUint32(size),
    },
    latestBond: sharedUint32(size).fill(NONE),
    points: {
      issue: sharedUint8(pointCount + EXTRA_POINTS),
      lean: sharedFloat32(pointCount + EXTRA_POINTS),
      arousal: sharedFloat32(pointCount + EXTRA_POINTS),
      speaker: sharedUint32(pointCount + EXTRA_POINTS).fill(NONE),
      born: sharedUint32(pointCount + EXTRA_POINTS),
    },
  };
  for (const point of population.talkingPoints) {
    fixed.points.issue[point.index] = point.issue;
    fixed.points.lean[point.index] = point.lean;
    fixed.points.arousal[point.index] = point.arousal;
    fixed.points.speaker[point.index] = point.speaker ?? NONE;
  }
  return {
    fixed,
    population,
    posts: scenario.platforms.map(() => createTable(POSTS)),
    reactions: scenario.platforms.map(() => createTable(REACTIONS)),
    bonds: createTable(BONDS),
    attention: new Uint32Array(size),
    round: 0,
    seq: 0,
    pointCount,
  };
}

/** A feed that recommends nothing: what is announced to everyone still stands in it. */
const silenced = (feed: FeedOverrides | undefined): FeedOverrides => ({
  ...feed,
  recency: 0,
  popularity: 0,
  similarity: 0,
  following: 0,
  outOfNetwork: 0,
});

const noTies = (size: number): FixedWorld['ties'] => ({
  offsets: sharedUint32(size + 1),
  targets: sharedUint32(0),
  strength: sharedFloat32(0),
});

/** Rows of the tie matrix in ascending order of target, so that a tie is found by bisection. */
function sortedTies({ size, ties }: Population): FixedWorld['ties'] {
  const { offsets } = ties;
  let ascending = true;
  for (let agent = 0; agent < size && ascending; agent++) {
    const end = offsets[agent + 1] ?? 0;
    for (let edge = (offsets[agent] ?? 0) + 1; edge < end; edge++) {
      if ((ties.targets[edge - 1] ?? 0) > (ties.targets[edge] ?? 0)) ascending = false;
    }
  }
  if (ascending) {
    return { offsets: onSharedMemory(offsets), targets: onSharedMemory(ties.targets), strength: onSharedMemory(ties.strength) };
  }
  const targets = sharedUint32(ties.targets.length);
  const strength = sharedFloat32(ties.targets.length);
  for (let agent = 0; agent < size; agent++) {
    const start = offsets[agent] ?? 0;
    const row = Array.from({ length: (offsets[agent + 1] ?? 0) - start }, (_, edge) => start + edge);
    row
      .toSorted((left, right) => (ties.targets[left] ?? 0) - (ties.targets[right] ?? 0) || left - right)
      .forEach((edge, place) => {
        targets[start + place] = ties.targets[edge] ?? 0;
        strength[start + place] = ties.strength[edge] ?? 0;
      });
  }
  return { offsets: onSharedMemory(offsets), targets, strength };
}
