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
      community: z.string().optional(),
      /** Agent number where this entity lives in the world. */
      agent: z.int().optional(),
      x: z.number(),
      y: z.number(),
    }),
  ),
  edges: z.array(z.object({ id: z.string(), source: z.string(), target: z.string(), label: z.string(), negated: z.boolean() })),
  communities: z.array(z.object({ id: z.string(), label: z.string(), size: z.int() })),
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
  relations: z.array(
    z.object({
      id: z.string(),
      subject: z.string(),
      subjectName: z.string(),
      predicate: z.string(),
      object: z.string().optional(),
      objectName: z.string(),
      negated: z.boolean(),
      modality: z.string(),
      confidence: z.number(),
      excerpt: Excerpt.optional(),
    }),
  ),
  excerpts: z.array(Excerpt),
});
export type EntityView = z.infer<typeof EntityView>;
export const SearchAnswer = z.object({
  hits: z.array(z.object({ kind: z.string(), id: z.string(), score: z.number(), text: z.string(), excerpt: Excerpt })),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;
