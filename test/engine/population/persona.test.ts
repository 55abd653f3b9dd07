// Personas as people read them.
import { describe, expect, it } from 'vitest';
import type { Population } from '#engine/contract';
import { createPopulation, personaOf } from '../../../engine/population/index.ts';
import { populationSkills } from '../../../engine/policies/chat/index.ts';
import { BRIDGE_FRAMING, BRIDGE_GRAPH, bridgeScenario } from '../fixtures.ts';
import { embeddedModel } from '../../embedded-model.ts';

const population: Population = await createPopulation({
  graph: BRIDGE_GRAPH,
  framing: BRIDGE_FRAMING,
  scenario: bridgeScenario({ population: { size: 600 } }),
  model: embeddedModel(populationSkills),
});
const all = Array.from({ length: population.size }, (_, agent) => personaOf(population, agent));
const crowd = all.slice(population.actors.length);

describe('personaOf', () => {
  it('says of named actors what the graph says, and nothing that it does not', () => {
    const [voss, , brandt] = all;
    expect(voss?.identity.bio).toContain('Mayor Mara Voss supports the toll.');
    expect(voss?.demographics.occupation).toBe('mayor');
    expect(brandt?.demographics.occupation).toBe('chair of the Harbour Traders Association');
    expect(voss?.goals.join(' ')).toContain('Ferrow should introduce the bridge toll');
    for (const persona of all.slice(0, population.actors.length)) {
      expect(persona.kind).toBe('named');
      expect(persona.demographics.age).toBeUndefined();
      expect(persona.sources.length).toBeGreaterThan(0);
      // Every capitalised name in a bio is the actor's own or stands in the documents.
      const article = `${BRIDGE_GRAPH.documents[0]?.text} ${persona.identity.name} According Also The On`;
      for (const word of persona.identity.bio.match(/\p{Lu}\p{L}+/gu) ?? [])
        expect(article.toLowerCase()).toContain(word.toLowerCase());
    }
  });

  it('gives the crowd names, handles and bios that are varied and well formed', () => {
    expect(new Set(crowd.map(({ identity }) => identity.name)).size).toBeGreaterThan(0.9 * crowd.length);
    expect(new Set(crowd.map(({ identity }) => identity.handle)).size).toBeGreaterThan(0.97 * crowd.length);
    expect(new Set(crowd.map(({ identity }) => identity.bio)).size).toBeGreaterThan(0.97 * crowd.length);
    for (const { identity } of crowd) {
      expect(identity.name).toMatch(/^\p{Lu}\S+ \p{Lu}\S+$/u);
      expect(identity.handle).toMatch(/^[a-z0-9_]{3,24}$/);
      expect(identity.bio).not.toMatch(/undefined|NaN| {2}|\.\.|,,|^[a-z]/);
      expect(identity.bio.length).toBeLessThanOrEqual(160);
    }
  });

  it('fits work to age and schooling', () => {
    for (const { demographics } of crowd) {
      const { age = 0, occupation } = demographics;
      expect({ occupation, age, fits: occupation !== 'retired' || age >= 60 }).toMatchObject({ fits: true });
      expect({ occupation, age, fits: occupation !== 'student' || age < 26 }).toMatchObject({ fits: true });
      expect({ occupation, age, fits: age >= 18 || occupation === 'student' }).toMatchObject({ fits: true });
    }
    const doctors = crowd.filter(({ demographics }) => demographics.occupation === 'doctor');
    expect(doctors.filter(({ demographics }) => demographics.education === 'primary').length).toBeLessThan(3);
  });

  it('shows the state it is given', () => {
    const zeros = new Float32Array(population.size);
    const later = personaOf(population, 30, { opinion: zeros.map(() => 0.5), certainty: zeros, salience: zeros });
    expect(later.stances[0]).toMatchObject({ opinion: 0.5, certainty: 0 });
    expect(later.identity.name).toBe(all[30]?.identity.name);
  });

  it('refuses an agent that does not exist', () => {
    expect(() => personaOf(population, population.size)).toThrow(RangeError);
    expect(() => personaOf(population, -1)).toThrow(RangeError);
  });
});
