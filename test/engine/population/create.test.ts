// The population as a whole: same inputs, same people; the right kinds of people; documented shapes.
import { describe, expect, it } from 'vitest';
import { ACTOR_TYPES } from '#knowledge-graph/contract';
import type { Population } from '#engine/contract';
import { createPopulation, decodePopulation, encodePopulation, personaOf } from '../../../engine/population/index.ts';
import { populationSkills } from '../../../engine/policies/chat/index.ts';
import { BRIDGE_FRAMING, BRIDGE_GRAPH, REPAIR_FRAMING, bridgeScenario } from '../fixtures.ts';
import { embeddedModel } from '../../embedded-model.ts';

const model = embeddedModel(populationSkills);
const populate = (population: Record<string, number> = {}, seed = 1, framing = BRIDGE_FRAMING): Promise<Population> =>
  createPopulation({ graph: BRIDGE_GRAPH, framing, scenario: bridgeScenario({ population, seed }), model });

const mean = (numbers: Iterable<number>): number => {
  const list = [...numbers];
  return list.reduce((sum, number) => sum + number, 0) / list.length;
};

describe('createPopulation', () => {
  it('gives the same population for the same inputs and another for another seed', async () => {
    const [first, again, other] = await Promise.all([
      populate({ size: 300 }),
      populate({ size: 300 }),
      populate({ size: 300 }, 2),
    ]);
    expect(again.hash).toBe(first.hash);
    expect(again.columns.opinion).toEqual(first.columns.opinion);
    expect(other.hash).not.toBe(first.hash);
  });

  it('draws an agent the same whatever the number of agents after it', async () => {
    const [small, large] = await Promise.all([populate({ size: 200 }), populate({ size: 400 })]);
    for (const agent of [20, 77, 199]) {
      const [a, b] = [personaOf(small, agent), personaOf(large, agent)];
      expect(a.identity).toEqual(b.identity);
      expect(a.demographics).toEqual(b.demographics);
      expect(a.stances).toEqual(b.stances);
    }
  });

  it('puts every column on shared memory', async () => {
    const { columns, ties } = await populate({ size: 50 });
    for (const array of [...Object.values(columns), ...Object.values(ties)]) {
      expect((array as Uint8Array).buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });

  it('takes named actors of each type from the graph, most salient first, and no places or things', async () => {
    const population = await populate({ size: 100 });
    expect(population.actors.map(({ name }) => name)).toEqual([
      'Mara Voss',
      'Ferrow town council',
      'Ilse Brandt',
      'Harbour Traders Association',
      'Ferrow Courier',
      'Ministry of Transport',
      'Tomas Reed',
      'Citizens for Free Crossing',
      'Riverline Buses',
    ]);
    const types = population.actors.map(({ agent }) => ACTOR_TYPES[population.columns.actorType[agent] ?? -1]);
    expect(types.slice(0, 5)).toEqual(['person', 'institution', 'person', 'organisation', 'media']);
    expect(new Set(population.columns.actorType.slice(population.actors.length))).toEqual(
      new Set([ACTOR_TYPES.indexOf('person')]),
    );
  });

  it('keeps to the limits on named actors and size', async () => {
    expect((await populate({ size: 100, actors: 3 })).actors).toHaveLength(3);
    expect((await populate({ size: 4, actors: 40 })).actors).toHaveLength(4);
    expect((await populate({ size: 60, actors: 0 })).actors).toHaveLength(0);
  });

  it('reads where actors stand from what they say and do, and is unsure where the documents are silent', async () => {
    const population = await populate({ size: 100 });
    const stanceOf = (name: string): { opinion: number; certainty: number } => {
      const agent = population.actors.find((actor) => actor.name === name)?.agent ?? -1;
      return personaOf(population, agent).stances[0] ?? { opinion: 0, certainty: 0 };
    };
    expect(stanceOf('Mara Voss').opinion).toBeGreaterThan(0.15);
    expect(stanceOf('Riverline Buses').opinion).toBeGreaterThan(0.3);
    expect(stanceOf('Ilse Brandt').opinion).toBeLessThan(-0.3);
    expect(stanceOf('Harbour Traders Association').opinion).toBeLessThan(-0.3);
    expect(stanceOf('Ilse Brandt').certainty).toBeGreaterThan(0.5);
    expect(stanceOf('Ferrow Courier').certainty).toBeLessThan(0.4);
    expect(Math.abs(stanceOf('Ferrow Courier').opinion)).toBeLessThan(0.4);
  });

  it('turns the meaning of support round where the proposition asks for an end', async () => {
    const issue = {
      ...BRIDGE_FRAMING.issues[0],
      proposition: 'The bridge toll should be scrapped.',
    } as (typeof BRIDGE_FRAMING.issues)[number];
    const population = await populate({ size: 60 }, 1, { ...BRIDGE_FRAMING, issues: [issue] });
    const brandt = population.actors.findIndex(({ name }) => name === 'Ilse Brandt');
    expect(population.columns.opinion[brandt]).toBeGreaterThan(0.3);
  });

  it('makes a crowd with opinions on both sides, mostly lurkers, and a heavy tail of reach', async () => {
    const { columns, actors, size } = await populate({ size: 5000, reachExponent: 2.3 });
    const crowd = (column: Float32Array): Float32Array => column.slice(actors.length);
    const opinions = crowd(columns.opinion);
    expect(opinions.filter((opinion) => opinion > 0.1).length / size).toBeGreaterThan(0.2);
    expect(opinions.filter((opinion) => opinion < -0.1).length / size).toBeGreaterThan(0.2);
    const activity = crowd(columns.activity).toSorted();
    expect(activity[Math.floor(size / 2)]).toBeLessThan(0.15);
    expect(activity.at(-1)).toBeGreaterThan(0.6);
    const reach = crowd(columns.reach).toSorted();
    expect(reach[0]).toBe(1);
    expect(reach[Math.floor(size / 2)]).toBeLessThan(1.3);
    // P(reach > r) = ½ r^(1 − 2.3): at r = 10 about 2.5 %.
    const beyond = reach.filter((value) => value > 10).length / size;
    expect(beyond).toBeGreaterThan(0.015);
    expect(beyond).toBeLessThan(0.04);
    // Few care much.
    const salience = crowd(columns.salience);
    expect(salience.filter((value) => value > 0.6).length / size).toBeLessThan(0.2);
    expect(mean(columns.certainty)).toBeGreaterThan(0.2);
  });

  it('draws values that go with age and traits as documented', async () => {
    const { columns, actors, size } = await populate({ size: 5000 });
    const agents = Array.from({ length: size - actors.length }, (_, i) => i + actors.length);
    const conservation = (agent: number): number => columns.values[agent * 4 + 2] ?? 0;
    const old = agents.filter((agent) => (columns.age[agent] ?? 0) >= 60);
    const young = agents.filter((agent) => (columns.age[agent] ?? 0) < 30);
    expect(mean(old.map(conservation))).toBeGreaterThan(mean(young.map(conservation)) + 0.03);
    const agreeable = agents.filter((agent) => (columns.traits[agent * 5 + 3] ?? 0) > 0.65);
    const disagreeable = agents.filter((agent) => (columns.traits[agent * 5 + 3] ?? 0) < 0.35);
    const caring = (agent: number): number => columns.values[agent * 4 + 3] ?? 0;
    expect(mean(agreeable.map(caring))).toBeGreaterThan(mean(disagreeable.map(caring)) + 0.08);
    // Nobody has a degree that their years do not allow.
    expect(agents.filter((agent) => (columns.age[agent] ?? 0) < 18 && (columns.education[agent] ?? 0) > 1)).toEqual([]);
  });

  it('gives competing answers each some followers, and most people one favourite', async () => {
    const { columns, size } = await populate({ size: 2000 }, 1, REPAIR_FRAMING);
    const leading = Array.from({ length: size }, (_, agent) => {
      const row = columns.opinion.subarray(agent * 3, agent * 3 + 3);
      return row.indexOf(Math.max(...row));
    });
    for (const issue of [0, 1, 2]) expect(leading.filter((first) => first === issue).length / size).toBeGreaterThan(0.1);
  });

  it('gives both sides at least two things to say, and quotes the documents word for word', async () => {
    const { talkingPoints } = await populate({ size: 20 });
    expect(talkingPoints.filter(({ lean }) => lean > 0).length).toBeGreaterThanOrEqual(2);
    expect(talkingPoints.filter(({ lean }) => lean < 0).length).toBeGreaterThanOrEqual(2);
    const article = BRIDGE_GRAPH.documents[0]?.text ?? '';
    for (const point of talkingPoints.filter(({ origin }) => origin === 'document')) {
      expect(article.slice(point.source?.start, point.source?.end).replaceAll(/\s+/g, ' ')).toBe(point.text);
      expect(point.text.length).toBeLessThanOrEqual(240);
    }
    const thin = await createPopulation({
      graph: { ...BRIDGE_GRAPH, claims: [], relations: [] },
      framing: REPAIR_FRAMING,
      scenario: bridgeScenario({ population: { size: 20 } }),
      model,
    });
    for (const issue of [0, 1, 2]) {
      for (const side of [1, -1]) {
        const points = thin.talkingPoints.filter((point) => point.issue === issue && point.lean * side > 0);
        expect(points.length).toBeGreaterThanOrEqual(2);
      }
    }
  });

  it('falls back to the embedded persona for an actor whose answer is malformed', async () => {
    const broken = embeddedModel({ persona: () => JSON.stringify({ personas: [{ name: 'Mara Voss' }] }) });
    const scenario = bridgeScenario({ population: { size: 50 } });
    const population = await createPopulation({ graph: BRIDGE_GRAPH, framing: BRIDGE_FRAMING, scenario, model: broken });
    expect(population.hash).toBe((await populate({ size: 50 })).hash);
  });

  it('is the same whoever draws it: this thread, two or three', async () => {
    const scenario = bridgeScenario({ population: { size: 40_000, meanDegree: 3 } });
    const request = { graph: BRIDGE_GRAPH, framing: BRIDGE_FRAMING, scenario, model };
    const alone = await createPopulation(request);
    for (const threads of [2, 3]) expect((await createPopulation({ ...request, threads })).hash).toBe(alone.hash);
  });

  it('stops when it is told to', async () => {
    const scenario = bridgeScenario({ population: { size: 50 } });
    const signal = AbortSignal.abort();
    await expect(createPopulation({ graph: BRIDGE_GRAPH, framing: BRIDGE_FRAMING, scenario, model, signal })).rejects.toThrow(
      /abort/i,
    );
  });
});

describe('the file form of a population', () => {
  it('comes back the same in every bit', async () => {
    const population = await populate({ size: 400 });
    const back = decodePopulation(encodePopulation(population), population.hash);
    expect(back).toEqual(population);
    expect(back.columns.opinion.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('is refused when it is damaged or not the one expected', async () => {
    const bytes = encodePopulation(await populate({ size: 40 }));
    expect(() => decodePopulation(bytes.slice(0, bytes.length - 20))).toThrow(/damaged/);
    expect(() => decodePopulation(new Uint8Array([1, 2, 3]))).toThrow(/damaged/);
    expect(() => decodePopulation(bytes, 'f'.repeat(64))).toThrow(/hash/);
  });
});
