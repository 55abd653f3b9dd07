// The knowledge graph as others see it: documents with stable offsets, and entities, relations, claims and
// communities that each point at the spans they came from. Offsets are UTF-16 code units into `Document.text`.

import { z } from 'zod';

/** A place in a document's text: `text.slice(start, end)` is the evidence, word for word. */
export interface SourceSpan {
  readonly document: string;
  readonly start: number;
  readonly end: number;
}

export const PRECISIONS = [
  'day',
  'week',
  'month',
  'quarter',
  'season',
  'half-year',
  'year-part',
  'year',
  'fiscal-year',
  'decade',
  'century',
  'range',
] as const;
export type Precision = (typeof PRECISIONS)[number];

/** A time as a text gives it: from the first to the last date it covers, ISO 8601 at any precision (`-0043` is 44 BC). */
export interface TimeInterval {
  readonly from: string;
  readonly to: string;
  /** What kind of date the text gives: "the 1990s" is a decade, not ten years counted one by one. */
  readonly precision: Precision;
}

/** A file as it comes in. */
export interface InputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const MEDIA_TYPES = [
  'pdf',
  'docx',
  'pptx',
  'xlsx',
  'epub',
  'html',
  'markdown',
  'text',
  'feed',
  'xml',
  'csv',
  'json',
  'jsonl',
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** Layout that survives reading: what kind of text a stretch is. */
export interface Block {
  readonly kind: 'title' | 'heading' | 'paragraph' | 'list-item' | 'quote' | 'table-row' | 'code';
  readonly start: number;
  readonly end: number;
  /** ISO 639-1 code, where it is surely not the document's language. */
  readonly language?: string;
}

/** A document after reading. One file may hold several (a feed's items, a corpus's lines, an archive's files). */
export interface Document {
  /** `d1`, `d2` … in input order. */
  readonly id: string;
  /** File name, with the path or title of the part for one of several. */
  readonly name: string;
  readonly sha256: string;
  readonly mediaType: MediaType;
  readonly title: string | undefined;
  readonly author: string | undefined;
  /** ISO 8601 date or date-time, where the document states it. */
  readonly publishedAt: string | undefined;
  /** Where it was published, where the document states it or came from there. */
  readonly url?: string;
  /** ISO 639-1 code, or `und`. */
  readonly language: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** A file, or a part of one whose other parts were read. */
export interface RejectedFile {
  readonly name: string;
  /** Says what is wrong and what to do, for a person. */
  readonly reason: string;
}

export interface ReadLimits {
  readonly maxFileBytes: number;
  readonly maxPages: number;
  /** Largest allowed ratio of unpacked to packed size, and largest unpacked size. */
  readonly maxExpansionRatio: number;
  readonly maxExpandedBytes: number;
  readonly maxCharacters: number;
  /** For each started 8 MiB of a file. */
  readonly timeoutMs: number;
}

export interface ReadResult {
  readonly documents: readonly Document[];
  readonly rejected: readonly RejectedFile[];
}

/** What the making of a graph goes through, in order; the first and the last are done around it. */
export const BUILD_STEPS = ['reading', 'embedding', 'extracting', 'joining', 'structuring', 'describing', 'storing'] as const;
export type BuildStep = (typeof BUILD_STEPS)[number];

/** A stretch of text of one or a few paragraphs: the unit of extraction and retrieval. */
export interface Chunk {
  readonly id: string;
  readonly document: string;
  readonly start: number;
  readonly end: number;
}

export const ENTITY_TYPES = [
  'person',
  'organisation',
  'media',
  'institution',
  'place',
  'product',
  'event',
  'law',
  'date',
  'amount',
  'concept',
  'unknown',
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** Types that can hold opinions and speak in a simulated world. */
export const ACTOR_TYPES = ['person', 'organisation', 'media', 'institution'] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

export interface Mention {
  readonly entity: string;
  readonly document: string;
  readonly start: number;
  readonly end: number;
  readonly surface: string;
}

export interface Entity {
  /** Stable slug of type and name, e.g. `person:mara-voss`. */
  readonly id: string;
  /** The fullest name found. */
  readonly name: string;
  readonly type: EntityType;
  /** Narrower type from the derived ontology ("minister", "newspaper"), where the text gives one. */
  readonly subtype: string | undefined;
  readonly aliases: readonly string[];
  /** 0–1: how sure the type and boundaries are. */
  readonly confidence: number;
  /** 0–1: how central it is to these documents. */
  readonly salience: number;
  /** What the documents say about it, in a sentence or two taken from them. */
  readonly description: string | undefined;
  /** The time that a date names. */
  readonly time?: TimeInterval;
  readonly sources: readonly SourceSpan[];
  /** Undefined for dates and amounts, which are no nodes of the network. */
  readonly centrality?: Centrality | undefined;
}

/** An entity's place in the network of relations and shared passages. */
export interface Centrality {
  /** How many entities it is tied to. */
  readonly degree: number;
  /** 0–1; sums to one over the network (Brin & Page 1998, damping 0.85). */
  readonly pageRank: number;
  /** 0–1: the share of pairs of others between which it stands, from a sample of starting points in large networks. */
  readonly betweenness: number;
}

/**
 * A fact in two times. In the world it holds from `validFrom` to `validTo`. In our knowledge it counts from the revision
 * `recorded` on; revision n is the state in which the first n documents are known. Facts are never deleted.
 */
export interface Relation {
  readonly id: string;
  readonly subject: string;
  /** Verb phrase in its base form ("oppose", "work for"). */
  readonly predicate: string;
  /** An entity id, or undefined where the object is the literal. */
  readonly object: string | undefined;
  readonly literal: string | undefined;
  readonly polarity: 'affirmed' | 'negated';
  /** `reported` = somebody said so, see `speaker`. */
  readonly modality: 'asserted' | 'possible' | 'planned' | 'reported';
  /** Entity id of who said so. */
  readonly speaker: string | undefined;
  readonly confidence: number;
  /** When it holds in the world, as far as it is dated (ISO 8601, any precision). */
  readonly validFrom: string | undefined;
  readonly validTo: string | undefined;
  /** What kind of date the text gives it. */
  readonly precision: Precision | undefined;
  readonly recorded: number;
  /** The revision that closed it: until then we took it to go on. Undefined for what no later fact closed. */
  readonly expired: number | undefined;
  /** Id of the relation that closed it and gave it its `validTo`. */
  readonly supersededBy: string | undefined;
  /** Whether its words were found in the text; a model's fact without them points at the passage it was read from. */
  readonly verified: boolean;
  /** Ids of relations that cannot hold together with it: nobody knows which is right. */
  readonly contradicts: readonly string[];
  readonly sources: readonly SourceSpan[];
}

/** Somebody's statement: what a simulated agent can repeat, cite and argue with. */
export interface Claim {
  readonly id: string;
  /** The clause, word for word from the text. */
  readonly text: string;
  /** Entity id of who said it; undefined where the document itself does. */
  readonly speaker: string | undefined;
  readonly about: readonly string[];
  /** −1 … +1: tone of the statement towards what it speaks of. */
  readonly sentiment: number;
  readonly polarity: 'affirmed' | 'negated';
  readonly modality: 'asserted' | 'possible' | 'planned' | 'reported';
  readonly confidence: number;
  readonly sources: readonly SourceSpan[];
}

/** A connected group of entities. Communities make a tree: those of level 0 part the network, others their parent. */
export interface Community {
  /** `m1`, `m2` … by falling size; the parts of `m1` are `m1.1`, `m1.2` … */
  readonly id: string;
  /** 0 for the communities of the whole network. Stored level by level. */
  readonly level: number;
  /** The community that it is a part of. */
  readonly parent: string | undefined;
  /** The members that its texts name often and others' seldom. */
  readonly label: string;
  /** Entity ids, most central first. */
  readonly members: readonly string[];
  /** Sentences taken from the documents, each with its place. */
  readonly summary: readonly { readonly text: string; readonly source: SourceSpan }[];
  readonly sources: readonly SourceSpan[];
}

/** How many things a relation ties at one time: `one-object` lets a subject have one object, `one-subject` the reverse. */
export const CARDINALITIES = ['many', 'one-object', 'one-subject', 'one-to-one'] as const;
export type Cardinality = (typeof CARDINALITIES)[number];

/** A `state` goes on until something ends it, an `event` happens once, a `constant` never changes. */
export const RELATION_KINDS = ['state', 'event', 'constant'] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

export interface RelationTraits {
  readonly kind: RelationKind;
  readonly cardinality: Cardinality;
  /** The predicate that says the same from the other side; its own name where the relation is symmetric. */
  readonly inverse: string | undefined;
}

export interface RelationType extends RelationTraits {
  readonly predicate: string;
  readonly from: readonly EntityType[];
  readonly to: readonly EntityType[];
  readonly count: number;
}

/** The small vocabulary derived from these documents: what kinds of things and ties they speak of. */
export interface Ontology {
  readonly entityTypes: readonly { readonly type: EntityType; readonly subtypes: readonly string[]; readonly count: number }[];
  readonly relationTypes: readonly RelationType[];
}

/** What a model proposes before it reads: kinds of things and ties that matter in these documents. */
export interface ProposedOntology {
  readonly entityTypes: readonly { readonly type: EntityType; readonly subtype: string }[];
  readonly relationTypes: readonly {
    readonly predicate: string;
    readonly from: readonly EntityType[];
    readonly to: readonly EntityType[];
  }[];
}

/** What a model is asked for while a graph is built. */
export const MODEL_STAGES = ['ontology', 'reading', 'second-reading', 'merging'] as const;
export type ModelStage = (typeof MODEL_STAGES)[number];

export interface ModelUse {
  readonly calls: number;
  /** Answers that an earlier build had kept: nothing was asked or charged. */
  readonly kept: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Why two names were taken for one thing. */
export const MERGE_REASONS = [
  'same-name',
  'declared-alias',
  'initials',
  'name-part',
  'short-form',
  'similar-spelling',
  'lower-case',
  'model',
  'person',
] as const;
export type MergeReason = (typeof MERGE_REASONS)[number];

/** A merge of two names, with what it rests on: it can be undone by a `split` edit of the name. */
export interface NameMerge {
  readonly id: string;
  readonly entity: string;
  /** The name that was taken in, and the one that it was taken for. */
  readonly name: string;
  readonly into: string;
  readonly reason: MergeReason;
  /** 0–1: how sure; 1 where a person decided. */
  readonly score: number;
  /** Where the name stands in the texts. */
  readonly sources: readonly SourceSpan[];
}

const typeRef = z.object({ type: z.enum(ENTITY_TYPES), subtype: z.string().trim().min(1).max(60).optional() });
const label = z.string().trim().min(1).max(200);

/**
 * What a person decided about a graph. Edits are kept in order with the graph, hold names rather than ids, and are
 * applied anew at every build, so they survive added documents. Undoing one is leaving it out.
 */
export const GraphEdit = z.discriminatedUnion('kind', [
  /** Two names are one thing, which keeps the name and type of `into`. */
  z.object({ kind: z.literal('merge'), into: label, name: label }),
  /** A name is another thing than the one it was taken for; only in one document, where `document` names it. */
  z.object({ kind: z.literal('split'), from: label, name: label, document: label.optional() }),
  /** Things with one of these names, or names that end in one of these words, are of this type. */
  z.object({ kind: z.literal('type-add'), ...typeRef.shape, words: z.array(label).min(1).max(200) }),
  /** Things of one type are of another; a rename stays inside the type. */
  z.object({ kind: z.literal('type-map'), from: typeRef, to: typeRef }),
  /** A narrower type is dropped; things of a dropped type are `unknown`. */
  z.object({ kind: z.literal('type-remove'), ...typeRef.shape }),
  /** These verbs between these types say this relation. */
  z.object({
    kind: z.literal('relation-add'),
    predicate: label,
    verbs: z.array(label).min(1).max(60),
    from: z.array(z.enum(ENTITY_TYPES)).default([]),
    to: z.array(z.enum(ENTITY_TYPES)).default([]),
    cardinality: z.enum(CARDINALITIES).default('many'),
    inverse: label.optional(),
  }),
  z.object({ kind: z.literal('relation-map'), from: label, to: label }),
  z.object({ kind: z.literal('relation-remove'), predicate: label }),
  z.object({
    kind: z.literal('relation-set'),
    predicate: label,
    cardinality: z.enum(CARDINALITIES).optional(),
    inverse: label.optional(),
  }),
]);
export type GraphEdit = z.infer<typeof GraphEdit>;

/** Position on a map of the graph, computed once off the main thread; of a large graph for its most central entities. */
export interface LayoutPoint {
  readonly entity: string;
  readonly x: number;
  readonly y: number;
}

/** The form in which graphs are stored; `readSnapshot` brings older ones to it. */
export const SNAPSHOT_VERSION = 2;

/** The whole graph as plain data: what is stored, exported and frozen into a run. */
export interface GraphSnapshot {
  readonly version: typeof SNAPSHOT_VERSION;
  readonly documents: readonly Document[];
  readonly rejected: readonly RejectedFile[];
  readonly chunks: readonly Chunk[];
  readonly entities: readonly Entity[];
  readonly mentions: readonly Mention[];
  readonly relations: readonly Relation[];
  readonly claims: readonly Claim[];
  readonly communities: readonly Community[];
  readonly ontology: Ontology;
  /** Every merge of names that made these entities. */
  readonly merges: readonly NameMerge[];
  /** What a person decided, in order. */
  readonly edits: readonly GraphEdit[];
  readonly layout: readonly LayoutPoint[];
  /** Which extractor made it: `embedded (rule-based)` or a model's name, and how many chunks fell back. */
  readonly extractor: {
    readonly model: string;
    readonly chunks: number;
    readonly fallbacks: number;
    /** What a reader should know about the extraction, e.g. a language that is read by names only. */
    readonly notes?: readonly string[];
  };
  /** SHA-256 of everything above. */
  readonly hash: string;
}

/** Findings of documents, kept by content between builds. */
export interface FindingsCache {
  get(key: string): string | undefined;
  /** Keeps many at once: a write to disk for each document of a large collection would take longer than reading it. */
  put(entries: Iterable<readonly [key: string, findings: string]>): void;
}

/** Vectors of unit length by content and model, kept between builds. */
export interface VectorCache {
  has(key: string): boolean;
  get(key: string): Float32Array | undefined;
  put(entries: readonly (readonly [key: string, vector: Float32Array])[]): void;
}

/** Of a graph's chunks, in their order; undefined for those that have none. */
export type PassageVectors = readonly (Float32Array | undefined)[];

/** What was asked for to embed the passages of a graph. */
export interface VectorUse {
  readonly embeddingModel: string;
  readonly embedded: number;
  /** Passages whose vectors were there already. */
  readonly kept: number;
  readonly inputTokens: number;
  /** Integer nano-USD. */
  readonly costNanoUsd: number;
}

/** A point in both times. Left out, it is now: any time in the world, all documents known. */
export interface AsOf {
  /** ISO 8601 date of any precision: only what held then. */
  readonly asOf?: string;
  /** A revision: only what was known, as it was known, when the first so many documents were. */
  readonly known?: number;
}

/** Formats for other programs; `csv-facts` has the quotes, the others the graph. */
export const EXPORT_FORMATS = ['graphml', 'gexf', 'json-ld', 'csv-nodes', 'csv-edges', 'csv-facts'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * `local`: passages, entities and claims nearest to the query. `global`: communities, for questions about the whole.
 * `drift`: local, and on from what it finds, with the communities around.
 */
export const SEARCH_MODES = ['local', 'global', 'drift'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

export interface SearchOptions {
  /** Default `local`. */
  readonly mode?: SearchMode;
  /**
   * ISO date of any precision: passages and claims that were published by then, and facts that held then, whoever told
   * of them since. Documents and facts without a date count.
   */
  readonly asOf?: string;
  /**
   * The query's vector, by the model that embedded the passages: passages near it count, too. Without effect on a graph
   * without vectors and in the mode `global`.
   */
  readonly vector?: Float32Array;
}

export interface SearchHit {
  readonly kind: 'passage' | 'entity' | 'claim' | 'fact' | 'community';
  readonly id: string;
  readonly score: number;
  readonly text: string;
  readonly source: SourceSpan;
}

/** An immutable graph with questions asked of it. Built over a snapshot by `openGraph`. */
export interface KnowledgeGraph {
  readonly snapshot: GraphSnapshot;
  readonly entities: readonly Entity[];
  readonly relations: readonly Relation[];
  readonly claims: readonly Claim[];
  readonly communities: readonly Community[];
  entity(id: string): Entity | undefined;
  /** Relations that touch the entity. Throws `invalid_input` for a date or revision that is none. */
  neighbours(id: string, at?: AsOf): readonly Relation[];
  /** All relations as of a point in both times. Throws as `neighbours` does. */
  facts(at?: AsOf): readonly Relation[];
  /**
   * The shortest chain of facts between two entities as of a point in both times, in order; empty from an entity to itself,
   * undefined where none leads there. Throws as `neighbours` does.
   */
  path(from: string, to: string, at?: AsOf): readonly Relation[] | undefined;
  /**
   * What is nearest to the query, best first, at most `k`; with `asOf` also facts. Any text is a query, none finds
   * nothing. Throws `invalid_input` for an `asOf` that is no ISO date, `conflict` for a vector of another length than the
   * passages'.
   */
  search(query: string, k: number, options?: SearchOptions): readonly SearchHit[];
  /** The spans behind any entity, relation, claim, community, chunk or document id. */
  provenance(id: string): readonly SourceSpan[];
  /** The exact text of a span. */
  quote(span: SourceSpan): string;
}
