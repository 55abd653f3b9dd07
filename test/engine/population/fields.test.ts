// The crowd is made up of those whose matter the documents are.
import { describe, expect, it } from 'vitest';
import { createPopulation, engineSkills, personaOf } from '#engine';
import type { Persona } from '#engine/contract';
import { buildGraph, DEFAULT_LIMITS, knowledgeGraphSkills, openGraph, readDocuments } from '#knowledge-graph';
import { frameQuestions } from '#reports';
import { ScenarioSchema } from '#scenarios/contract';
import { embeddedModel } from '../../embedded-model.ts';

const model = embeddedModel({ ...knowledgeGraphSkills, ...engineSkills });

async function crowdOf(question: string, text: string): Promise<readonly Persona[]> {
  const read = await readDocuments([{ name: 'a.txt', bytes: Buffer.from(text) }], { limits: DEFAULT_LIMITS });
  const graph = await buildGraph(read, { model, seed: 1 });
  const questions = [{ text: question }];
  const framing = frameQuestions({ questions, graph: openGraph(graph) });
  const scenario = ScenarioSchema.parse({
    name: 'crowd',
    title: 'Crowd',
    description: '',
    documents: ['a.txt'],
    questions,
    population: { size: 800 },
  });
  const population = await createPopulation({ graph, framing, scenario, model });
  return Array.from({ length: population.size - population.actors.length }, (_, i) =>
    personaOf(population, population.actors.length + i),
  );
}

const share = (crowd: readonly Persona[], jobs: RegExp): number =>
  crowd.filter(({ demographics }) => jobs.test(demographics.occupation)).length / crowd.length;

const TECHNICAL = `Platform engineers and developers put a gateway before every model API. The gateway enforces rate limits, and developers deploy it on their own infrastructure.
Security teams and chief information security officers ask for audit logs. Enterprise developers want lower latency in production. Machine learning engineers measure inference.
Developers say that a gateway simplifies the API. Platform engineers run the software in the cloud. Enterprises will demand compliance from every vendor.`;
const HOSPITAL = `The hospital board voted for the merger. Nurses and midwives protested. Surgeons support the merger because patients need one full ward.
Nurses warned that patients would wait. Paramedics fear longer ways. The clinical director said that surgery improves when surgeons work together. Nurses at the hospital collect signatures.`;
const TOWN = `The town council votes on a bridge. Residents fear the noise, and the mayor asked the neighbours for patience. Families walk to the church, and children cross the street.
Voters in the village want a referendum. The parish asked every citizen. A teacher and a shopkeeper spoke against the bridge. Residents of the town signed a petition.`;

describe('the make-up of the crowd', () => {
  it('follows a trade that the documents speak of', async () => {
    const technical = await crowdOf('Will gateways become mandatory?', TECHNICAL);
    const works = /developer|engineer|information security|architect|administrator|product manager|compliance/;
    expect(share(technical, works)).toBeGreaterThan(0.4);
    expect(share(technical, works)).toBeLessThan(0.8);
    const hospital = await crowdOf('Should the hospitals merge?', HOSPITAL);
    expect(share(hospital, /nurse|midwife|surgeon|paramedic|doctor|hospital/)).toBeGreaterThan(0.3);
    expect(share(hospital, works)).toBeLessThan(0.08);
  });

  it('stays general where they speak of a town', async () => {
    const town = await crowdOf('Should the bridge be built?', TOWN);
    expect(share(town, /teacher|small business owner/)).toBeGreaterThan(0.05);
    expect(share(town, /teacher|small business owner/)).toBeLessThan(0.34);
    expect(new Set(town.map(({ demographics }) => demographics.occupation)).size).toBeGreaterThan(30);
  });

  it('gives everybody the years and the schooling of their role', async () => {
    const crowd = await crowdOf('Should the hospitals merge?', HOSPITAL);
    const of = (jobs: RegExp) => crowd.filter(({ demographics }) => jobs.test(demographics.occupation));
    const ages = (jobs: RegExp): readonly number[] => of(jobs).map(({ demographics }) => demographics.age ?? 0);
    expect(Math.max(...ages(/^student$/))).toBeLessThan(27);
    expect(Math.min(...ages(/^retired$/))).toBeGreaterThanOrEqual(60);
    expect(Math.min(...ages(/surgeon|doctor/))).toBeGreaterThanOrEqual(24);
    expect(Math.max(...ages(/nurse/))).toBeLessThan(68);
    const surgeons = of(/surgeon/).map(({ demographics }) => demographics.education);
    expect(new Set(surgeons)).toEqual(new Set(['postgraduate']));
    expect(of(/^retired$/).filter(({ identity }) => /works as|by day/i.test(identity.bio))).toEqual([]);
  });

  it('writes profiles of several kinds, without a fragment twice', async () => {
    const bios = (await crowdOf('Should the bridge be built?', TOWN)).map(({ identity }) => identity.bio);
    const kinds = [/ · /, /, /, / \| /, / \/ /, / – /, /\. \p{Lu}/u, /^[^·|/.–]+$/];
    for (const kind of kinds) expect(bios.filter((bio) => kind.test(bio)).length / bios.length).toBeGreaterThan(0.02);
    for (const bio of bios) {
      const parts = bio.split(/ · | \| | \/ |\. /).map((part) => part.toLowerCase());
      expect(new Set(parts).size).toBe(parts.length);
    }
  });
});
