// A fact with the names of its ends, its two times and the words that say it.
import type { FactView } from '#api/contract';
import type { KnowledgeGraph, Relation } from '#knowledge-graph/contract';
import { excerptOf } from './excerpt.ts';
import { optional } from './optional.ts';

export function factView(graph: KnowledgeGraph, relation: Relation): FactView {
  const [source] = relation.sources;
  const nameOf = (id: string): string => graph.entity(id)?.name ?? id;
  return {
    id: relation.id,
    subject: relation.subject,
    subjectName: nameOf(relation.subject),
    predicate: relation.predicate,
    ...optional('object', relation.object),
    objectName: relation.object === undefined ? (relation.literal ?? '') : nameOf(relation.object),
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
    verified: relation.verified,
    ...optional('excerpt', source === undefined ? undefined : excerptOf(graph.snapshot, source)),
  };
}
