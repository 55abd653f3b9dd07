// A synthetic world for tests: random columns by seed, so that the round loop is tested apart from the population.
import { randomKey, randomStream } from '#foundation';
import type { Population, WorldSpec } from '#engine/contract';
import { TRAITS, VALUES } from '#engine/contract';
import { ScenarioSchema, type Framing, type Issue, type ScenarioInput } from '#scenarios/contract';
import { hashPopulation } from '../../engine/population/index.ts';

export interface WorldOptions {
  readonly size?: number;
  readonly issues?: number;
  readonly rounds?: number;
  readonly seed?: number;
  readonly degree?: number;
  readonly actors?: number;
  readonly scenario?: Partial<ScenarioInput>;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function column<T extends Uint8Array | Uint16Array | Float32Array>(
  make: new (buffer: SharedArrayBuffer) => T,
  bytes: number,
  length: number,
  value: (index: number) => number,
): T {
  const array = new make(new SharedArrayBuffer(bytes * length));
  for (let index = 0; index < length; index++) array[index] = value(index);
  return array;
}

const floats = (length: number, value: (index: number) => number): Float32Array => column(Float32Array, 4, length, value);

export function issueList(count: number): readonly Issue[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    id: `issue-${index}`,
    label: `Toll ${index}`,
    proposition: `The bridge toll number ${index} should go ahead.`,
    terms: ['toll', 'bridge'],
    question: 0,
  }));
}

export function syntheticPopulation({ size = 60, issues = 1, degree = 8, actors = 3 }: WorldOptions): Population {
  const random = randomStream(randomKey(7, 'synthetic'));
  const bytes = (value: (index: number) => number): Uint8Array => column(Uint8Array, 1, size, value);
  const shorts = (value: (index: number) => number): Uint16Array => column(Uint16Array, 2, size, value);
  const community = shorts(() => random.below(4));
  const camp = [-0.6, -0.15, 0.2, 0.65];
  const opinion = floats(size * issues, (index) =>
    clamp((camp[community[Math.floor(index / issues)] ?? 0] ?? 0) + 0.3 * random.normal(), -1, 1),
  );
  const reach = floats(size, (agent) => (agent < actors ? 50 : Math.min(200, random.next() ** -0.77)));
  const pool = Array.from({ length: size }, (_, agent) =>
    Array.from({ length: Math.ceil(reach[agent] ?? 1) }, () => agent),
  ).flat();
  const byCommunity = [0, 1, 2, 3].map((group) => pool.filter((agent) => community[agent] === group));
  const offsets = new Uint32Array(new SharedArrayBuffer((size + 1) * 4));
  const rows = Array.from({ length: size }, (_, agent) => {
    const row = new Set<number>();
    for (let tries = 0; tries < 6 * degree && row.size < Math.min(degree, size - 1); tries++) {
      const near = byCommunity[community[agent] ?? 0] ?? pool;
      const target = random.next() < 0.7 ? random.pick(near) : random.pick(pool);
      if (target !== undefined && target !== agent) row.add(target);
    }
    return [...row];
  });
  rows.forEach((row, agent) => {
    offsets[agent + 1] = (offsets[agent] ?? 0) + row.length;
  });
  const targets = new Uint32Array(new SharedArrayBuffer((offsets[size] ?? 0) * 4));
  targets.set(rows.flat());
  const strength = floats(targets.length, () => 0.2 + 0.8 * random.next());
  const parts: Omit<Population, 'hash'> = {
    size,
    seed: 7,
    issues: issueList(issues),
    actors: Array.from({ length: actors }, (_, agent) => ({
      agent,
      entity: `person:actor-${agent}`,
      name: `Actor ${agent}`,
      handle: `actor${agent}`,
      bio: 'Speaks often.',
      role: 'public figure',
      goals: [],
      voice: 'Plain.',
      sources: [],
    })),
    communities: [0, 1, 2, 3].map((index) => ({ label: `Group ${index}`, terms: [] })),
    lexicon: {
      occupations: ['clerk', 'nurse'],
      regions: ['North', 'South'],
      rhythms: [
        { name: 'day', hours: Array.from({ length: 24 }, (_, hour) => (hour < 6 ? 0.05 : hour < 9 ? 0.5 : hour < 22 ? 1 : 0.4)) },
        { name: 'night', hours: Array.from({ length: 24 }, (_, hour) => (hour < 4 ? 1 : hour < 16 ? 0.2 : 0.7)) },
      ],
    },
    columns: {
      actorType: bytes((agent) => (agent < actors ? agent % 4 : 0)),
      community,
      age: bytes(() => 18 + random.below(60)),
      gender: bytes(() => random.below(2)),
      education: bytes(() => random.below(5)),
      occupation: shorts(() => random.below(2)),
      region: shorts(() => random.below(2)),
      traits: floats(size * TRAITS.length, () => clamp(0.5 + 0.16 * random.normal(), 0, 1)),
      values: floats(size * VALUES.length, () => random.next()),
      opinion,
      certainty: floats(size * issues, () => 0.2 + 0.6 * random.next()),
      salience: floats(size * issues, () => 0.2 + 0.5 * random.next()),
      activity: floats(size, (agent) => (agent < actors ? 0.6 : 0.05 + 0.3 * random.next())),
      rhythm: bytes(() => (random.next() < 0.85 ? 0 : 1)),
      reach,
    },
    ties: { offsets, targets, strength },
    talkingPoints: Array.from({ length: 12 * issues }, (_, index) => ({
      index,
      issue: index % issues,
      lean: clamp(-0.9 + (1.8 * Math.floor(index / issues)) / 11, -1, 1),
      arousal: random.next(),
      text: `point number ${index} was made`,
      source: undefined,
      speaker: index < actors ? index : undefined,
      origin: 'document' as const,
    })),
  };
  return { ...parts, hash: hashPopulation(parts) };
}

export function framingOf(issues: readonly Issue[]): Framing {
  return {
    issues,
    questions: [
      {
        index: 0,
        text: 'Will the toll go ahead?',
        kind: issues.length === 1 ? 'binary' : 'categorical',
        issues: issues.map(({ index }) => index),
        options: issues.length === 1 ? ['yes', 'no'] : issues.map(({ label }) => label),
        threshold: 0.5,
        realWorldResolution: 'not declared',
        simulatedResolution: 'support:0',
        assumptions: [],
      },
    ],
  };
}

export function syntheticSpec(options: WorldOptions = {}): WorldSpec {
  const { size = 60, rounds = 12, seed = 1 } = options;
  const population = syntheticPopulation(options);
  const scenario = ScenarioSchema.parse({
    name: 'synthetic',
    title: 'A synthetic world',
    description: '',
    documents: ['none.txt'],
    questions: [{ text: 'Will the toll go ahead?' }],
    ...options.scenario,
    population: { size, ...options.scenario?.population },
    clock: { rounds, ...options.scenario?.clock },
    seed,
  });
  return { scenario, graphHash: '0'.repeat(64), framing: framingOf(population.issues), population, seed };
}
