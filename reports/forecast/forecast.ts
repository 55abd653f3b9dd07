// forecast: which answer how many members of the ensemble end with. Shares of few members are shrunk (Jeffreys for
// two answers, Dirichlet ½ for more), so that seven out of seven is never served as certainty.
import { ShoalError } from '#foundation';
import type { MemberResult } from '#engine/contract';
import type { Framing, TypedQuestion } from '#scenarios/contract';
import type { Forecast } from '../contract.ts';
import { spreadOf } from './spread.ts';

type Measures = Readonly<Record<string, number>>;

export function forecast(input: {
  readonly framing: Framing;
  /** The main run among them. */
  readonly members: readonly MemberResult[];
  /** Measures before round 0. */
  readonly start: Measures;
}): readonly Forecast[] {
  if (input.members.length === 0) {
    throw new ShoalError('invalid_input', 'A forecast needs at least one finished member.', {
      hint: 'Let the run finish first.',
    });
  }
  const ends = input.members.map(finalMeasures);
  return input.framing.questions.map((question) => answerOne(question, ends, input.start));
}

/** Measures at the end of a member's last round. */
export const finalMeasures = (member: MemberResult): Measures => member.rounds.at(-1)?.measures ?? member.final;

function answerOne(question: TypedQuestion, ends: readonly Measures[], start: Measures): Forecast {
  const votes = question.options.map(() => 0);
  for (const end of ends) {
    const winner = winnerOf(question, end);
    votes[winner] = (votes[winner] ?? 0) + 1;
  }
  const names = supportNames(question);
  const most = Math.max(...votes);
  const leaders = votes.flatMap((count, index) => (count === most ? [index] : []));
  return {
    question: question.index,
    text: question.text,
    kind: question.kind,
    answer: leaders.length === 1 ? question.options[leaders[0] ?? 0] : undefined,
    options: question.options.map((option, index) => ({
      option,
      probability: ((votes[index] ?? 0) + 0.5) / (ends.length + question.options.length / 2),
      support: spreadOf(ends.map((end) => read(end, names[index] ?? ''))),
    })),
    persistence: question.options.map((option, index) => ({ option, support: read(start, names[index] ?? '') })),
    simulatedResolution: question.simulatedResolution,
    realWorldResolution: question.realWorldResolution,
    calibration: 'uncalibrated',
  };
}

/** The measure that holds each option's share of the population. */
export function supportNames(question: TypedQuestion): readonly string[] {
  if (question.kind === 'binary') return [`support:${question.issues[0] ?? 0}`, `oppose:${question.issues[0] ?? 0}`];
  return question.issues.map((issue) => `leading:${issue}`);
}

/** Position of the answer that these measures give: 0 = yes, 1 = no for a binary question. */
export function winnerOf(question: TypedQuestion, measures: Measures): number {
  if (question.kind === 'binary') return decidedShare(question.issues[0] ?? 0, measures) >= question.threshold ? 0 : 1;
  const shares = supportNames(question).map((name) => read(measures, name));
  return shares.indexOf(Math.max(...shares));
}

/** Support ÷ (support + oppose); 0 where nobody has decided, so that silence is never a yes. */
export function decidedShare(issue: number, measures: Measures): number {
  const support = read(measures, `support:${issue}`);
  const oppose = read(measures, `oppose:${issue}`);
  return support + oppose === 0 ? 0 : support / (support + oppose);
}

function read(measures: Measures, name: string): number {
  const value = measures[name];
  if (value === undefined) throw new ShoalError('record_corrupt', `The run has no measure “${name}”.`, { details: { name } });
  return value;
}
