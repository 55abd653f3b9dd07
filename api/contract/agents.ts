// Agents, talking to them, asking all of them, and news for them.
import { z } from 'zod';
import { Excerpt } from './graph.ts';
import { seq } from './sequence.ts';
import { PostView } from './world.ts';

export const AgentRow = z.object({
  agent: z.int(),
  name: z.string(),
  handle: z.string(),
  kind: z.enum(['named', 'crowd']),
  actorType: z.string(),
  occupation: z.string(),
  community: z.string(),
  reach: z.number(),
  opinions: z.array(z.number()),
  /** False before it joins or after it has left, in a fork. */
  present: z.boolean(),
});
export type AgentRow = z.infer<typeof AgentRow>;
/** GET …/agents?q&kind&offset&limit&round. */
export const AgentsView = z.object({ total: z.int(), agents: z.array(AgentRow) });
export type AgentsView = z.infer<typeof AgentsView>;

export const AgentView = z.object({
  agent: z.int(),
  round: z.int(),
  /** False before it joins or after it has left, in a fork. */
  present: z.boolean(),
  persona: z.object({
    kind: z.enum(['named', 'crowd']),
    entity: z.string().optional(),
    actorType: z.string(),
    name: z.string(),
    handle: z.string(),
    bio: z.string(),
    age: z.int().optional(),
    gender: z.string().optional(),
    education: z.string().optional(),
    occupation: z.string(),
    region: z.string(),
    traits: z.record(z.string(), z.number()),
    values: z.record(z.string(), z.number()),
    rhythm: z.object({ name: z.string(), activity: z.number(), hours: z.array(z.number()) }),
    reach: z.number(),
    followers: z.int(),
    following: z.int(),
    community: z.string(),
    voice: z.object({ register: z.string(), description: z.string() }),
    goals: z.array(z.string()),
    excerpts: z.array(Excerpt),
  }),
  stances: z.array(
    z.object({
      issue: z.int(),
      label: z.string(),
      opinion: z.number(),
      certainty: z.number(),
      salience: z.number(),
      before: z.number(),
    }),
  ),
  /** What changed its mind, newest first: by how much on which issue, and the post that moved it most. */
  reasons: z.array(z.object({ round: z.int(), event: seq, issue: z.int(), change: z.number(), post: PostView.optional() })),
  memory: z.array(z.object({ round: z.int(), event: seq, kind: z.string(), text: z.string(), importance: z.number() })),
  posts: z.array(PostView),
});
export type AgentView = z.infer<typeof AgentView>;

/** GET …/agents/:agent/feed?round: what it had before it in that round, each post with the recommender that offered it. */
export const AgentFeedView = z.object({
  agent: z.int(),
  round: z.int(),
  /** Whether it opened a platform then; if not, this is what it would have seen. */
  active: z.boolean(),
  platform: z.string(),
  posts: z.array(z.object({ source: z.string(), followed: z.boolean(), post: PostView })),
});
export type AgentFeedView = z.infer<typeof AgentFeedView>;

/** POST …/agents/:agent/chat; GET gives the turns so far. */
export const ChatRequest = z.strictObject({ message: z.string().trim().min(1).max(4000), round: z.int().min(-1).optional() });
export type ChatRequest = z.infer<typeof ChatRequest>;
export const ChatTurnView = z.object({
  from: z.enum(['person', 'agent']),
  text: z.string(),
  round: z.int(),
  at: z.string(),
  events: z.array(seq),
  excerpts: z.array(Excerpt),
  model: z.string().optional(),
});
export type ChatTurnView = z.infer<typeof ChatTurnView>;
export const ChatView = z.object({ agent: z.int(), turns: z.array(ChatTurnView) });
export type ChatView = z.infer<typeof ChatView>;

export const SurveyRequest = z.strictObject({
  question: z.string().min(3).max(600),
  options: z.array(z.string().min(1).max(120)).min(2).max(8),
  round: z.int().min(-1).optional(),
  where: z.record(z.string(), z.string()).optional(),
  /** Tables of shares: each one persona field or several, as `age` or `age,region`; default `community`. */
  by: z.array(z.string().min(1).max(120)).max(6).optional(),
});
export type SurveyRequest = z.infer<typeof SurveyRequest>;

export const InjectRequest = z.strictObject({
  text: z.string().min(3).max(600),
  issue: z.int().min(0).max(7).default(0),
  stance: z.number().min(-1).max(1),
  reach: z.number().min(0).max(1).default(0.3),
});
export type InjectRequest = z.infer<typeof InjectRequest>;

/** Answer of POST /api/v1/runs/:id/survey. */
export const SurveyView = z.object({
  question: z.string(),
  round: z.int(),
  asked: z.int(),
  options: z.array(z.object({ option: z.string(), count: z.int(), share: z.number(), standardError: z.number() })),
  crossTabs: z.array(
    z.object({
      by: z.array(z.string()),
      groups: z.array(
        z.object({
          group: z.array(z.string()),
          asked: z.int(),
          shares: z.array(z.number()),
          standardErrors: z.array(z.number()),
        }),
      ),
    }),
  ),
  method: z.string(),
});
export type SurveyView = z.infer<typeof SurveyView>;
