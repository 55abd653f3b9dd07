// The knowledge graph as others see it: documents with stable offsets, and entities, relations, claims and
// communities that each point at the spans they came from. Offsets are UTF-16 code units into `Document.text`.

/** A place in a document's text: `text.slice(start, end)` is the evidence, word for word. */
export interface SourceSpan {
  readonly document: string;
  readonly start: number;
  readonly end: number;
}

/** A file as it comes in. */
export interface InputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const MEDIA_TYPES = ['pdf', 'docx', 'html', 'markdown', 'text', 'feed', 'xml', 'csv', 'json'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** Layout that survives reading: what kind of text a stretch is. */
export interface Block {
  readonly kind: 'title' | 'heading' | 'paragraph' | 'list-item' | 'quote' | 'table-row' | 'code';
  readonly start: number;
  readonly end: number;
}

/** A document after reading. One file may hold several (a feed's items). */
export interface Document {
  /** `d1`, `d2` … in input order. */
  readonly id: string;
  /** File name, with the item's title for parts of a feed. */
  readonly name: string;
  readonly sha256: string;
  readonly mediaType: MediaType;
  readonly title: string | undefined;
  readonly author: string | undefined;
  /** ISO 8601 date or date-time, where the document states it. */
  readonly publishedAt: string | undefined;
  /** ISO 639-1 code, or `und`. */
  readonly language: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

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
  readonly timeoutMs: number;
}

export interface ReadResult {
  readonly documents: readonly Document[];
  readonly rejected: readonly RejectedFile[];
}

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
  readonly sources: readonly SourceSpan[];
}

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
  /** When it holds in the world, as far as the text dates it (ISO 8601, any precision). */
  readonly validFrom: string | undefined;
  readonly validTo: string | undefined;
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

export interface Community {
  readonly id: string;
  readonly label: string;
  /** Entity ids, most central first. */
  readonly members: readonly string[];
  /** Sentences taken from the documents, each with its place. */
  readonly summary: readonly { readonly text: string; readonly source: SourceSpan }[];
  readonly sources: readonly SourceSpan[];
}

/** The small vocabulary derived from these documents: what kinds of things and ties they speak of. */
export interface Ontology {
  readonly entityTypes: readonly { readonly type: EntityType; readonly subtypes: readonly string[]; readonly count: number }[];
  readonly relationTypes: readonly {
    readonly predicate: string;
    readonly from: readonly EntityType[];
    readonly to: readonly EntityType[];
    readonly count: number;
  }[];
}

/** Position on a map of the graph, computed once off the main thread. */
export interface LayoutPoint {
  readonly entity: string;
  readonly x: number;
  readonly y: number;
}

/** The whole graph as plain data: what is stored, exported and frozen into a run. */
export interface GraphSnapshot {
  readonly version: 1;
  readonly documents: readonly Document[];
  readonly rejected: readonly RejectedFile[];
  readonly chunks: readonly Chunk[];
  readonly entities: readonly Entity[];
  readonly mentions: readonly Mention[];
  readonly relations: readonly Relation[];
  readonly claims: readonly Claim[];
  readonly communities: readonly Community[];
  readonly ontology: Ontology;
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
   * ISO date of any precision: only what was published and said by then, and the facts that held then. Documents and
   * facts without a date count.
   */
  readonly asOf?: string;
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
  /** Relations that touch the entity; with `asOf` (ISO date) only those valid then. */
  neighbours(id: string, options?: { readonly asOf?: string }): readonly Relation[];
  /**
   * What is nearest to the query, best first, at most `k`; with `asOf` also facts. Any text is a query, none finds
   * nothing. Throws `invalid_input` for an `asOf` that is no ISO date.
   */
  search(query: string, k: number, options?: SearchOptions): readonly SearchHit[];
  /** The spans behind any entity, relation, claim, community, chunk or document id. */
  provenance(id: string): readonly SourceSpan[];
  /** The exact text of a span. */
  quote(span: SourceSpan): string;
}
