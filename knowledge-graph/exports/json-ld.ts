// JSON-LD 1.1: entities as schema.org things, relations and claims as reified statements (RDF), and every place they were
// found in as a Web Annotation selector of its document. One member of `@graph` a line.
import type { Claim, Community, Document, Entity, EntityType, GraphSnapshot, Relation, SourceSpan } from '../contract.ts';
import { quoter } from './columns.ts';

const VOCABULARY = 'urn:shoal:vocabulary:';
const ENTITY = 'urn:shoal:entity:';

/** `oa:start` and `oa:end` count UTF-16 code units, as JavaScript and Java do. */
const CONTEXT = {
  '@version': 1.1,
  schema: 'https://schema.org/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  oa: 'http://www.w3.org/ns/oa#',
  prov: 'http://www.w3.org/ns/prov#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  shoal: VOCABULARY,
  id: '@id',
  type: '@type',
  name: 'schema:name',
  alternateName: 'schema:alternateName',
  description: 'schema:description',
  datePublished: 'schema:datePublished',
  author: 'schema:author',
  inLanguage: 'schema:inLanguage',
  identifier: 'schema:identifier',
  text: 'schema:text',
  about: { '@id': 'schema:about', '@type': '@id' },
  member: { '@id': 'schema:member', '@type': '@id' },
  partOf: { '@id': 'schema:isPartOf', '@type': '@id' },
  subject: { '@id': 'rdf:subject', '@type': '@id' },
  predicate: { '@id': 'rdf:predicate', '@type': '@id' },
  object: 'rdf:object',
  label: 'shoal:label',
  entityType: 'shoal:entityType',
  subtype: 'shoal:subtype',
  confidence: { '@id': 'shoal:confidence', '@type': 'xsd:double' },
  salience: { '@id': 'shoal:salience', '@type': 'xsd:double' },
  degree: { '@id': 'shoal:degree', '@type': 'xsd:integer' },
  pageRank: { '@id': 'shoal:pageRank', '@type': 'xsd:double' },
  betweenness: { '@id': 'shoal:betweenness', '@type': 'xsd:double' },
  sentiment: { '@id': 'shoal:sentiment', '@type': 'xsd:double' },
  level: { '@id': 'shoal:level', '@type': 'xsd:integer' },
  polarity: 'shoal:polarity',
  modality: 'shoal:modality',
  speaker: { '@id': 'shoal:speaker', '@type': '@id' },
  validFrom: 'shoal:validFrom',
  validTo: 'shoal:validTo',
  source: { '@id': 'prov:wasDerivedFrom' },
  hasSource: { '@id': 'oa:hasSource', '@type': '@id' },
  hasSelector: { '@id': 'oa:hasSelector' },
  start: { '@id': 'oa:start', '@type': 'xsd:nonNegativeInteger' },
  end: { '@id': 'oa:end', '@type': 'xsd:nonNegativeInteger' },
  exact: 'oa:exact',
} as const;

const CLASSES: Readonly<Record<EntityType, string>> = {
  person: 'schema:Person',
  organisation: 'schema:Organization',
  media: 'schema:NewsMediaOrganization',
  institution: 'schema:GovernmentOrganization',
  place: 'schema:Place',
  product: 'schema:Product',
  event: 'schema:Event',
  law: 'schema:Legislation',
  date: 'shoal:Date',
  amount: 'shoal:Amount',
  concept: 'schema:DefinedTerm',
  unknown: 'schema:Thing',
};

export function* jsonLd(snapshot: GraphSnapshot): Generator<string> {
  const { hash, documents, entities, relations, claims, communities } = snapshot;
  const root = `urn:shoal:graph:${hash}`;
  const write = writer(root, quoter(snapshot));
  yield `{"@context":${JSON.stringify(CONTEXT)},\n"id":${JSON.stringify(root)},"type":"schema:Dataset","@graph":[\n`;
  let separator = '';
  const line = (node: unknown): string => {
    const written = separator + JSON.stringify(node);
    separator = ',\n';
    return written;
  };
  for (const document of documents) yield line(write.document(document));
  for (const entity of entities) yield line(write.entity(entity));
  for (const relation of relations) yield line(write.relation(relation));
  for (const claim of claims) yield line(write.claim(claim));
  for (const community of communities) yield line(write.community(community));
  yield '\n]}\n';
}

const entityIri = (id: string): string => `${ENTITY}${encodeURIComponent(id)}`;

function writer(root: string, quoteOf: (span: SourceSpan) => string | undefined) {
  const inGraph = (id: string): string => `${root}:${encodeURIComponent(id)}`;
  const places = (spans: readonly SourceSpan[]): readonly unknown[] =>
    spans.map((span) => ({
      type: 'oa:SpecificResource',
      hasSource: inGraph(span.document),
      hasSelector: [
        { type: 'oa:TextPositionSelector', start: span.start, end: span.end },
        { type: 'oa:TextQuoteSelector', exact: quoteOf(span) ?? '' },
      ],
    }));
  return {
    document: ({ id, name, title, author, publishedAt, language, sha256 }: Document) => ({
      id: inGraph(id),
      type: 'schema:DigitalDocument',
      name: title ?? name,
      identifier: `sha256:${sha256}`,
      author,
      datePublished: publishedAt,
      inLanguage: language,
    }),
    entity: ({ id, name, type, subtype, aliases, description, confidence, salience, centrality, sources }: Entity) => ({
      id: entityIri(id),
      type: CLASSES[type],
      name,
      entityType: type,
      subtype,
      alternateName: aliases,
      description,
      confidence,
      salience,
      ...centrality,
      source: places(sources),
    }),
    relation: ({ id, subject, predicate, object, literal, sources, speaker, ...relation }: Relation) => ({
      id: inGraph(id),
      type: 'rdf:Statement',
      subject: entityIri(subject),
      predicate: `${VOCABULARY}predicate:${encodeURIComponent(predicate)}`,
      label: predicate,
      object: object === undefined ? literal : { id: entityIri(object) },
      polarity: relation.polarity,
      modality: relation.modality,
      confidence: relation.confidence,
      validFrom: relation.validFrom,
      validTo: relation.validTo,
      speaker: speaker === undefined ? undefined : entityIri(speaker),
      source: places(sources),
    }),
    claim: ({ id, text, speaker, about, sentiment, polarity, modality, confidence, sources }: Claim) => ({
      id: inGraph(id),
      type: 'schema:Claim',
      text,
      speaker: speaker === undefined ? undefined : entityIri(speaker),
      about: about.map(entityIri),
      sentiment,
      polarity,
      modality,
      confidence,
      source: places(sources),
    }),
    community: ({ id, level, parent, label, members, summary, sources }: Community) => ({
      id: inGraph(id),
      type: 'shoal:Community',
      level,
      label,
      partOf: parent === undefined ? undefined : inGraph(parent),
      member: members.map(entityIri),
      description: summary.map(({ text }) => text).join(' '),
      source: places(sources),
    }),
  };
}
