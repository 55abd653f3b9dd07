// What a run will take, before it is started: model calls, tokens and cost by stage, and time. Counts follow from
// the scenario and the documents' length; tokens per call are typical sizes of our own prompts, given as ranges.
import type { Estimate } from '#api/contract';
import { ShoalError } from '#foundation';
import { readDocuments } from '#knowledge-graph';
import type { InputFile } from '#knowledge-graph/contract';
import type { ModelInfo } from '#gateway/contract';
import type { Scenario } from '#scenarios/contract';
import { NANO_PER_USD } from './run-model.ts';

interface Range {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

const range = (low: number, expected: number, high: number): Range => ({ low, expected, high });
const scale = (by: Range, tokens: Range): Range =>
  range(by.low * tokens.low, by.expected * tokens.expected, by.high * tokens.high);
const add = (a: Range, b: Range): Range => range(a.low + b.low, a.expected + b.expected, a.high + b.high);
const round = (value: Range): Range => range(Math.round(value.low), Math.round(value.expected), Math.round(value.high));
const NOTHING = range(0, 0, 0);

/** Characters per chunk that extraction sends to a provider's model. */
const CHUNK_CHARACTERS = 3600;
/** Share of agents who open a platform in a round: the mean over a day of the rhythms times the mean activity. */
const ACTIVE_SHARE = range(0.04, 0.07, 0.15);
/** Measured on two cores: seconds per million characters read and extracted, and per million agent-rounds. */
const SECONDS_PER_MEGACHARACTER = range(0.8, 2, 5);
const SECONDS_PER_MEGATURN = range(2, 5, 15);
const START_SECONDS = range(0.5, 1, 3);
/** Seconds per model call and calls at once, for the time of a provider run. */
const CALL_SECONDS = range(0.8, 2, 6);
const CALLS_AT_ONCE = 16;

/** Typical tokens per call: instructions and context in, structured answer out. */
const TOKENS: Readonly<Record<string, { readonly input: Range; readonly output: Range }>> = {
  extraction: { input: range(1200, 1700, 2400), output: range(300, 900, 1600) },
  population: { input: range(300, 600, 1200), output: range(120, 250, 500) },
  agents: { input: range(500, 900, 1600), output: range(40, 110, 250) },
  report: { input: range(800, 1800, 4000), output: range(200, 500, 1000) },
};

export interface EstimateInput {
  readonly scenario: Scenario;
  readonly characters: number;
  readonly model: ModelInfo;
}

export function estimateRun({ scenario, characters, model }: EstimateInput): Estimate {
  const { population, clock, platforms, ensemble, budget } = scenario;
  const turns = population.size * clock.rounds;
  // An ensemble also lives the control without contact.
  const lives = ensemble > 1 ? ensemble + 1 : 1;
  const megaturns = (turns * (0.5 + platforms.length / 2) * lives) / 1e6;
  const ownSeconds = add(
    START_SECONDS,
    add(times(SECONDS_PER_MEGACHARACTER, characters / 1e6), times(SECONDS_PER_MEGATURN, megaturns)),
  );
  const calls = model.kind === 'embedded' ? {} : callsByStage(scenario, characters);
  const stages = Object.entries(calls).map(([stage, count]) => {
    const tokens = TOKENS[stage] ?? { input: NOTHING, output: NOTHING };
    const inputTokens = round(scale(count, tokens.input));
    const outputTokens = round(scale(count, tokens.output));
    return { stage, calls: round(count), inputTokens, outputTokens, costUsd: costOf(model, inputTokens, outputTokens) };
  });
  const costUsd = stages.map((stage) => stage.costUsd).reduce(add, NOTHING);
  const allCalls = Object.values(calls).reduce(add, NOTHING);
  const seconds = add(ownSeconds, scale(times(allCalls, 1 / CALLS_AT_ONCE), CALL_SECONDS));
  return {
    model: model.id,
    seconds,
    costUsd,
    stages,
    budgetUsd: budget.usd,
    fitsBudget: costUsd.expected <= budget.usd,
    notes: notesOf(model, costUsd, scenario),
  };
}

function callsByStage(
  { population, clock, models, questions, dynamics }: Scenario,
  characters: number,
): Readonly<Record<string, Range>> {
  const chunks = Math.max(1, Math.ceil(characters / CHUNK_CHARACTERS));
  const share = dynamics.name === 'crowd' ? models.agentShare : 0;
  const turns = population.size * clock.rounds * share;
  return {
    extraction: range(chunks, chunks * 1.1, chunks * 2),
    population: range(population.actors * 0.2, population.actors * 0.6, population.actors),
    agents: times(ACTIVE_SHARE, turns),
    report: range(8, 10 + questions.length, 20),
  };
}

const times = (value: Range, factor: number): Range => range(value.low * factor, value.expected * factor, value.high * factor);

function costOf({ price }: ModelInfo, input: Range, output: Range): Range {
  if (price === undefined) return NOTHING;
  const usd = (inputTokens: number, outputTokens: number): number =>
    (inputTokens * price.inputNanoUsdPerToken + outputTokens * price.outputNanoUsdPerToken) / NANO_PER_USD;
  return range(usd(input.low, output.low), usd(input.expected, output.expected), usd(input.high, output.high));
}

function notesOf(model: ModelInfo, cost: Range, { budget, dynamics, models }: Scenario): string[] {
  if (model.kind === 'embedded') return ['The embedded model (rule-based) costs nothing.'];
  const notes = [
    dynamics.name === 'crowd'
      ? `A model decides for ${Math.round(models.agentShare * 100)} % of the active agents; the crowd rules decide for the others.`
      : `Everyone lives by the dynamics “${dynamics.name}”; a model decides for nobody.`,
  ];
  if (model.price === undefined)
    notes.push(`${model.id} has no known price, so its calls will be refused until config.yaml gives one.`);
  if (cost.high > budget.usd) {
    notes.push('At the high end the budget would be used up; the run then goes on by the crowd rules and says so.');
  }
  return notes;
}

/** Characters of all readable documents, for an estimate; nothing is kept. Throws `no_documents` as the run itself would. */
export async function countCharacters(files: readonly InputFile[], signal?: AbortSignal): Promise<number> {
  const read = await readDocuments(files, signal === undefined ? {} : { signal });
  if (read.documents.length === 0) {
    throw new ShoalError('no_documents', 'None of the files could be read.', {
      hint: read.rejected.map(({ name, reason }) => `${name}: ${reason}`).join('\n'),
      details: { rejected: read.rejected },
    });
  }
  return read.documents.reduce((sum, document) => sum + document.text.length, 0);
}
