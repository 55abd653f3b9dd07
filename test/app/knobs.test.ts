// No dead knob: every leaf of the scenario schema is changed, one at a time, and the outcome must change with it.
// A leaf that is added to the schema without a change here fails the first test.
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createPopulation, engineSkills, initialMeasures, runMember } from '#engine';
import type { MemberResult } from '#engine/contract';
import { hashOf, type EmbeddedSkills, type LanguageModel } from '#foundation';
import { buildGraph, knowledgeGraphSkills, openGraph, readDocuments } from '#knowledge-graph';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import { forecast, frameQuestions } from '#reports';
import { ScenarioSchema, type Scenario, type ScenarioInput } from '#scenarios/contract';
import { createGateway } from '#gateway';
import { planEnsemble } from '../../app/runs/ensemble-plan.ts';
import { estimateRun } from '../../app/runs/estimate.ts';

const DOCUMENTS: Readonly<Record<string, string>> = {
  'plan.md':
    '# Ferry plan\n\nThe Norholm Council will end the ferry in May, Mayor Ada Lind said on Monday. "The ferry costs us too much," Lind said. The Harbour Office supports the plan.',
  'letter.txt':
    'The Shopkeepers Union opposes the end of the ferry. "It will ruin us," said its chair, Jon Berg. The Norholm Courier reported 900 signatures against the plan.',
  'other.txt': 'The Island School fears for its pupils. Head teacher Eva Moe said that forty children need the ferry every day.',
};

const BASE: ScenarioInput = {
  name: 'ferry',
  title: 'The last ferry',
  description: 'A council wants to end a ferry.',
  documents: ['plan.md', 'letter.txt'],
  questions: [
    {
      text: 'Will the council end the ferry in May?',
      kind: 'binary',
      proposition: 'The council should end the ferry in May.',
      resolution: 'The minutes of June.',
      threshold: 0.5,
    },
  ],
  population: { size: 120, actors: 6, meanDegree: 8, homophily: 0.7, reachExponent: 2.3 },
  platforms: [
    {
      kind: 'microblog',
      feed: { size: 10, chronological: 1, hot: 1, popular: 1, similarity: 1, random: 1, following: 1, outOfNetwork: 1 },
    },
  ],
  clock: { start: '2026-01-05T08:00:00Z', rounds: 12, minutesPerRound: 60 },
  behaviour: {},
  interventions: [{ round: 3, text: 'Breaking: the ferry has failed its inspection.', issue: 0, stance: 0.8, reach: 0.5 }],
  models: { model: 'embedded/rules-1', agentShare: 0.1 },
  budget: { usd: 1 },
  ensemble: 5,
  seed: 3,
};

