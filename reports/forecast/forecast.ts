// forecast: which answer how many members of the ensemble end with. Shares of few members are shrunk (Jeffreys for
// two answers, Dirichlet ½ for more), so that seven out of seven is never served as certainty.
import { ShoalError } from '#foundation';
import type { MemberResult } from '#engine/contract';
import type { Framing, TypedQuestion } from '#scenarios/contract';
import type { Forecast, MemberCell } from '../contract.ts';
import { baselinesOf } from './baselines.ts';
import { shrunkToBaseRate } from './pool.ts';
import { spreadOf } from './spread.ts';
import { varianceShares } from './variance.ts';
import { finalMeasures, readMeasure, shrunkShares, supportNames, winnerOf, type Measures } from './votes.ts';

export function forecast(input: {
  readonly framing: Framing;
  /** The main run among them. */
  readonly members: readonly MemberResult[];
  /** Measures before round 0. */
  readonly start: Measures;
  /** The draws that each member lived with; left out, all lived with the same and differ in their seed. */
  readonly cells?: readonly MemberCell[];
  /** The same people without contact. */
  readonly control?: MemberResult | undefined;
}): readonly Forecast[] {
  if (input.members.length === 0) {
    throw new ShoalError('invalid_input', 'A forecast needs at least one finished member.', {
      hint: 'Let the run finish first.',
    });
  }
  const ends = input.members.map(finalMeasures);
  return input.framing.questions.map((question) => answerOne(question, ends, input));
}

function answerOne(
  question: TypedQuestion,
  ends: readonly Measures[],
  { start, cells = [], control }: Pick<Parameters<typeof forecast>[0], 'start' | 'cells' | 'control'>,
): Forecast {
  const winners = ends.map((end) => winnerOf(question, end));
  const probabilities = probabilitiesOf(question, winners);
  const names = supportNames(question);
  const most = Math.max(...probabilities);
  const leaders = probabilities.flatMap((probability, index) => (probability === most ? [index] : []));
  return {
    question: question.index,
    text: question.text,
    kind: question.kind,
    answer: leaders.length === 1 ? question.options[leaders[0] ?? 0] : undefined,
    options: question.options.map((option, index) => ({
      option,
      probability: probabilities[index] ?? 0,
      support: spreadOf(ends.map((end) => readMeasure(end, names[index] ?? ''))),
    })),
    persistence: question.options.map((option, index) => ({ option, support: readMeasure(start, names[index] ?? '') })),
    baselines: baselinesOf(question, { start, control }),
    variance: varianceShares(
      ends.map((end) => readMeasure(end, names[0] ?? '')),
      cells,
    ),
    simulatedResolution: question.simulatedResolution,
    realWorldResolution: question.realWorldResolution,
    calibration: 'uncalibrated',
  };
}

function probabilitiesOf(question: TypedQuestion, winners: readonly number[]): readonly number[] {
  const shares = shrunkShares(question, winners);
  if (question.baseRate === undefined) return shares;
  const yes = shrunkToBaseRate(shares[0] ?? 0.5, question.baseRate, winners.length);
  return [yes, 1 - yes];
}
