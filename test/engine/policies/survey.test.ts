// Asking everyone: shares that follow opinions, the same each time, and refusals that help.
import { describe, expect, it } from 'vitest';
import type { Population, RunRecord } from '#engine/contract';
import { createPopulation } from '../../../engine/population/index.ts';
import { populationSkills } from '../../../engine/policies/chat/index.ts';
import { surveyPopulation } from '../../../engine/policies/survey/index.ts';
import { BRIDGE_FRAMING, BRIDGE_GRAPH, REPAIR_FRAMING, bridgeScenario } from '../fixtures.ts';
import { embeddedModel } from '../../embedded-model.ts';

type Asked = Pick<RunRecord, 'population' | 'stateAt' | 'isPresent'>;

async function town(framing = BRIDGE_FRAMING, opinion?: number): Promise<Asked> {
  const population: Population = await createPopulation({
    graph: BRIDGE_GRAPH,
    framing,
    scenario: bridgeScenario({ population: { size: 1000 } }),
    model: embeddedModel(populationSkills),
  });
  const { columns } = population;
  const opinions = opinion === undefined ? columns.opinion : columns.opinion.map(() => opinion);
  return {
    population,
    isPresent: () => true,
    stateAt: (round) => ({ round, opinion: opinions, certainty: columns.certainty, salience: columns.salience }),
  };
}

const bridge = await town();
const payers = await town(REPAIR_FRAMING);
const shares = (record: Asked, question: string, options: readonly string[], round = 3): readonly number[] =>
  surveyPopulation({ record, question, options, round }).options.map(({ share }) => share);

describe('survey', () => {
  it('counts everyone once, with standard errors and a cross-table by community', () => {
    const result = surveyPopulation({
      record: bridge,
      question: 'Should Ferrow introduce the toll?',
      options: ['yes', 'no', 'unsure'],
      round: 3,
    });
    expect(result.asked).toBe(1000);
    expect(result.options.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
    for (const { share, standardError } of result.options)
      expect(standardError).toBeCloseTo(Math.sqrt((share * (1 - share)) / 1000), 12);
    const [community] = result.crossTabs;
    expect(community?.by).toEqual(['community']);
    expect(community?.groups.reduce((sum, { asked }) => sum + asked, 0)).toBe(1000);
    for (const { shares: row } of community?.groups ?? []) expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(result.method).toContain('Ferrow should introduce the bridge toll');
  });

  it('crosses persona fields, and each cell is what asking only that group would give', () => {
    const question = 'Should Ferrow introduce the toll?';
    const options = ['yes', 'no', 'unsure'];
    const { crossTabs } = surveyPopulation({ record: bridge, question, options, round: 3, by: ['age', 'region,gender'] });
    expect(crossTabs.map(({ by }) => by)).toEqual([['age'], ['region', 'gender']]);
    for (const { groups } of crossTabs) expect(groups.reduce((sum, { asked }) => sum + asked, 0)).toBe(1000);
    const bands = crossTabs[0]?.groups.map(({ group }) => group[0]);
    expect(bands).toEqual(['0–17', '18–29', '30–44', '45–59', '60–74', '75+', 'no age'].filter((band) => bands?.includes(band)));
    const [region = '', gender = ''] = crossTabs[1]?.groups[0]?.group ?? [];
    const alone = surveyPopulation({ record: bridge, question, options, round: 3, where: { region, gender } });
    expect(crossTabs[1]?.groups[0]).toEqual({
      group: [region, gender],
      asked: alone.asked,
      shares: alone.options.map(({ share }) => share),
      standardErrors: alone.options.map(({ standardError }) => standardError),
    });
    expect(() => surveyPopulation({ record: bridge, question, options, round: 3, by: ['height'] })).toThrowError(
      /no field “height”/,
    );
  });

  it('leaves out who is not there', () => {
    const record = { ...bridge, isPresent: (agent: number) => agent >= 400 };
    expect(surveyPopulation({ record, question: 'The toll?', options: ['yes', 'no'], round: 3 }).asked).toBe(600);
  });

  it('gives the same answers each time it is asked, and follows opinions', async () => {
    const question = 'Should Ferrow introduce the toll?';
    expect(shares(bridge, question, ['yes', 'no'])).toEqual(shares(bridge, question, ['yes', 'no']));
    expect(shares(await town(BRIDGE_FRAMING, 0.9), question, ['yes', 'no', 'unsure'])[0]).toBeGreaterThan(0.95);
    expect(shares(await town(BRIDGE_FRAMING, -0.9), question, ['yes', 'no', 'unsure'])[1]).toBeGreaterThan(0.95);
    const split = bridge.population.columns.opinion.filter((opinion) => opinion > 0.1).length / 1000;
    expect(Math.abs((shares(bridge, question, ['yes', 'no', 'unsure'])[0] ?? 0) - split)).toBeLessThan(0.1);
  });

  it('understands a question that asks the contrary', async () => {
    const supporters = await town(BRIDGE_FRAMING, 0.9);
    expect(shares(supporters, 'Should the toll be scrapped?', ['yes', 'no'])[1]).toBeGreaterThan(0.95);
    expect(shares(supporters, 'Are you against the toll?', ['yes', 'no'])[1]).toBeGreaterThan(0.95);
  });

  it('reads a scale of agreement', async () => {
    const scale = ['Strongly agree', 'Agree', 'Neutral', 'Disagree', 'Strongly disagree'];
    const result = shares(bridge, 'The toll is a good idea.', scale);
    expect(result.every((share) => share > 0.02)).toBe(true);
    expect(shares(await town(BRIDGE_FRAMING, 0.95), 'The toll is a good idea.', scale)[0]).toBeGreaterThan(0.9);
  });

  it('reads competing answers by name, with one for none of them', () => {
    const result = shares(payers, 'Who should pay?', ['drivers', 'the ministry', 'shops', 'none of these']);
    expect(result.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(result.slice(0, 3).every((share) => share > 0.05)).toBe(true);
  });

  it('asks only those who are meant', () => {
    const ask = (where: Record<string, string>): number =>
      surveyPopulation({ record: bridge, question: 'The toll?', options: ['yes', 'no'], round: 0, where }).asked;
    expect(ask({ kind: 'named' })).toBe(bridge.population.actors.length);
    expect(ask({ age: '65+' }) + ask({ age: '0-64' })).toBe(
      1000 - bridge.population.columns.age.filter((age) => age === 0).length,
    );
    expect(ask({ region: 'Eastbank', age: '18-40' })).toBeLessThan(ask({ region: 'Eastbank' }));
  });

  it.each([
    ['an option without a side', ['yes', 'purple'], {}],
    ['only one side', ['yes', 'maybe'], {}],
    ['two options that say the same', ['yes', 'Yes!'], {}],
    ['an unknown field', ['yes', 'no'], { shoeSize: '44' }],
    ['a value that nobody has', ['yes', 'no'], { region: 'Atlantis' }],
    ['a wrong age', ['yes', 'no'], { age: 'old' }],
  ])('refuses %s with a hint', (_, options, where) => {
    const survey = (): unknown => surveyPopulation({ record: bridge, question: 'The toll?', options, round: 0, where });
    expect(survey).toThrow(expect.objectContaining({ code: 'invalid_input', hint: expect.stringMatching(/\w/) }));
  });

  it('refuses a question about none of several issues', () => {
    expect(() => shares(payers, 'Do you like pizza?', ['yes', 'no'])).toThrow(/none of the issues/);
  });
});
