// Asks everyone without disturbing the run: answers are drawn from opinions as of a round, with noise where people are
// unsure. Invariant: reads only; the same question at the same round has the same answers, whoever asks it and when.
import { randomKey, sha256 } from '#foundation';
import { UNDECIDED_BAND } from '../../contract.ts';
import type { AgentId, RunRecord, SurveyResult } from '../../contract.ts';
import { boundedNormal } from '../../population/index.ts';
import { groupingBy, type Grouping } from './groups.ts';
import { readQuestion } from './read-question.ts';
import type { Place, Reading } from './read-question.ts';
import { whoIsAsked } from './where.ts';

export interface SurveyAsk {
  readonly record: Pick<RunRecord, 'population' | 'stateAt' | 'isPresent'>;
  readonly question: string;
  readonly options: readonly string[];
  /** End of this round; −1 = before the first. */
  readonly round: number;
  /** Persona fields that those asked must have. */
  readonly where?: Readonly<Record<string, string>>;
  /** Tables of shares: each one persona field, or several with commas between. */
  readonly by?: readonly string[];
}

/** Standard deviation of an answer around the opinion of somebody with no certainty at all. */
const NOISE = 0.35;
/** From here on "strongly". */
const STRONG = 0.55;
/** Draws of one agent: two per issue. */
const STRIDE = 2;

export function surveyPopulation({ record, question, options, round, where = {}, by = ['community'] }: SurveyAsk): SurveyResult {
  const { population } = record;
  const reading = readQuestion(question, options, population.issues);
  const asked = whoIsAsked(population, where, (agent) => record.isPresent(agent, round));
  const state = record.stateAt(round);
  const key = randomKey(population.seed, `survey:${sha256(JSON.stringify([question, options]))}`, round + 1);
  const issues = population.issues.length;
  const felt = (agent: AgentId, issue: number): number => {
    const at = agent * issues + issue;
    const doubt = 1 - (state.certainty[at] ?? 0);
    return (state.opinion[at] ?? 0) + NOISE * doubt * boundedNormal(key, agent, issue * STRIDE);
  };
  const tables = by.map((fields) => createTable(groupingBy(population, fields), options.length));
  const counts = options.map(() => 0);
  for (const agent of asked) {
    const answer = answerOf(reading, (issue) => felt(agent, issue));
    counts[answer] = (counts[answer] ?? 0) + 1;
    for (const table of tables) table.count(agent, answer);
  }
  const total = asked.length;
  return {
    question,
    round,
    asked: total,
    options: options.map((option, i) => {
      const count = counts[i] ?? 0;
      return { option, count, share: count / total, standardError: standardErrorOf(count, total) };
    }),
    crossTabs: tables.map((table) => table.result()),
    method: methodOf(reading, population.issues, round),
  };
}

/** Of a share in a simple random sample: √(p(1 − p)/n). */
function standardErrorOf(count: number, total: number): number {
  const share = count / total;
  return Math.sqrt((share * (1 - share)) / total);
}

function createTable({ fields, groupOf, labelsOf }: Grouping, options: number) {
  const rows = new Map<number, number[]>();
  return {
    count: (agent: AgentId, answer: number): void => {
      const group = groupOf(agent);
      const row = rows.get(group) ?? Array.from({ length: options }, () => 0);
      row[answer] = (row[answer] ?? 0) + 1;
      rows.set(group, row);
    },
    result: (): SurveyResult['crossTabs'][number] => ({
      by: fields,
      groups: [...rows]
        .toSorted(([left], [right]) => left - right)
        .map(([group, row]) => {
          const asked = row.reduce((sum, count) => sum + count, 0);
          return {
            group: labelsOf(group),
            asked,
            shares: row.map((count) => count / asked),
            standardErrors: row.map((count) => standardErrorOf(count, asked)),
          };
        }),
    }),
  };
}

/** Index of the option that somebody who feels so would choose. */
function answerOf(reading: Reading, felt: (issue: number) => number): number {
  if (reading.kind === 'scale') return nearestPlace(reading.places, felt(reading.issue) * (reading.flipped ? -1 : 1));
  let best = -1;
  let strongest = -Infinity;
  reading.issues.forEach((issue, option) => {
    const feeling = issue === undefined ? -Infinity : felt(issue);
    if (feeling > strongest) {
      strongest = feeling;
      best = option;
    }
  });
  const none = reading.issues.indexOf(undefined);
  return none >= 0 && strongest < UNDECIDED_BAND ? none : best;
}

/** The place on the scale, or the nearest one that was offered. */
function nearestPlace(offered: readonly Place[], feeling: number): number {
  const strong = Math.abs(feeling) >= STRONG;
  const yes: readonly Place[] = strong ? ['strong-yes', 'yes'] : ['yes', 'strong-yes'];
  const no: readonly Place[] = strong ? ['strong-no', 'no'] : ['no', 'strong-no'];
  const decided = feeling > 0 ? yes : no;
  const order: readonly Place[] = Math.abs(feeling) <= UNDECIDED_BAND ? ['unsure', ...decided] : decided;
  return offered.indexOf(order.find((place) => offered.includes(place)) ?? 'unsure');
}

function methodOf(reading: Reading, issues: RunRecord['population']['issues'], round: number): string {
  const when = round < 0 ? 'before the first round' : `at the end of round ${round}`;
  const noise = `Each agent’s answer was drawn by seed from its opinion ${when}, with normal noise of ${NOISE} × (1 − certainty); the run is not changed by asking. Standard errors are those of a simple random sample of the agents asked.`;
  if (reading.kind === 'choice')
    return `Each option was read as an issue of this world; an agent names the one it agrees with most. ${noise}`;
  const issue = issues[reading.issue];
  const turned = reading.flipped ? ', which the question asks the other way round,' : '';
  return `Answers were read as sides of “${issue?.proposition ?? ''}”${turned} with ±${UNDECIDED_BAND} as undecided where that was offered. ${noise}`;
}
