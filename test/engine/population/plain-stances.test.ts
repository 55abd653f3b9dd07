// What the documents say outright must be what the actor thinks: real documents, through extraction and framing.
import { beforeAll, describe, expect, it } from 'vitest';
import { createPopulation, engineSkills, personaOf } from '#engine';
import type { Population } from '#engine/contract';
import { buildGraph, knowledgeGraphSkills, openGraph, readDocuments } from '#knowledge-graph';
import { frameQuestions } from '#reports';
import { ScenarioSchema } from '#scenarios/contract';
import { embeddedModel } from '../../embedded-model.ts';

const model = embeddedModel({ ...knowledgeGraphSkills, ...engineSkills });

async function populationOf(question: string, texts: readonly string[]): Promise<Population> {
  const files = texts.map((text, index) => ({ name: `${index}.txt`, bytes: Buffer.from(text) }));
  const graph = await buildGraph(await readDocuments(files), { model, seed: 1 });
  const framing = frameQuestions({ questions: [{ text: question }], graph: openGraph(graph) });
  const scenario = ScenarioSchema.parse({
    name: 'plain',
    title: 'Plain words',
    description: '',
    documents: ['0.txt'],
    questions: [{ text: question }],
    population: { size: 60 },
  });
  return createPopulation({ graph, framing, scenario, model });
}

function opinionOf(population: Population, name: string): number {
  const actor = population.actors.find((candidate) => candidate.name === name);
  if (actor === undefined)
    throw new Error(`${name} is not among ${population.actors.map((candidate) => candidate.name).join(', ')}`);
  return personaOf(population, actor.agent).stances[0]?.opinion ?? 0;
}

describe('a bridge toll', () => {
  let population: Population;
  beforeAll(async () => {
    population = await populationOf('Will the council approve the bridge toll?', [
      `Council weighs a harbour bridge toll

The council of Ostrava Bay will vote in March on a toll for the harbour bridge. Mayor Lena Holub said the toll is the only honest way to pay for repairs. "The bridge will not mend itself," said Mayor Lena Holub.

The Shopkeepers Union opposes the toll. "A toll would empty the old town," said Petr Dvorak, chairman of the Shopkeepers Union. The Bay Gazette reported that repairs cost 4.2 million euros.`,
      `Statement of the Blue Ferry Company

The Blue Ferry Company supports the bridge toll. Director Anna Moravec said the ferry can carry 900 cars a day. The Commuters Association criticised the company and opposes the toll. "We pay twice," said Jan Sykora of the Commuters Association.`,
    ]);
  });

  it.each(['Shopkeepers Union', 'Commuters Association'])('%s opposes it, says the text, and so it is against', (name) => {
    expect(opinionOf(population, name)).toBeLessThan(-0.3);
  });

  it.each(['Blue Ferry Company', 'Lena Holub'])('%s speaks for it, and so is in favour', (name) => {
    expect(opinionOf(population, name)).toBeGreaterThan(0.3);
  });

  it('who leads the opponents and speaks against it is against it', () => {
    expect(opinionOf(population, 'Petr Dvorak')).toBeLessThan(-0.2);
  });

  it('who only reports on it takes no strong side', () => {
    expect(Math.abs(opinionOf(population, 'Bay Gazette'))).toBeLessThan(0.3);
  });
});

describe('a merger', () => {
  let population: Population;
  beforeAll(async () => {
    population = await populationOf('Should the two hospitals merge?', [
      `Health Minister Sara Quint backs the merger of Saint Anna Hospital and Lakeside Hospital. The Nurses Federation rejects the merger. "Merging the hospitals will cost lives in the valley," said Omar Deluca, president of the Nurses Federation.

The regional health authority did not comment. Professor Ida Brandt warned against the merger: distances in the valley are too long, she said. The Chamber of Commerce welcomed the merger of the hospitals.`,
    ]);
  });

  it.each(['Sara Quint', 'Chamber of Commerce'])('%s is in favour', (name) => {
    expect(opinionOf(population, name)).toBeGreaterThan(0.3);
  });

  it.each(['Nurses Federation', 'Omar Deluca', 'Ida Brandt'])('%s is against', (name) => {
    expect(opinionOf(population, name)).toBeLessThan(-0.2);
  });
});
