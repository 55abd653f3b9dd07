// `shoal chat` and `shoal survey`.
import { ChatRequest, SurveyRequest } from '#api/contract';
import { surveyPopulation } from '#engine';
import { ShoalError } from '#foundation';
import { homeAt } from '../../home.ts';
import { askAgent } from '../../runs/chats.ts';
import { openSystem } from '../../system.ts';
import { roundOf } from '../../views/world-view.ts';
import { agentNamed } from '../agent-named.ts';
import { checked } from '../checked.ts';
import type { CommandContext } from '../command-context.ts';

export async function chat(
  { output, homeOption, signal }: CommandContext,
  options: { readonly at?: number },
  id = '',
  who = '',
  message = '',
): Promise<void> {
  checked(ChatRequest, { message });
  const system = openSystem(homeAt(homeOption, process.env), process.env);
  try {
    const agent = agentNamed(system.runs.record(id), who);
    const view = await askAgent(system, {
      id,
      agent,
      message,
      signal,
      ...(options.at === undefined ? {} : { round: options.at }),
    });
    const answer = view.turns.at(-1);
    const { identity } = system.runs.record(id).persona(agent);
    const events = answer?.events.map((seq) => `e${seq}`).join(', ');
    output.result(
      { agent, name: identity.name, answer },
      `${identity.name}: ${answer?.text}${events ? `\n  (leans on ${events})` : ''}`,
    );
  } finally {
    await system.close();
  }
}

export async function survey(
  { output, homeOption }: CommandContext,
  options: { readonly options: string; readonly where?: string; readonly at?: number },
  id = '',
  question = '',
): Promise<void> {
  const answers = options.options
    .split(',')
    .map((option) => option.trim())
    .filter(Boolean);
  checked(SurveyRequest, { question, options: answers });
  const system = openSystem(homeAt(homeOption, process.env), process.env);
  try {
    const record = system.runs.record(id);
    const result = surveyPopulation({
      record,
      question,
      options: answers,
      round: roundOf(record, options.at),
      ...(options.where === undefined ? {} : { where: conditions(options.where) }),
    });
    const lines = result.options.map(
      ({ option, count, share, standardError }) =>
        `${option.padEnd(28)} ${(share * 100).toFixed(1).padStart(5)} %  ± ${(standardError * 100).toFixed(1)}  (${count})`,
    );
    output.result(result, [...lines, `asked ${result.asked} after round ${result.round}. ${result.method}`].join('\n'));
  } finally {
    await system.close();
  }
}

function conditions(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  if (pairs.every((pair) => pair.length === 2 && pair.every((part) => part !== ''))) return Object.fromEntries(pairs);
  throw new ShoalError('invalid_input', `--where takes field=value, not “${text}”.`, {
    hint: 'For example --where type=person,community=…',
  });
}
