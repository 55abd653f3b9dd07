// A fact with the names of its ends, its two times and the words that say it.
import type { FactView } from '#api/contract';
import type { KnowledgeGraph, Relation } from '#knowledge-graph/contract';
import { excerptOf } from './excerpt.ts';
import { optional } from './optional.ts';

export function factView(graph: KnowledgeGraph, relation: Relation): FactView {
  const [source] = relation.sources;
  const nameOf = (id: string): string => graph.entity(id)?.name ?? id;
  const objectOf = ({ object, literal }: Relation): string => (object === undefined ? (literal ?? '') : nameOf(object));
  const wordsOf = (fact: Relation): string =>
    `${nameOf(fact.subject)} ${fact.polarity === 'negated' ? 'not ' : ''}${fact.predicate} ${objectOf(fact)}`;
  const linked = [...(relation.supersededBy === undefined ? [] : [relation.supersededBy]), ...relation.contradicts];
  return {
    id: relation.id,
    subject: relation.subject,
    subjectName: nameOf(relation.subject),
    predicate: relation.predicate,
    ...optional('object', relation.object),
    objectName: objectOf(relation),
    negated: relation.polarity === 'negated',
    modality: relation.modality,
    confidence: relation.confidence,
    ...optional('validFrom', relation.validFrom),
    ...optional('validTo', relation.validTo),
    ...optional('precision', relation.precision),
    recorded: relation.recorded,
    ...optional('expired', relation.expired),
    ...optional('supersededBy', relation.supersededBy),
    contradicts: [...relation.contradicts],
    linked: linked.flatMap((id) => {
      const other = graph.relations.find((candidate) => candidate.id === id);
      return other === undefined ? [] : [{ id, text: wordsOf(other) }];
    }),
    verified: relation.verified,
    ...optional('excerpt', source === undefined ? undefined : excerptOf(graph.snapshot, source)),
  };
}
