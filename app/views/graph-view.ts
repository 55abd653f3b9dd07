// The knowledge graph as the page draws it: the most salient part of it, with the ties inside that part.
import type { EntityView, GraphView, PathView, SearchAnswer } from '#api/contract';
import { ShoalError } from '#foundation';
import type { AsOf, Entity, GraphSnapshot, KnowledgeGraph, SearchHit } from '#knowledge-graph/contract';
import { excerptOf, excerptsOf } from './excerpt.ts';
import { factView } from './fact-view.ts';
import { datesOf } from './graph-dates.ts';
import { documentView } from './document-view.ts';
import { optional } from './optional.ts';

/** More than this is a cloud, not a picture; search reaches the rest. */
const SHOWN_NODES = 2000;
const SHOWN_EXCERPTS = 12;

export type AgentOfEntity = ReadonlyMap<string, number>;

export function graphView(graph: GraphSnapshot, agents: AgentOfEntity): GraphView {
  const places = new Map(graph.layout.map((point) => [point.entity, point]));
  const shown = graph.entities
    .filter(({ id }) => places.has(id))
    .toSorted((a, b) => b.salience - a.salience || (a.id < b.id ? -1 : 1))
    .slice(0, SHOWN_NODES);
  const names = new Set(shown.map((entity) => entity.id));
  // Level by level, so that the smallest one is the last that a member is put into.
  const communityOf = new Map(
    graph.communities.flatMap((community) => community.members.map((member) => [member, community.id] as const)),
  );
  return {
    hash: graph.hash,
    documents: graph.documents.map(documentView),
    totals: {
      entities: graph.entities.length,
      relations: graph.relations.length,
      claims: graph.claims.length,
      mentions: graph.mentions.length,
    },
    nodes: shown.map((entity) => ({
      id: entity.id,
      name: entity.name,
      type: entity.type,
      ...optional('subtype', entity.subtype),
      salience: entity.salience,
      ...optional('community', communityOf.get(entity.id)),
      ...optional('agent', agents.get(entity.id)),
      x: places.get(entity.id)?.x ?? 0,
      y: places.get(entity.id)?.y ?? 0,
    })),
    edges: graph.relations.flatMap((relation) =>
      relation.object !== undefined && names.has(relation.subject) && names.has(relation.object)
        ? [
            {
              id: relation.id,
              source: relation.subject,
              target: relation.object,
              label: relation.predicate,
              negated: relation.polarity === 'negated',
              ...optional('validFrom', relation.validFrom),
              ...optional('validTo', relation.validTo),
            },
          ]
        : [],
    ),
    communities: graph.communities.map((community) => ({
      id: community.id,
      level: community.level,
      label: community.label,
      size: community.members.length,
    })),
    dates: datesOf(graph.relations),
  };
}

export function entityView(graph: KnowledgeGraph, id: string, agents: AgentOfEntity, at: AsOf = {}): EntityView {
  const entity = entityOf(graph, id);
  return {
    ...factsOf(entity),
    ...optional('agent', agents.get(id)),
    relations: graph.neighbours(id, at).map((relation) => factView(graph, relation)),
    excerpts: excerptsOf(graph.snapshot, entity.sources, SHOWN_EXCERPTS),
  };
}

function entityOf(graph: KnowledgeGraph, id: string): Entity {
  const entity = graph.entity(id);
  if (entity !== undefined) return entity;
  throw new ShoalError('not_found', `The graph has no entity ${id.slice(0, 100)}.`, { hint: 'Search the graph for its name.' });
}

export function pathView(graph: KnowledgeGraph, from: string, to: string, at: AsOf = {}): PathView {
  const chain = graph.path(entityOf(graph, from).id, entityOf(graph, to).id, at);
  return { from, to, found: chain !== undefined, facts: (chain ?? []).map((relation) => factView(graph, relation)) };
}

const factsOf = (entity: Entity): Omit<EntityView, 'relations' | 'excerpts' | 'agent'> => ({
  id: entity.id,
  name: entity.name,
  type: entity.type,
  ...optional('subtype', entity.subtype),
  aliases: [...entity.aliases],
  confidence: entity.confidence,
  salience: entity.salience,
  ...optional('description', entity.description),
});

export function searchView(snapshot: GraphSnapshot, hits: readonly SearchHit[]): SearchAnswer {
  return {
    hits: hits.flatMap((hit) => {
      const excerpt = excerptOf(snapshot, hit.source);
      return excerpt === undefined ? [] : [{ kind: hit.kind, id: hit.id, score: hit.score, text: hit.text, excerpt }];
    }),
  };
}
