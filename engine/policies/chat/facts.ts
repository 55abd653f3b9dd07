// All that an agent may draw on in a conversation, as of a round: the same value is written out for a provider's model
// and read as it is by the embedded skill. Invariant: nothing in it is later than `round`.
import { z } from 'zod';

const reference = z.int().min(0);
/** Index into the list of document spans that travels beside the facts. */
const sourceIndex = z.int().min(0).optional();

export const ChatFacts = z.object({
  self: z.object({
    agent: z.int(),
    name: z.string(),
    handle: z.string(),
    type: z.string(),
    bio: z.string(),
    occupation: z.string(),
    region: z.string(),
    age: z.int().optional(),
    community: z.string(),
    goals: z.array(z.string()),
    register: z.string(),
    voice: z.string(),
    /** Speaks as "we". */
    body: z.boolean(),
  }),
  round: z.int(),
  stances: z.array(
    z.object({
      issue: z.int(),
      label: z.string(),
      proposition: z.string(),
      terms: z.array(z.string()),
      opinion: z.number(),
      certainty: z.number(),
      before: z.number(),
    }),
  ),
  memory: z.array(z.object({ event: reference, round: z.int(), kind: z.string(), text: z.string() })),
  /** Own posts, latest first. */
  posts: z.array(z.object({ event: reference, round: z.int(), issue: z.int(), text: z.string() })),
  /** Changes of opinion, largest first, with the post that moved it most. */
  shifts: z.array(
    z.object({
      event: reference,
      round: z.int(),
      issue: z.int(),
      change: z.number(),
      cause: z.object({ event: reference, by: z.string(), text: z.string() }).optional(),
    }),
  ),
  /** Arguments from the documents, by side. */
  reasons: z.array(
    z.object({
      issue: z.int(),
      side: z.int(),
      text: z.string(),
      speaker: z.string().optional(),
      event: reference.optional(),
      source: sourceIndex,
    }),
  ),
  /** What the documents say nearest to the message. */
  passages: z.array(z.object({ text: z.string(), source: z.int() })),
  /** Things that the message names. */
  entities: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      description: z.string().optional(),
      source: sourceIndex,
      relation: z.enum(['self', 'follows', 'followed by', 'mutual', 'none']),
      issue: z.int().optional(),
    }),
  ),
  history: z.array(z.object({ from: z.enum(['person', 'agent']), text: z.string() })),
  message: z.string(),
});
export type ChatFacts = z.infer<typeof ChatFacts>;

/** What comes back: words, and which events and spans they lean on. */
export const ChatWords = z.object({ text: z.string().min(1), events: z.array(z.int()), spans: z.array(z.int()) });
export type ChatWords = z.infer<typeof ChatWords>;
