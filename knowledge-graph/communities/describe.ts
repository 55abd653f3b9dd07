// Communities as others see them: members by weight, a label, and a summary whose every sentence says where it stands.
import type { Community, Document, Entity, Mention, Relation, SourceSpan } from '../contract.ts';
import type { CommunityNode } from './detect.ts';
import { labelCommunities } from './labels.ts';
import { readSentences, sentencesByCommunity } from './material.ts';
import { summarise } from './summary.ts';

export interface DescribedGraph {
  readonly documents: readonly Document[];
  /** By node. */
  readonly entities: readonly Entity[];
  readonly relations: readonly Relation[];
  /** In reading order, like the sentences. */
  readonly mentions: readonly Mention[];
  readonly sentences: readonly SourceSpan[];
}

export function describeCommunities(communities: readonly CommunityNode[], graph: DescribedGraph): readonly Community[] {
  const { documents, entities } = graph;
  const nodeOf = new Map(entities.map((entity, node) => [entity.id, node] as const));
  const sentences = readSentences(graph.sentences, graph.mentions, graph.relations, nodeOf);
  const material = sentencesByCommunity(communities, sentences);
  const labels = labelCommunities(communities, material, entities);
  const texts = new Map(documents.map((document) => [document.id, document.text] as const));
  const recency = recencyOf(documents);
  return communities.map(({ id, parent, level, members }, at) => {
    const inside = new Set(members);
    const summary = summarise(material[at] ?? [], {
      weightOf: (node) => (inside.has(node) ? (entities[node]?.salience ?? 0) : 0),
      textOf: ({ span }) => texts.get(span.document)?.slice(span.start, span.end) ?? '',
      recencyOf: ({ span }) => recency.get(span.document) ?? 0,
    });
    return {
      id,
      level,
      parent,
      label: labels[at] ?? '',
      members: members
        .flatMap((node) => entities[node] ?? [])
        .toSorted((left, right) => right.salience - left.salience || (left.id < right.id ? -1 : 1))
        .map((entity) => entity.id),
      summary: summary.map(({ text, sentence }) => ({ text, source: sentence.span })),
      sources: summary.map(({ sentence }) => sentence.span),
    };
  });
}

/** 0–1 by rank of the date of publication, the newest at 1; documents without a date are not in it. */
function recencyOf(documents: readonly Document[]): ReadonlyMap<string, number> {
  const dates = [...new Set(documents.flatMap(({ publishedAt }) => publishedAt ?? []))].toSorted();
  const rank = new Map(dates.map((date, at) => [date, (at + 1) / dates.length] as const));
  return new Map(
    documents.flatMap(({ id, publishedAt }) => (publishedAt === undefined ? [] : [[id, rank.get(publishedAt) ?? 0] as const])),
  );
}
