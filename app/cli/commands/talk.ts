// `shoal chat` and `shoal survey`.
import { ChatRequest, SurveyRequest } from '#api/contract';
import { surveyPopulation } from '#engine';
import type { SurveyResult } from '#engine/contract';
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
  options: { readonly options: string; readonly where?: string; readonly at?: number; readonly by?: readonly string[] },
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
      ...(options.by === undefined ? {} : { by: options.by }),
    });
    const lines = result.options.map(
      ({ option, count, share, standardError }) =>
        `${option.padEnd(28)} ${(share * 100).toFixed(1).padStart(5)} %  ± ${(standardError * 100).toFixed(1)}  (${count})`,
    );
    const tables = options.by === undefined ? [] : result.crossTabs.flatMap((table) => tableOf(table, answers));
    output.result(
      result,
      [...lines, ...tables, `asked ${result.asked} after round ${result.round}. ${result.method}`].join('\n'),
    );
  } finally {
    await system.close();
  }
}

/** Rows of one cross-table, shares with their standard errors. */
function tableOf({ by, groups }: SurveyResult['crossTabs'][number], answers: readonly string[]): string[] {
  const names = groups.map(({ group }) => group.join(' · '));
  const wide = Math.max(by.join(' · ').length, ...names.map((name) => name.length));
  const widths = answers.map((answer) => Math.max(14, answer.length));
  const head = `${by.join(' · ').padEnd(wide)}  ${'asked'.padStart(7)}  ${answers.map((answer, i) => answer.padStart(widths[i] ?? 0)).join('  ')}`;
  const rows = groups.map(({ asked, shares, standardErrors }, row) => {
    const cells = shares.map((share, i) =>
      `${(100 * share).toFixed(1)} ± ${(100 * (standardErrors[i] ?? 0)).toFixed(1)} %`.padStart(widths[i] ?? 0),
    );
    return `${(names[row] ?? '').padEnd(wide)}  ${String(asked).padStart(7)}  ${cells.join('  ')}`;
  });
  return ['', head, ...rows, ''];
}

function conditions(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  if (pairs.every((pair) => pair.length === 2 && pair.every((part) => part !== ''))) return Object.fromEntries(pairs);
  throw new ShoalError('invalid_input', `--where takes field=value, not “${text}”.`, {
    hint: 'For example --where type=person,community=…',
  });
}
