// The knowledge graph, and what is quoted of documents.
import { z } from 'zod';

export const Span = z.object({ document: z.string(), start: z.int(), end: z.int() });
export const DocumentView = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string().optional(),
  mediaType: z.string(),
  language: z.string(),
  characters: z.int(),
  publishedAt: z.string().optional(),
  /** Where it was published, as it says itself. */
  url: z.string().optional(),
});
export const GraphView = z.object({
  hash: z.string(),
  documents: z.array(DocumentView),
  totals: z.object({ entities: z.int(), relations: z.int(), claims: z.int(), mentions: z.int() }),
  nodes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.string(),
      subtype: z.string().optional(),
      salience: z.number(),
      /** The smallest one that it is in. */
      community: z.string().optional(),
      /** Agent number where this entity lives in the world. */
      agent: z.int().optional(),
      x: z.number(),
      y: z.number(),
    }),
  ),
  edges: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      target: z.string(),
      label: z.string(),
      negated: z.boolean(),
      validFrom: z.string().optional(),
      validTo: z.string().optional(),
    }),
  ),
  /** A tree: level 0 parts the whole network, the parts of `m1` are `m1.1`, `m1.2` … */
  communities: z.array(z.object({ id: z.string(), level: z.int(), label: z.string(), size: z.int() })),
  /** The dates that facts name as beginning or end, in order; years only where there are many. */
  dates: z.array(z.string()),
});
export type GraphView = z.infer<typeof GraphView>;

export const Excerpt = z.object({
  span: Span,
  documentName: z.string(),
  before: z.string(),
  text: z.string(),
  after: z.string(),
});
export type Excerpt = z.infer<typeof Excerpt>;
export const FactView = z.object({
  id: z.string(),
  subject: z.string(),
  subjectName: z.string(),
  predicate: z.string(),
  object: z.string().optional(),
  objectName: z.string(),
  negated: z.boolean(),
  modality: z.string(),
  confidence: z.number(),
  /** When it holds in the world: ISO 8601 dates of any precision. */
  validFrom: z.string().optional(),
  validTo: z.string().optional(),
  precision: z.string().optional(),
  /** In which revision of what is known it came in, and in which a later fact closed it. */
  recorded: z.int(),
  expired: z.int().optional(),
  /** Ids of other facts: the one that closed it, and those that cannot hold together with it. */
  supersededBy: z.string().optional(),
  contradicts: z.array(z.string()),
  /** What those say. */
  linked: z.array(z.object({ id: z.string(), text: z.string() })),
  /** Whether its words were found in the text. */
  verified: z.boolean(),
  excerpt: Excerpt.optional(),
});
export type FactView = z.infer<typeof FactView>;
/** One page; `next` is the place to go on from, absent on the last one. */
export const FactsPage = z.object({ total: z.int(), facts: z.array(FactView), next: z.int().optional() });
export type FactsPage = z.infer<typeof FactsPage>;

export const EntityView = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  subtype: z.string().optional(),
  aliases: z.array(z.string()),
  confidence: z.number(),
  salience: z.number(),
  description: z.string().optional(),
  agent: z.int().optional(),
  relations: z.array(FactView),
  excerpts: z.array(Excerpt),
});
export type EntityView = z.infer<typeof EntityView>;
export const StoredGraphView = z.object({
  name: z.string(),
  hash: z.string(),
  savedAt: z.string(),
  documents: z.int(),
  entities: z.int(),
  relations: z.int(),
  claims: z.int(),
  /** Whose vectors a search uses; null = words alone. */
  embeddingModel: z.string().nullable(),
});
export type StoredGraphView = z.infer<typeof StoredGraphView>;
export const OntologyView = z.object({
  /** All types there are, found or not. */
  allTypes: z.array(z.string()),
  entityTypes: z.array(z.object({ type: z.string(), subtypes: z.array(z.string()), count: z.int() })),
  relationTypes: z.array(
    z.object({
      predicate: z.string(),
      from: z.array(z.string()),
      to: z.array(z.string()),
      count: z.int(),
      kind: z.string(),
      cardinality: z.string(),
      inverse: z.string().optional(),
    }),
  ),
});
export type OntologyView = z.infer<typeof OntologyView>;
export const MergeView = z.object({
  id: z.string(),
  entity: z.string(),
  name: z.string(),
  into: z.string(),
  reason: z.string(),
  score: z.number(),
  excerpts: z.array(Excerpt),
});
export const MergesPage = z.object({ total: z.int(), merges: z.array(MergeView), next: z.int().optional() });
export type MergesPage = z.infer<typeof MergesPage>;
/** What a person decided about a graph, in order; the place of one, counted from 1, undoes it. */
export const EditsView = z.object({ hash: z.string(), edits: z.array(z.looseObject({ kind: z.string() })) });
export type EditsView = z.infer<typeof EditsView>;
export const GraphDocumentsRequest = z.strictObject({
  uploads: z
    .array(z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), name: z.string().min(1).max(255) }))
    .min(1)
    .max(200),
});
export const GraphRequest = z.strictObject({
  name: z.string().trim().min(1).max(200),
  ...GraphDocumentsRequest.shape,
  /** Who reads them; left out, rules do. */
  model: z.string().max(200).optional(),
  /** Passages are found by meaning, too: a model makes vectors of them, and of every query. */
  vectors: z.boolean().optional(),
  /** Which model makes the vectors; left out, the one of the configuration (`gateway.embeddingModel`). */
  embeddingModel: z.string().min(1).max(200).optional(),
});
export type GraphRequest = z.infer<typeof GraphRequest>;
/** A graph as it was built, and which files or parts of files could not be read. */
export const GraphMade = z.object({
  name: z.string(),
  hash: z.string(),
  documents: z.int(),
  rejected: z.array(z.object({ name: z.string(), reason: z.string() })),
  /** What the vectors took, where any were asked for. */
  vectors: z
    .object({ embeddingModel: z.string(), embedded: z.int(), kept: z.int(), inputTokens: z.int(), costUsd: z.number() })
    .optional(),
});
export type GraphMade = z.infer<typeof GraphMade>;
/** A graph that is being built. */
export const GraphBuildView = z.object({
  name: z.string(),
  step: z.enum(['reading', 'embedding', 'extracting', 'joining', 'structuring', 'describing', 'storing']),
  percent: z.int().min(0).max(100),
  message: z.string(),
});
export type GraphBuildView = z.infer<typeof GraphBuildView>;
export const GraphGrowth = z.object({ hash: z.string(), documents: z.int(), known: z.array(z.string()) });
export type GraphGrowth = z.infer<typeof GraphGrowth>;

export const SearchAnswer = z.object({
  hits: z.array(z.object({ kind: z.string(), id: z.string(), score: z.number(), text: z.string(), excerpt: Excerpt })),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;

/** The shortest chain of facts from one entity to another; no facts and `found` false where none leads there. */
export const PathView = z.object({
  from: z.string(),
  to: z.string(),
  found: z.boolean(),
  facts: z.array(FactView),
});
export type PathView = z.infer<typeof PathView>;

/** A stretch of a document's text with its layout; offsets count in the whole document. */
export const DocumentTextView = z.object({
  document: DocumentView,
  start: z.int(),
  end: z.int(),
  text: z.string(),
  blocks: z.array(z.object({ kind: z.string(), start: z.int(), end: z.int() })),
});
export type DocumentTextView = z.infer<typeof DocumentTextView>;
