// The relations of one graph: the built-in traits, changed by what a person edited, in the order of the edits.
import type { EntityType, GraphEdit, RelationTraits } from '../contract.ts';
import { traitsOf } from './relation-traits.ts';

export interface RelationVocabulary {
  /** What a found predicate between these types is called in this graph; undefined where it was removed. */
  predicateOf(found: string, from: EntityType, to: EntityType | undefined): string | undefined;
  traitsOf(predicate: string): RelationTraits;
}

export function createVocabulary(edits: readonly GraphEdit[]): RelationVocabulary {
  const traits = new Map<string, RelationTraits>();
  for (const edit of edits) learn(edit, traits);
  return {
    predicateOf: (found, from, to) => {
      let predicate: string | undefined = found;
      for (const edit of edits) if (predicate !== undefined) predicate = rename(edit, predicate, from, to);
      return predicate;
    },
    traitsOf: (predicate) => traits.get(predicate) ?? traitsOf(predicate),
  };
}

function learn(edit: GraphEdit, traits: Map<string, RelationTraits>): void {
  const known = (predicate: string): RelationTraits => traits.get(predicate) ?? traitsOf(predicate);
  if (edit.kind === 'relation-add') {
    const { predicate, cardinality, inverse } = edit;
    traits.set(predicate, { kind: 'state', cardinality, inverse });
  }
  if (edit.kind === 'relation-map' && !traits.has(edit.to)) traits.set(edit.to, traitsUnder(edit.from, edit.to, known));
  if (edit.kind === 'relation-set') {
    const before = known(edit.predicate);
    traits.set(edit.predicate, {
      ...before,
      cardinality: edit.cardinality ?? before.cardinality,
      inverse: edit.inverse ?? before.inverse,
    });
  }
}

/** A new name keeps what the relation was like; a name that is known has its own ways. */
function traitsUnder(from: string, to: string, known: (predicate: string) => RelationTraits): RelationTraits {
  const own = known(to);
  if (own.cardinality !== 'many' || own.inverse !== undefined || own.kind !== 'state') return own;
  const before = known(from);
  return before.inverse === from ? { ...before, inverse: to } : before;
}

function rename(edit: GraphEdit, predicate: string, from: EntityType, to: EntityType | undefined): string | undefined {
  if (edit.kind === 'relation-map') return predicate === edit.from ? edit.to : predicate;
  if (edit.kind === 'relation-remove') return predicate === edit.predicate ? undefined : predicate;
  if (edit.kind !== 'relation-add' || !edit.verbs.includes(predicate)) return predicate;
  return fits(edit.from, from) && fits(edit.to, to) ? edit.predicate : predicate;
}

/** No type named is any type. */
const fits = (allowed: readonly EntityType[], type: EntityType | undefined): boolean =>
  allowed.length === 0 || (type !== undefined && allowed.includes(type));
