// The settings of limits. Absent = not limited; what is not limited costs nothing.
import { z } from 'zod';

const perMinute = z.int().min(1).max(1_000_000_000);
const places = z.int().min(1).max(100_000);

const LimitSet = z.strictObject({
  /** Requests admitted in any 60 seconds. */
  requestsPerMinute: perMinute.optional(),
  /** Tokens in any 60 seconds: input and output, at their bound until the answer says how many they were. */
  tokensPerMinute: perMinute.optional(),
  /** Requests under way at once. */
  concurrency: places.optional(),
});
export type LimitSet = z.output<typeof LimitSet>;

/** The entries of `limits` that belong to this folder; its `shape` is spread into the whole. */
export const LimitsSchema = z.strictObject({
  /** Requests under way per provider. */
  concurrency: z.int().min(1).max(4096).default(64),
  /** Requests waiting per provider for a place. */
  queue: z.int().min(0).max(100_000).default(10_000),
  /** Longest wait for a provider's or a model's requests or tokens per minute, or for a provider that has said when to come back. */
  waitMs: z.int().min(0).max(3_600_000).default(20_000),
  /** By provider id, e.g. `openai`. */
  providers: z.record(z.string().min(1), LimitSet).default({}),
  /** By qualified model name. */
  models: z.record(z.string().min(1), LimitSet).default({}),
  /** By the team of a key, over all its keys; keys have limits of their own besides. */
  teams: z.record(z.string().min(1), LimitSet).default({}),
  /** By the user of a key. */
  users: z.record(z.string().min(1), LimitSet).default({}),
});
export type LimitSettings = z.output<typeof LimitsSchema>;
