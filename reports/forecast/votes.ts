// How a member answers a question by the measures of its last round, and what shares of members come to.
import { ShoalError } from '#foundation';
import type { MemberResult } from '#engine/contract';
import type { TypedQuestion } from '#scenarios/contract';

export type Measures = Readonly<Record<string, number>>;

/** Measures at the end of a member's last round. */
export const finalMeasures = (member: MemberResult): Measures => member.rounds.at(-1)?.measures ?? member.final;

function votesOf(question: TypedQuestion, winners: readonly number[]): readonly number[] {
  return question.options.map((_, option) => winners.filter((winner) => winner === option).length);
}

/** Jeffreys for two options, Dirichlet ½ for more. */
export function shrunkShares(question: TypedQuestion, winners: readonly number[]): readonly number[] {
  return votesOf(question, winners).map((count) => (count + 0.5) / (winners.length + question.options.length / 2));
}

/** The measure that holds each option's share of the population. */
export function supportNames(question: TypedQuestion): readonly string[] {
  if (question.kind === 'binary') return [`support:${question.issues[0] ?? 0}`, `oppose:${question.issues[0] ?? 0}`];
  return question.issues.map((issue) => `leading:${issue}`);
}

/** Position of the answer that these measures give: 0 = yes, 1 = no for a binary question. */
export function winnerOf(question: TypedQuestion, measures: Measures): number {
  if (question.kind === 'binary') return decidedShare(question.issues[0] ?? 0, measures) >= question.threshold ? 0 : 1;
  const shares = supportNames(question).map((name) => readMeasure(measures, name));
  return shares.indexOf(Math.max(...shares));
}

/** Support ÷ (support + oppose); 0 where nobody has decided, so that silence is never a yes. */
export function decidedShare(issue: number, measures: Measures): number {
  const support = readMeasure(measures, `support:${issue}`);
  const oppose = readMeasure(measures, `oppose:${issue}`);
  return support + oppose === 0 ? 0 : support / (support + oppose);
}

export function readMeasure(measures: Measures, name: string): number {
  const value = measures[name];
  if (value === undefined) throw new ShoalError('record_corrupt', `The run has no measure “${name}”.`, { details: { name } });
  return value;
}
