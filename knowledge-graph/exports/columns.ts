// What an export says of each entity and of each tie between two: one table for GraphML, GEXF and CSV, so that a value has
// the same name in all of them.
import type { Community, Entity, GraphSnapshot, Relation, SourceSpan } from '../contract.ts';

export type Cell = string | number | undefined;

export interface Column<Row> {
  readonly name: string;
  readonly kind: 'string' | 'double' | 'integer';
  of(row: Row): Cell;
}

export interface Tie {
  readonly relation: Relation;
  readonly subject: Entity;
  readonly object: Entity;
}

export interface ExportTables {
  readonly nodes: readonly Entity[];
  readonly nodeColumns: readonly Column<Entity>[];
  /** Relations between two entities; those to a literal are facts, but no ties. */
  readonly ties: readonly Tie[];
  readonly tieColumns: readonly Column<Tie>[];
  readonly placeOf: (entity: Entity) => { readonly x: number; readonly y: number } | undefined;
}

const column = <Row>(name: string, kind: Column<Row>['kind'], of: (row: Row) => Cell): Column<Row> => ({ name, kind, of });

export function exportTables(snapshot: GraphSnapshot): ExportTables {
  const entities = new Map(snapshot.entities.map((entity) => [entity.id, entity] as const));
  const places = new Map(snapshot.layout.map((point) => [point.entity, point] as const));
  const homes = deepestCommunities(snapshot.communities);
  const quoteOf = quoter(snapshot);
  return {
    nodes: snapshot.entities,
    nodeColumns: [
      column('type', 'string', ({ type }) => type),
      column('subtype', 'string', ({ subtype }) => subtype),
      column('aliases', 'string', ({ aliases }) => aliases.join('; ')),
      column('description', 'string', ({ description }) => description),
      column('confidence', 'double', ({ confidence }) => confidence),
      column('salience', 'double', ({ salience }) => salience),
      column('degree', 'integer', ({ centrality }) => centrality?.degree),
      column('pageRank', 'double', ({ centrality }) => centrality?.pageRank),
      column('betweenness', 'double', ({ centrality }) => centrality?.betweenness),
      column('community', 'string', ({ id }) => homes.get(id)?.id),
      column('communityLabel', 'string', ({ id }) => homes.get(id)?.label),
      column('sources', 'string', ({ sources }) => spanList(sources)),
    ],
    ties: snapshot.relations.flatMap((relation) => {
      const subject = entities.get(relation.subject);
      const object = relation.object === undefined ? undefined : entities.get(relation.object);
      return subject === undefined || object === undefined ? [] : [{ relation, subject, object }];
    }),
    tieColumns: [
      column('polarity', 'string', ({ relation }) => relation.polarity),
      column('modality', 'string', ({ relation }) => relation.modality),
      column('speaker', 'string', ({ relation }) => relation.speaker),
      column('confidence', 'double', ({ relation }) => relation.confidence),
      column('validFrom', 'string', ({ relation }) => relation.validFrom),
      column('validTo', 'string', ({ relation }) => relation.validTo),
      column('quote', 'string', ({ relation }) => quoteOf(relation.sources[0])),
      column('sources', 'string', ({ relation }) => spanList(relation.sources)),
    ],
    placeOf: ({ id }) => places.get(id),
  };
}

/** "d1:120-164; d3:0-52": document and UTF-16 offsets. */
const spanList = (spans: readonly SourceSpan[]): string =>
  spans.map(({ document, start, end }) => `${document}:${start}-${end}`).join('; ');

/** The text of a span, word for word. */
export function quoter({ documents }: GraphSnapshot): (span: SourceSpan | undefined) => string | undefined {
  const texts = new Map(documents.map(({ id, text }) => [id, text] as const));
  return (span) => (span === undefined ? undefined : texts.get(span.document)?.slice(span.start, span.end));
}

/** Communities are stored level by level: the last that names an entity is its smallest. */
function deepestCommunities(communities: readonly Community[]): ReadonlyMap<string, Community> {
  return new Map(communities.flatMap((community) => community.members.map((member) => [member, community] as const)));
}
