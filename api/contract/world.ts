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
  excerpt: Excerpt.optional(),
});
export type PostView = z.infer<typeof PostView>;
/** GET …/posts?round&platform&agent&issue&sort&limit&before. */
export const PostsView = z.object({ round: z.int(), posts: z.array(PostView) });
export type PostsView = z.infer<typeof PostsView>;
