// Whether a fact holds at a date. Dates are ISO 8601 at any precision: a year holds in all its days.
import type { Relation } from '../contract.ts';

/** Undated ends are open. Dates compare as text, cut to the coarser precision. */
export function holdsAt({ validFrom, validTo }: Pick<Relation, 'validFrom' | 'validTo'>, asOf: string): boolean {
  const compare = (bound: string): number => {
    const length = Math.min(bound.length, asOf.length);
    const [left, right] = [asOf.slice(0, length), bound.slice(0, length)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
  return (validFrom === undefined || compare(validFrom) >= 0) && (validTo === undefined || compare(validTo) <= 0);
}
