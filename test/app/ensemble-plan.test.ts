import { describe, expect, it } from 'vitest';
import { ScenarioSchema, type Scenario } from '#scenarios/contract';
import { planEnsemble } from '../../app/runs/ensemble-plan.ts';

const scenarioWith = (over: Partial<Scenario> = {}): Scenario => ({
  ...ScenarioSchema.parse({
    name: 'ferry',
    title: 'The last ferry',
    description: '',
    documents: ['plan.md'],
    questions: [{ text: 'Will the ferry end?' }],
    seed: 9,
  }),
  ...over,
});
const priors = { 'learning-rate': [0.2, 0.5], repulsion: [0, 0.3] } satisfies Scenario['priors'];

describe('the plan of an ensemble', () => {
  it('has twenty members by default, each with a seed of its own, the main run first and untouched', () => {
    const plan = planEnsemble(scenarioWith({ priors }), true);
    expect(plan).toHaveLength(20);
    expect(new Set(plan.map(({ seed }) => seed)).size).toBe(20);
    expect(plan[0]).toMatchObject({ index: 0, seed: 9, populationSeed: 9, behaviour: {} });
  });

  it('nests seeds in populations, and populations in draws of the priors', () => {
    const plan = planEnsemble(scenarioWith({ priors, ensemble: 8 }), true);
    expect(plan.map(({ parameters, population }) => [parameters, population])).toEqual([
      [0, 0],
      [0, 0],
      [0, 1],
      [0, 1],
      [1, 2],
      [1, 2],
      [1, 3],
      [1, 3],
    ]);
    const drawn = plan[4]?.behaviour ?? {};
    expect(drawn['learning-rate']).toBeGreaterThan(0.2);
    expect(drawn['learning-rate']).toBeLessThan(0.5);
    expect(plan[7]?.behaviour).toEqual(drawn);
  });

  it('draws the same whatever the length and the order of the priors', () => {
    const longer = planEnsemble(scenarioWith({ priors, ensemble: 40 }), true);
    const turned = { repulsion: priors.repulsion, 'learning-rate': priors['learning-rate'] };
    expect(planEnsemble(scenarioWith({ priors: turned, ensemble: 12 }), true)).toEqual(longer.slice(0, 12));
  });

  it('keeps the people that a model wrote', () => {
    expect(new Set(planEnsemble(scenarioWith(), false).map(({ populationSeed }) => populationSeed))).toEqual(new Set([9]));
  });
});
