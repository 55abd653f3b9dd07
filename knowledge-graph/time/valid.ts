// Facts as of a point in both times: whether one holds in the world at a date, and how it was known at a revision.
import { ShoalError } from '#foundation';
import type { AsOf, Relation } from '../contract.ts';
import { firstDay, lastDay } from './calendar.ts';

/** Undated ends are open; a date of coarse precision covers all its days, and overlapping it is enough. */
export function holdsAt({ validFrom, validTo }: Pick<Relation, 'validFrom' | 'validTo'>, asOf: string): boolean {
  const [first, last] = [firstDay(asOf) ?? 0, lastDay(asOf) ?? 0];
  const from = validFrom === undefined ? undefined : firstDay(validFrom);
  const to = validTo === undefined ? undefined : lastDay(validTo);
  return (from === undefined || from <= last) && (to === undefined || to >= first);
}

/** Whether a document was out by then; one without a date was. */
export function isPublished(publishedAt: string | undefined, asOf: string): boolean {
  return holdsAt({ validFrom: publishedAt, validTo: undefined }, asOf);
}

/** A relation as it was known at a revision; undefined where it was not known yet. */
function asKnown(relation: Relation, known: number): Relation | undefined {
  if (relation.recorded > known) return undefined;
  const sources = relation.sources.filter(({ document }) => Number(document.slice(1)) <= known);
  const isOpen = relation.expired !== undefined && relation.expired > known;
  if (!isOpen) return { ...relation, sources };
  return { ...relation, sources, validTo: undefined, expired: undefined, supersededBy: undefined };
}

export const noDate = (asOf: string): ShoalError =>
  new ShoalError('invalid_input', `${JSON.stringify(asOf)} is no date.`, { hint: 'Give it as 2026, 2026-05 or 2026-05-18.' });

/** The relations of a point in both times. Throws `invalid_input` for a date or revision that is none. */
export function relationsAt(relations: readonly Relation[], { asOf, known }: AsOf): readonly Relation[] {
  if (asOf !== undefined && firstDay(asOf) === undefined) {
    throw noDate(asOf);
  }
  if (known !== undefined && !(Number.isInteger(known) && known >= 0)) {
    throw new ShoalError('invalid_input', `${known} is no revision.`, { hint: 'Give the number of documents known, 0 or more.' });
  }
  const then = known === undefined ? relations : relations.flatMap((relation) => asKnown(relation, known) ?? []);
  const held = asOf === undefined ? then : then.filter((relation) => holdsAt(relation, asOf));
  if (known === undefined) return held;
  const ids = new Set(then.map(({ id }) => id));
  return held.map((relation) => ({ ...relation, contradicts: relation.contradicts.filter((id) => ids.has(id)) }));
}