/** One change of each leaf. Categorical questions need a scenario of their own for their options. */
const CHANGES: Readonly<Record<string, (base: ScenarioInput) => ScenarioInput>> = {
  name: (base) => ({ ...base, name: 'boat' }),
  title: (base) => ({ ...base, title: 'The first ferry' }),
  description: (base) => ({ ...base, description: 'Another text.' }),
  documents: (base) => ({ ...base, documents: ['plan.md', 'letter.txt', 'other.txt'] }),
  'questions.text': (base) => ({ ...base, questions: [{ ...question(base), text: 'Should the council end the ferry at all?' }] }),
  'questions.kind': (base) => ({
    ...base,
    questions: [
      { text: 'Who will win, the council or the shopkeepers?', kind: 'categorical', options: ['the council', 'the shopkeepers'] },
    ],
  }),
  'questions.proposition': (base) => ({ ...base, questions: [{ ...question(base), proposition: 'The ferry should be kept.' }] }),
  'questions.options': (base) => ({
    ...base,
    questions: [{ text: 'Who will win?', kind: 'categorical', options: ['Ada Lind', 'Jon Berg', 'nobody'] }],
  }),
  'questions.resolution': (base) => ({ ...base, questions: [{ ...question(base), resolution: 'The Courier of 1 June.' }] }),
  'questions.threshold': (base) => ({ ...base, questions: [{ ...question(base), threshold: 0.9 }] }),
  'questions.baseRate': (base) => ({ ...base, questions: [{ ...question(base), baseRate: 0.9 }] }),
  'population.size': (base) => ({ ...base, population: { ...base.population, size: 121 } }),
  'population.actors': (base) => ({ ...base, population: { ...base.population, actors: 3 } }),
  'population.meanDegree': (base) => ({ ...base, population: { ...base.population, meanDegree: 12 } }),
  'population.homophily': (base) => ({ ...base, population: { ...base.population, homophily: 0.1 } }),
  'population.reachExponent': (base) => ({ ...base, population: { ...base.population, reachExponent: 1.7 } }),
  'platforms.kind': (base) => ({ ...base, platforms: [{ ...platform(base), kind: 'forum' }] }),
  ...Object.fromEntries(
    Object.entries({
      size: 3,
      chronological: 4,
      hot: 4,
      popular: 4,
      similarity: 4,
      random: 4,
      following: 0,
      outOfNetwork: 4,
    }).map(([weight, value]) => [
      `platforms.feed.${weight}`,
      (base: ScenarioInput): ScenarioInput => ({
        ...base,
        platforms: [{ kind: 'microblog', feed: { ...platform(base).feed, [weight]: value } }],
      }),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries({ mechanism: 'auction', liquidity: 40, cash: 500, shares: 1 }).map(([key, value]) => [
      `platforms.market.${key}`,
      (base: ScenarioInput): ScenarioInput => withMarket(base, key, value),
    ]),
  ),
  'clock.start': (base) => ({ ...base, clock: { ...base.clock, start: '2026-01-05T20:00:00Z' } }),
  'clock.rounds': (base) => ({ ...base, clock: { ...base.clock, rounds: 13 } }),
  'clock.minutesPerRound': (base) => ({ ...base, clock: { ...base.clock, minutesPerRound: 180 } }),
  // Each model's own parameters are walked by test/engine/policies/dynamics.
  dynamics: (base) => ({ ...base, dynamics: { name: 'degroot' } }),
  behaviour: (base) => ({ ...base, behaviour: { 'learning-rate': 0.9 } }),
  priors: (base) => ({ ...base, priors: { 'learning-rate': [0.8, 0.9] } }),
  'interventions.round': (base) => ({ ...base, interventions: [{ ...intervention(base), round: 6 }] }),
  'interventions.text': (base) => ({
    ...base,
    interventions: [{ ...intervention(base), text: 'Breaking: the ferry has passed its inspection.' }],
  }),
  'interventions.issue': (base) => ({
    ...base,
    questions: [question(base), { text: 'Will Ada Lind resign?' }],
    interventions: [{ ...intervention(base), issue: 1 }],
  }),
  'interventions.stance': (base) => ({ ...base, interventions: [{ ...intervention(base), stance: -0.8 }] }),
  'interventions.reach': (base) => ({ ...base, interventions: [{ ...intervention(base), reach: 1 }] }),
  'models.model': (base) => ({ ...base, models: { ...base.models, model: 'openai/gpt-4o-mini' } }),
  'models.agentShare': (base) => ({ ...base, models: { model: 'openai/gpt-4o-mini', agentShare: 0.9 } }),
  'budget.usd': (base) => ({ ...base, budget: { usd: 2 } }),
  ensemble: (base) => ({ ...base, ensemble: 6 }),
  seed: (base) => ({ ...base, seed: 4 }),
};
/** The base with a market beside its microblog; shares of one's own are had in an auction only. */
const withMarket = (base: ScenarioInput, key: string, value: unknown): ScenarioInput => ({
  ...base,
  platforms: [
    platform(base),
    {
      kind: 'market',
      market: { mechanism: key === 'shares' ? 'auction' : 'maker', ...(value === undefined ? {} : { [key]: value }) },
    },
  ],
});
/** What a change is compared with, where it is not the base. */
const COMPARED: Readonly<Record<string, (base: ScenarioInput) => ScenarioInput>> = Object.fromEntries(
  ['mechanism', 'liquidity', 'cash', 'shares'].map((key) => [
    `platforms.market.${key}`,
    (base: ScenarioInput): ScenarioInput => withMarket(base, key, undefined),
  ]),
);
const question = (base: ScenarioInput): ScenarioInput['questions'][number] =>
  base.questions[0] as ScenarioInput['questions'][number];
const platform = (base: ScenarioInput): NonNullable<ScenarioInput['platforms']>[number] =>
  base.platforms?.[0] as NonNullable<ScenarioInput['platforms']>[number];
const intervention = (base: ScenarioInput): NonNullable<ScenarioInput['interventions']>[number] =>
  base.interventions?.[0] as NonNullable<ScenarioInput['interventions']>[number];

const SKILLS: EmbeddedSkills = { ...knowledgeGraphSkills, ...engineSkills };
const gateway = createGateway({ databasePath: ':memory:', skills: SKILLS, environment: { OPENAI_API_KEY: 'sk-unused' } });
const model: LanguageModel = gateway.languageModel({ model: 'embedded/rules-1' });

const graphs = new Map<string, Promise<GraphSnapshot>>();
const graphOf = (scenario: Scenario): Promise<GraphSnapshot> => {
  const key = hashOf([scenario.documents, scenario.seed]);
  const made =
    graphs.get(key) ??
    readDocuments(scenario.documents.map((name) => ({ name, bytes: Buffer.from(DOCUMENTS[name] ?? '') }))).then((read) =>
      buildGraph(read, { model, seed: scenario.seed }),
    );
  graphs.set(key, made);
  return made;
};

interface Outcome {
  /** What the world did. */
  readonly worlds: readonly string[];
  /** What is forecast from it, in words and numbers. */
  readonly forecast: unknown;
  /** What is said before it is started: who decides, for how much. */
  readonly estimate: unknown;
  /** What it is called wherever it is shown. */
  readonly shown: unknown;
}

async function outcomeOf(input: ScenarioInput): Promise<Outcome> {
  const scenario = ScenarioSchema.parse(input);
  const graph = await graphOf(scenario);
  const framing = frameQuestions({ questions: scenario.questions, graph: openGraph(graph) });
  const population = await createPopulation({ graph, framing, scenario, model });
  const members: MemberResult[] = [];
  for (const { seed, behaviour } of planEnsemble(scenario, false)) {
    const spec = { scenario: { ...scenario, behaviour }, graphHash: graph.hash, framing, population, seed };
    members.push(await runMember(spec, { threads: 0 }));
  }
  const info = gateway.models().find((candidate) => candidate.id === scenario.models.model);
  if (info === undefined) throw new Error(`no model ${scenario.models.model}`);
  return {
    worlds: members.map((member) => member.digest),
    forecast: forecast({ framing, members, start: initialMeasures(population, framing) }),
    estimate: estimateRun({ scenario, characters: 1000, model: info }),
    shown: [scenario.name, scenario.title, scenario.description],
  };
}

/** Where each leaf must show. Most must change what the world does; the others say nothing about it. */
const SHOWS_IN: Readonly<Record<string, keyof Outcome>> = {
  'questions.text': 'forecast',
  name: 'shown',
  title: 'shown',
  description: 'shown',
  'questions.resolution': 'forecast',
  'questions.threshold': 'forecast',
  'questions.baseRate': 'forecast',
  'models.model': 'estimate',
  'models.agentShare': 'estimate',
  'budget.usd': 'estimate',
};

function leavesOf(schema: z.core.JSONSchema.BaseSchema, path = ''): string[] {
  if (schema.type === 'array' && typeof schema.items === 'object' && !Array.isArray(schema.items)) {
    const below = leavesOf(schema.items, path);
    return below.length > 0 ? below : [path];
  }
  if (schema.properties === undefined) return [path];
  return Object.entries(schema.properties).flatMap(([name, child]) =>
    typeof child === 'object' ? leavesOf(child, path === '' ? name : `${path}.${name}`) : [],
  );
}

describe('every knob of a scenario', () => {
  let base: Outcome;
  beforeAll(async () => {
    base = await outcomeOf(BASE);
  }, 60_000);

  it('is in the table of changes, and nothing else is', () => {
    const leaves = leavesOf(z.toJSONSchema(ScenarioSchema, { io: 'input' }));
    expect(leaves.length).toBeGreaterThan(25);
    expect(Object.keys(CHANGES).toSorted()).toEqual(leaves.toSorted());
  });

  it('left alone changes nothing', async () => {
    expect(await outcomeOf(BASE)).toEqual(base);
  });

  it.each(Object.keys(CHANGES))(
    '%s',
    async (leaf) => {
      const changed = await outcomeOf((CHANGES[leaf] as (base: ScenarioInput) => ScenarioInput)(BASE));
      const place = SHOWS_IN[leaf] ?? 'worlds';
      const compared = COMPARED[leaf];
      expect(changed[place]).not.toEqual((compared === undefined ? base : await outcomeOf(compared(BASE)))[place]);
    },
    30_000,
  );
});
