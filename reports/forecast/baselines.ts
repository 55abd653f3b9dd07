// What simpler methods say of the same question: the base rate where one is given, no change at all, and the same people
// without contact. The latter two are one world each, shrunk as one member of an ensemble is.
import type { MemberResult } from '#engine/contract';
import type { TypedQuestion } from '#scenarios/contract';
import type { Baseline } from '../contract.ts';
import { finalMeasures, shrunkShares, winnerOf } from './votes.ts';

export function baselinesOf(
  question: TypedQuestion,
  { start, control }: { readonly start: Readonly<Record<string, number>>; readonly control: MemberResult | undefined },
): readonly Baseline[] {
  const named = (name: Baseline['name'], probabilities: readonly number[]): Baseline => ({
    name,
    options: question.options.map((option, at) => ({ option, probability: probabilities[at] ?? 0 })),
  });
  const { baseRate } = question;
  return [
    ...(baseRate === undefined ? [] : [named('base rate', [baseRate, 1 - baseRate])]),
    named('persistence', shrunkShares(question, [winnerOf(question, start)])),
    ...(control === undefined
      ? []
      : [named('no interaction', shrunkShares(question, [winnerOf(question, finalMeasures(control))]))]),
  ];
}
