// The dates at which something begins or ends in a graph: where a slider over time can stop.
import type { Relation } from '#knowledge-graph/contract';

/** More stops than this cannot be told apart on a slider. */
const MOST_STOPS = 200;

/** ISO dates in order, each once; cut down to years where there are more than can be told apart. */
export function datesOf(relations: readonly Relation[]): string[] {
  const dates = relations.flatMap(({ validFrom, validTo }) => [validFrom, validTo]).filter((date) => date !== undefined);
  const days = inOrder(dates.map((date) => date.replace(/[T ].*$/, '')));
  return days.length > MOST_STOPS ? inOrder(days.map(yearOf)) : days;
}

const yearOf = (date: string): string => /^-?\d+/.exec(date)?.[0] ?? date;

/** By year, then as text: years before Christ count backwards. */
const inOrder = (dates: readonly string[]): string[] =>
  [...new Set(dates)].toSorted((a, b) => Number(yearOf(a)) - Number(yearOf(b)) || (a < b ? -1 : 1));
