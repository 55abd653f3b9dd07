// What an extractor finds in one document: the same form whether rules or a model found it. Names are still local;
// resolution gives them their identity over all documents.
import { z } from 'zod';
import { ENTITY_TYPES, MERGE_REASONS, PRECISIONS } from '../contract.ts';

const offset = z.int().min(0);
const span = z.object({ start: offset, end: offset });
export const POLARITY = ['affirmed', 'negated'] as const;
export const MODALITY = ['asserted', 'possible', 'planned', 'reported'] as const;

const NameJoin = z.object({
  name: z.string().min(1),
  into: z.string().min(1),
  reason: z.enum(MERGE_REASONS),
  score: z.number().min(0).max(1),
});
export type NameJoin = z.infer<typeof NameJoin>;

const ExtractedEntity = z.object({
  /** Position in `entities`; relations and claims point by it. */
  id: z.int().min(0),
  name: z.string().min(1),
  /** How it was found: names are typed by evidence, the others are what they are. */
  kind: z.enum(['name', 'concept', 'date', 'amount']),
  type: z.enum(ENTITY_TYPES),
  subtype: z.string().optional(),
  confidence: z.number().min(0).max(1),
  /** Evidence per type, pooled over documents by resolution. */
  scores: z.partialRecord(z.enum(ENTITY_TYPES), z.number()),
  /** Other names for it that the document itself declares. */
  aliases: z.array(z.string()),
  /** Which names inside the document were taken for it, and why. */
  joins: z.array(NameJoin).optional(),
  /** What a date names. */
  time: z.object({ from: z.string(), to: z.string(), precision: z.enum(PRECISIONS) }).optional(),
  mentions: z.array(span),
});
export type ExtractedEntity = z.infer<typeof ExtractedEntity>;

const ExtractedRelation = z.object({
  subject: z.int().min(0),
  predicate: z.string().min(1),
  object: z.int().min(0).optional(),
  literal: z.string().optional(),
  polarity: z.enum(POLARITY),
  modality: z.enum(MODALITY),
  speaker: z.int().min(0).optional(),
  confidence: z.number().min(0).max(1),
  validFrom: z.string().optional(),
  validTo: z.string().optional(),
  precision: z.enum(PRECISIONS).optional(),
  /** False where a model gave words that the text does not have. */
  verified: z.boolean().optional(),
  start: offset,
  end: offset,
});
export type ExtractedRelation = z.infer<typeof ExtractedRelation>;

const ExtractedClaim = z.object({
  start: offset,
  end: offset,
  speaker: z.int().min(0).optional(),
  about: z.array(z.int().min(0)),
  sentiment: z.number().min(-1).max(1),
  polarity: z.enum(POLARITY),
  modality: z.enum(MODALITY),
  confidence: z.number().min(0).max(1),
});
export type ExtractedClaim = z.infer<typeof ExtractedClaim>;

export const Extraction = z.object({
  entities: z.array(ExtractedEntity),
  relations: z.array(ExtractedRelation),
  claims: z.array(ExtractedClaim),
  /** Lemmas of the verbs that the document uses, where rules read it. */
  verbs: z.array(z.string()).optional(),
});
export type Extraction = z.infer<typeof Extraction>;
