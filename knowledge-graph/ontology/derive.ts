// The vocabulary of these documents: which types of things and ties occur, with their narrower types and signatures.
import type { Entity, EntityType, Ontology, ProposedOntology, Relation } from '../contract.ts';
import type { RelationVocabulary } from './vocabulary.ts';
import { ENTITY_TYPES } from '../contract.ts';

const MOST_SUBTYPES = 12;

const inOrder = (types: ReadonlySet<EntityType>): readonly EntityType[] => ENTITY_TYPES.filter((type) => types.has(type));

export function deriveOntology(
  entities: readonly Entity[],
  relations: readonly Relation[],
  vocabulary: RelationVocabulary,
  proposal: ProposedOntology = { entityTypes: [], relationTypes: [] },
): Ontology {
  const typeOf = new Map(entities.map((entity) => [entity.id, entity.type] as const));
  const byPredicate = new Map<string, { from: Set<EntityType>; to: Set<EntityType>; count: number }>();
  for (const { subject, predicate, object } of relations) {
    const row = byPredicate.get(predicate) ?? { from: new Set(), to: new Set(), count: 0 };
    byPredicate.set(predicate, row);
    row.count++;
    const from = typeOf.get(subject);
    const to = object === undefined ? undefined : typeOf.get(object);
    if (from !== undefined) row.from.add(from);
    if (to !== undefined) row.to.add(to);
  }
  // Types that were proposed and found no member yet.
  for (const { predicate, from, to } of proposal.relationTypes)
    if (!byPredicate.has(predicate)) byPredicate.set(predicate, { from: new Set(from), to: new Set(to), count: 0 });
  return {
    entityTypes: ENTITY_TYPES.flatMap((type) => {
      const members = entities.filter((entity) => entity.type === type);
      const proposed = proposal.entityTypes.flatMap((kind) => (kind.type === type ? [kind.subtype] : []));
      if (members.length + proposed.length === 0) return [];
      return [{ type, subtypes: [...new Set([...subtypesOf(members), ...proposed])], count: members.length }];
    }),
    relationTypes: [...byPredicate]
      .toSorted(([left, first], [right, second]) => second.count - first.count || (left < right ? -1 : 1))
      .map(([predicate, row]) => ({
        predicate,
        from: inOrder(row.from),
        to: inOrder(row.to),
        count: row.count,
        ...vocabulary.traitsOf(predicate),
      })),
  };
}

function subtypesOf(members: readonly Entity[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { subtype } of members) if (subtype !== undefined) counts.set(subtype, (counts.get(subtype) ?? 0) + 1);
  return [...counts]
    .toSorted((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))
    .slice(0, MOST_SUBTYPES)
    .map(([subtype]) => subtype);
}
