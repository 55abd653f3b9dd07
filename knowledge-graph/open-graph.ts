// A snapshot with questions asked of it. Immutable; indexes for search are made at the first search.
import type {
  Claim,
  Community,
  Entity,
  GraphSnapshot,
  KnowledgeGraph,
  PassageVectors,
  Relation,
  SourceSpan,
} from './contract.ts';
import { addTo } from './group.ts';
import { createSearch } from './retrieval/search.ts';
import type { Search } from './retrieval/search.ts';
import { shortestPath } from './salience/shortest-path.ts';
import { relationsAt } from './time/valid.ts';

/** With vectors of its passages a search may be by meaning, too. */
export function openGraph(snapshot: GraphSnapshot, vectors?: PassageVectors): KnowledgeGraph {
  const entities = new Map<string, Entity>(snapshot.entities.map((entity) => [entity.id, entity]));
  const texts = new Map(snapshot.documents.map((document) => [document.id, document.text] as const));
  const touching = relationsByEntity(snapshot.relations);
  const sources = sourcesById(snapshot);
  let search: Search | undefined;
  return {
    snapshot,
    entities: snapshot.entities,
    relations: snapshot.relations,
    claims: snapshot.claims,
    communities: snapshot.communities,
    entity: (id) => entities.get(id),
    neighbours: (id, at = {}) => relationsAt(touching.get(id) ?? [], at),
    facts: (at = {}) => relationsAt(snapshot.relations, at),
    path: (from, to, at = {}) => {
      const then = Object.keys(at).length === 0 ? touching : relationsByEntity(relationsAt(snapshot.relations, at));
      return shortestPath(from, to, (id) => then.get(id) ?? []);
    },
    search: (query, k, options) => (search ??= createSearch(snapshot, vectors))(query, k, options),
    provenance: (id) => sources.get(id) ?? [],
    quote: ({ document, start, end }) => texts.get(document)?.slice(start, end) ?? '',
  };
}

function relationsByEntity(relations: readonly Relation[]): ReadonlyMap<string, readonly Relation[]> {
  const rows = new Map<string, Relation[]>();
  for (const relation of relations) {
    for (const end of new Set([relation.subject, relation.object])) {
      if (end !== undefined) addTo(rows, end, relation);
    }
  }
  return rows;
}

function sourcesById(snapshot: GraphSnapshot): ReadonlyMap<string, readonly SourceSpan[]> {
  const sources = new Map<string, readonly SourceSpan[]>();
  const add = (items: readonly (Entity | Relation | Claim | Community)[]): void => {
    for (const item of items) sources.set(item.id, item.sources);
  };
  add(snapshot.entities);
  add(snapshot.relations);
  add(snapshot.claims);
  add(snapshot.communities);
  for (const { id, document, start, end } of snapshot.chunks) sources.set(id, [{ document, start, end }]);
  for (const { id, text } of snapshot.documents) sources.set(id, [{ document: id, start: 0, end: text.length }]);
  return sources;
}
