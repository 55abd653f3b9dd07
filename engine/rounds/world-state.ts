// A world before its first round: the population's columns, what agents start from, and empty tables.
import { ShoalError } from '#foundation';
import type { Scenario } from '#scenarios/contract';
import { NONE, TRAITS, type Population, type WorldSpec } from '../contract.ts';
import { CARD_WORDS } from '../platforms/cards.ts';
import { feedWeightsOf } from '../platforms/feed-weights.ts';
import { createExchange, createMarketColumns } from '../platforms/market/exchange.ts';
import { answersOf, marketOf } from '../platforms/market/listing.ts';
import { TEXT_DIMENSIONS, writeTextVector } from '../platforms/text-vectors.ts';
import { behaviourOf } from '../policies/behaviour.ts';
import { clockOf } from './clock.ts';
import { log10 } from './fast-math.ts';
import { createTable, onSharedMemory, sharedFloat32, sharedUint32, sharedUint8 } from './table.ts';
import {
  BONDS,
  EXTRA_POINTS,
  GROUPS,
  MEMBERS,
  MESSAGES,
  POOL,
  POSTS,
  RANKED,
  REACTIONS,
  SAMPLE,
  type FixedWorld,
  type Market,
  type World,
} from './world.ts';

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

  const market = openMarket(spec);
  const fixed: FixedWorld = {
    seed: spec.seed,
    size,
    issues: issues.length,
    actors: population.actors.length,
    heardWords,
    behaviour: behaviourOf(scenario),
    dynamics: scenario.dynamics,
    alone,
    clock,
    platforms: scenario.platforms.map(({ kind, feed }) => ({
      kind,
      feed: feedWeightsOf(kind, feed),
    })),
    platformColumns: scenario.platforms.map(() => ({
      latestPost: sharedUint32(size).fill(NONE),
      latestReaction: sharedUint32(size).fill(NONE),
      roundStart: sharedUint32(clock.rounds + 2),
      ranked: sharedUint32(RANKED.length * POOL),
      rankedCount: sharedUint32(RANKED.length),
      sample: sharedUint32(SAMPLE),
      sampleCount: sharedUint32(1),
      cardCount: sharedUint32(1),
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
    gone: sharedUint8(size),
    latestMember: sharedUint32(scenario.platforms.some(({ kind }) => kind === 'chat') ? size : 0).fill(NONE),
    followers: followersOf(population),
    texts: sharedFloat32((issues.length + pointCount + EXTRA_POINTS) * TEXT_DIMENSIONS),
    market,
    points: {
      issue: sharedUint8(pointCount + EXTRA_POINTS),
      lean: sharedFloat32(pointCount + EXTRA_POINTS),
      arousal: sharedFloat32(pointCount + EXTRA_POINTS),
      speaker: sharedUint32(pointCount + EXTRA_POINTS).fill(NONE),
      born: sharedUint32(pointCount + EXTRA_POINTS),
    },
  };
  for (const { index, proposition, label, terms } of issues) {
    writeTextVector([proposition, label, ...terms].join(' '), fixed.texts, index * TEXT_DIMENSIONS);
  }
  for (const point of population.talkingPoints) {
    writeTextVector(point.text, fixed.texts, (issues.length + point.index) * TEXT_DIMENSIONS);
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
    groups: createTable(GROUPS),
    members: createTable(MEMBERS),
    messages: createTable(MESSAGES),
    cards: scenario.platforms.map(() => new SharedArrayBuffer(1024 * CARD_WORDS * 4)),
    exchange: market === undefined ? undefined : createExchange(market.columns, market.answers, market.terms),
    trades: [],
    attention: new Uint32Array(size),
    round: 0,
    seq: 0,
    pointCount,
  };
}

const noTies = (size: number): FixedWorld['ties'] => ({
  offsets: sharedUint32(size + 1),
  targets: sharedUint32(0),
  strength: sharedFloat32(0),
});

function openMarket({ scenario, framing, population }: WorldSpec): Market | undefined {
  const found = marketOf(scenario);
  if (found === undefined) return undefined;
  const answers = answersOf(framing);
  return { ...found, answers, columns: createMarketColumns(population.size, answers, found.terms) };
}

function followersOf({ size, ties }: Population): Uint32Array {
  const followers = sharedUint32(size);
  for (const target of ties.targets) followers[target] = (followers[target] as number) + 1;
  return followers;
}

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
