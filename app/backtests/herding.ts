// Backtest `herding`: do people follow a visible score as they do in the field? Muchnik, Aral & Taylor (2013) gave
// comments a random first vote; a vote up raised final scores by 25 %, a vote down was corrected. Here the same lot is
// drawn for every post on the forum of the bundled quickstart town.
import { createPopulation, runHerding } from '#engine';
import type { HerdingSample, WorldSpec } from '#engine/contract';
import { buildGraph, openGraph, readDocuments } from '#knowledge-graph';
import { frameQuestions } from '#reports';
import { loadScenario, withOverrides } from '#scenarios';
import type { Scenario } from '#scenarios/contract';
import { columns } from '../columns.ts';
import { type Suite, type SuiteInput } from './suite.ts';

/** As many people and rounds as OASIS's experiment of the same kind. */
const AGENTS = 3600;
const ROUNDS = 40;
const SEEDS = 16;
/** Rounds that a post has been open to votes for before it counts. */
const OPEN_ROUNDS = 8;

/** What is known elsewhere, to stand beside. */
const PUBLISHED = {
  human: { source: 'Muchnik et al. 2013', up: '+25 %', down: 'as control' },
  oasis: { source: 'OASIS, 3,600 agents by a language model', up: 3.65, control: 1.64, down: -0.28 },
} as const;

export const herding: Suite = async (input) => {
  const spec = await town(input);
  const byOrder = [
    { order: 'by time, as on the site of the field experiment', feed: { hot: 0 } },
    { order: 'by score, as a forum does by default', feed: {} },
  ];
  const results = [];
  for (const { order, feed } of byOrder) {
    const samples: HerdingSample[] = [];
    const scenario: Scenario = { ...spec.scenario, platforms: [{ kind: 'forum', feed }] };
    for (let seed = 1; seed <= SEEDS; seed++) {
      input.tell(`Posts ordered ${order}: seed ${seed} of ${SEEDS}`);
      samples.push(...(await runHerding({ ...spec, scenario, seed }, input, OPEN_ROUNDS)));
    }
    results.push({ order, arms: armsOf(samples) });
  }
  return { value: { agents: AGENTS, rounds: ROUNDS, seeds: SEEDS, published: PUBLISHED, results }, text: wordsOf(results) };
};

async function town({ model, signal }: SuiteInput): Promise<WorldSpec> {
  const loaded = withOverrides(await loadScenario('quickstart'), { size: AGENTS, rounds: ROUNDS });
  const scenario: Scenario = { ...loaded.scenario, interventions: [] };
  const graph = await buildGraph(await readDocuments(loaded.documents, { signal }), { model, seed: scenario.seed, signal });
  const framing = frameQuestions({ questions: scenario.questions, graph: openGraph(graph) });
  const population = await createPopulation({ graph, framing, scenario, model, signal });
  return { scenario, graphHash: graph.hash, framing, population, seed: scenario.seed };
}

export interface Arm {
  readonly arm: HerdingSample['arm'];
  readonly posts: number;
  /** Mean final score as readers see it: the lot's vote counts. */
  readonly score: number;
  readonly standardError: number;
  /** Mean score by the votes of others alone. */
  readonly byOthers: number;
  /** Share by which the score is above the control's. */
  readonly overControl: number;
}

export function armsOf(samples: readonly HerdingSample[]): readonly Arm[] {
  const vote = { down: -1, control: 0, up: 1 } as const;
  const means = (['down', 'control', 'up'] as const).map((arm) => {
    const others = samples.filter((sample) => sample.arm === arm).map(({ up, down }) => up - down);
    const byOthers = others.reduce((sum, score) => sum + score, 0) / others.length;
    const variance = others.reduce((sum, score) => sum + (score - byOthers) ** 2, 0) / (others.length - 1);
    return {
      arm,
      posts: others.length,
      score: byOthers + vote[arm],
      standardError: Math.sqrt(variance / others.length),
      byOthers,
    };
  });
  const control = means[1]?.score ?? Number.NaN;
  return means.map((mean) => ({ ...mean, overControl: mean.score / control - 1 }));
}

const percent = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(0)} %`;

function wordsOf(results: readonly { readonly order: string; readonly arms: readonly Arm[] }[]): string {
  const head = ['first vote', 'posts', 'final score', '± s.e.', 'by others', 'over control'];
  const blocks = results.map(({ order, arms }) =>
    [
      `Posts ordered ${order}`,
      columns([
        head,
        ...arms.map(({ arm, posts, score, standardError, byOthers, overControl }) => [
          arm,
          String(posts),
          score.toFixed(2),
          standardError.toFixed(2),
          byOthers.toFixed(2),
          percent(overControl),
        ]),
      ]),
    ].join('\n'),
  );
  const { human, oasis } = PUBLISHED;
  return [
    `A random first vote on every post of a forum: ${AGENTS} agents, ${ROUNDS} rounds, ${SEEDS} seeds.`,
    ...blocks,
    `Beside it: people (${human.source}) up ${human.up}, down ${human.down}; ${oasis.source}: down ≈ ${oasis.down}, control ≈ ${oasis.control}, up ≈ ${oasis.up}.`,
    'Of these, only the likelier vote after a vote up (32 %) set a parameter; that a vote down is corrected set another.',
  ].join('\n\n');
}
