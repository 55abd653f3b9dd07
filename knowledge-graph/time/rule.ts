// What a rule of the date grammar is: a pattern, and how its groups read as an interval.
import type { TimeInterval } from '../contract.ts';

export type Groups = readonly (string | undefined)[];

export interface Rule {
  readonly pattern: RegExp;
  /** `today` is the document's own date (a full day); undefined where it has none. */
  readonly read: (groups: Groups, today: string | undefined) => TimeInterval | undefined;
}

/** An interval; undefined where an end is missing or they stand the wrong way round. */
export function interval(
  from: string | undefined,
  to: string | undefined,
  precision: TimeInterval['precision'],
): TimeInterval | undefined {
  return from === undefined || to === undefined ? undefined : { from, to, precision };
}

export const at = (iso: string | undefined, precision: TimeInterval['precision']): TimeInterval | undefined =>
  interval(iso, iso, precision);
