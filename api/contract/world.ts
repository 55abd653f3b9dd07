// What happened in a world: measures and posts.
import { z } from 'zod';
import { Excerpt } from './graph.ts';
import { seq } from './sequence.ts';

export const MeasuresView = z.object({
  specs: z.array(z.object({ name: z.string(), perIssue: z.boolean(), unit: z.string(), meaning: z.string() })),
  rounds: z.array(
    z.object({ round: z.int(), time: z.string(), active: z.int(), events: z.int(), measures: z.record(z.string(), z.number()) }),
  ),
  interventions: z.array(z.object({ round: z.int(), text: z.string(), issue: z.int(), stance: z.number(), reach: z.number() })),
});
export type MeasuresView = z.infer<typeof MeasuresView>;

export const PostView = z.object({
  seq,
  kind: z.string(),
  round: z.int(),
  time: z.string(),
  platform: z.string(),
  agent: z.int().optional(),
  authorName: z.string(),
  authorHandle: z.string(),
  authorType: z.string(),
  text: z.string(),
  writtenBy: z.string(),
  issue: z.int(),
  stance: z.number(),
  /** The post answered, quoted or shared, and who wrote it: the words of a shared post are that author's. */
  parent: z.int().optional(),
  parentAuthor: z.string().optional(),
  likes: z.int(),
  dislikes: z.int(),
  replies: z.int(),
  reposts: z.int(),
  /** Reported so often that readers are warned, and fewer are shown it. */
  warned: z.boolean(),
  /** Of a message: the group it was written in. */
  group: z.object({ seq, name: z.string() }).optional(),
  excerpt: Excerpt.optional(),
});
export type PostView = z.infer<typeof PostView>;
/** GET …/posts?round&platform&agent&issue&sort&limit&before. */
export const PostsView = z.object({ round: z.int(), posts: z.array(PostView) });
export type PostsView = z.infer<typeof PostsView>;

/** GET …/groups?round: groups of the world's chat, the largest first. */
export const GroupsView = z.object({
  round: z.int(),
  groups: z.array(z.object({ seq, name: z.string(), issue: z.int(), members: z.int(), messages: z.int() })),
});
export type GroupsView = z.infer<typeof GroupsView>;

const Offers = z.array(z.object({ price: z.number(), shares: z.int() }));
/** GET …/market?round. Prices are shares of what a right share pays. */
export const MarketView = z.object({
  round: z.int(),
  mechanism: z.enum(['maker', 'auction']),
  answers: z.array(
    z.object({
      question: z.int(),
      issue: z.int(),
      label: z.string(),
      price: z.number(),
      /** What rests in an auction's book, best price first. */
      bids: Offers,
      asks: Offers,
    }),
  ),
  /** Newest first; `answer` is a place in `answers`. */
  trades: z.array(
    z.object({
      seq,
      round: z.int(),
      agent: z.int(),
      name: z.string(),
      answer: z.int(),
      isBuy: z.boolean(),
      shares: z.int(),
      price: z.number(),
    }),
  ),
});
export type MarketView = z.infer<typeof MarketView>;
