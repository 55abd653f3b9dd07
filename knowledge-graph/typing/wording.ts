// What the learned recogniser says about the type of a name, from its wording and the words around one mention.
import type { EntityType } from '../contract.ts';
import type { NameKind } from '../lexicon/name-lists.ts';
import type { Evidence } from './scores.ts';

export interface Wording {
  readonly kind: NameKind;
  /** How sure the recogniser is, in sixteenths of log odds per word. */
  readonly lead: number;
}

/** The entity type of each kind of name; none for peoples and faiths, which are no entities by themselves. */
export const TYPE_OF_KIND: Readonly<Record<string, EntityType>> = {
  person: 'person',
  place: 'place',
  company: 'organisation',
  group: 'organisation',
  institution: 'institution',
  media: 'media',
  product: 'product',
  work: 'product',
  event: 'event',
  law: 'law',
};

/** What one mention counts without a lead, at least and at most, and the lead that is worth a unit of evidence. */
const EVEN = 2;
const LEAST = 0.4;
const MOST = 2.4;
const LEAD_PER_UNIT = 24;

export function evidenceOfWording({ kind, lead }: Wording): readonly Evidence[] {
  const type = TYPE_OF_KIND[kind];
  if (type === undefined) return [];
  const weight = Math.max(LEAST, Math.min(MOST, EVEN + lead / LEAD_PER_UNIT));
  return [{ type, weight, ...(kind === 'work' ? { subtype: 'work' } : {}) }];
}
