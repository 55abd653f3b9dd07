// When more members would not change what is said: all agree on every answer, and the mean support of every option is
// known to within a point.
import type { MemberResult } from '#engine/contract';
import type { Framing } from '#scenarios/contract';
import { finalMeasures, supportNames, winnerOf } from './votes.ts';
import { spreadOf } from './spread.ts';

/** Fewer members than this never settle anything. */
const LEAST = 12;
/** Largest standard error of a mean share that counts as known. */
const STANDARD_ERROR = 0.01;

export function isSettled(framing: Framing, members: readonly MemberResult[]): boolean {
  if (members.length < LEAST) return false;
  const ends = members.map(finalMeasures);
  return framing.questions.every((question) => {
    const winners = new Set(ends.map((end) => winnerOf(question, end)));
    return (
      winners.size === 1 && supportNames(question).every((name) => errorOf(ends.map((end) => end[name] ?? 0)) <= STANDARD_ERROR)
    );
  });
}

const errorOf = (values: readonly number[]): number => spreadOf(values).standardDeviation / Math.sqrt(values.length);
