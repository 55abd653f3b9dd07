// Lowest and highest value of the members at each round: the band behind a line.
import type { MemberResult } from '#engine/contract';

export interface Band {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export function bandOf(
  members: readonly MemberResult[],
  rounds: number,
  read: (measures: Readonly<Record<string, number>>) => number,
): Band | undefined {
  if (members.length < 2) return undefined;
  const at = (round: number): readonly number[] =>
    members.flatMap((member) => {
      const measures = member.rounds[round]?.measures;
      return measures === undefined ? [] : [read(measures)];
    });
  const rows = Array.from({ length: rounds }, (_, round) => at(round));
  return rows.some((row) => row.length === 0)
    ? undefined
    : { low: rows.map((row) => Math.min(...row)), high: rows.map((row) => Math.max(...row)) };
}
