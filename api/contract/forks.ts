// Going back: forks of a run, what they change, and how far two runs have come apart.
import { z } from 'zod';
import { InjectRequest } from './agents.ts';

/** POST /api/v1/runs/:id/fork. Everything but `round` is a change that holds from the first round after it. */
export const ForkRequest = z.strictObject({
  /** Last round that is shared; −1 goes back to the beginning. */
  round: z.int().min(-1),
  title: z.string().trim().min(3).max(120).optional(),
  /** News of the first own round. */
  inject: z.array(InjectRequest).max(20).optional(),
  /** Values of the scenario by path, e.g. `{"behaviour.confidence-bound": 0.3, "clock.rounds": 96}`. */
  set: z.record(z.string().max(120), z.union([z.number(), z.string().max(200), z.boolean()])).optional(),
  seed: z.int().min(0).optional(),
  /** Numbers of agents who leave. */
  removeAgents: z.array(z.int().min(0)).max(100_000).optional(),
  /** How many join, drawn from the crowd. */
  addAgents: z.int().min(1).max(1_000_000).optional(),
  /** Leaves out the news that the parent had after that round. */
  dropLaterNews: z.boolean().optional(),
  /** Only made, not lived: it rests until it is stepped or resumed. */
  rest: z.boolean().optional(),
});
export type ForkRequest = z.infer<typeof ForkRequest>;

/** Where a fork comes from, and what it changed, in words. */
export const ForkOrigin = z.object({
  id: z.string(),
  title: z.string(),
  /** Last round that is shared. */
  round: z.int(),
  changes: z.array(z.string()),
});
export type ForkOrigin = z.infer<typeof ForkOrigin>;

/** GET /api/v1/runs/:id/divergence?with=<run>; without `with` from the run it was forked from. */
export const DivergenceView = z.object({
  run: z.string(),
  with: z.string(),
  /** Agents that both have. */
  agents: z.int(),
  /** Last round up to which the digests agree; −1 = none. */
  sharedUntil: z.int(),
  rounds: z.array(
    z.object({
      round: z.int(),
      identical: z.boolean(),
      /** Mean |difference of opinion| over agents and issues, 0–2. */
      distance: z.number(),
      /** Share of agents on another side of at least one issue. */
      switched: z.number(),
      /** Mean opinion of this run minus that of the other, by issue. */
      shift: z.array(z.number()),
    }),
  ),
});
export type DivergenceView = z.infer<typeof DivergenceView>;

/** POST /api/v1/runs/:id/step: how many rounds; default 1. */
export const StepRequest = z.strictObject({ rounds: z.int().min(1).max(2000).default(1) });
export type StepRequest = z.infer<typeof StepRequest>;

/** Answer of POST /api/v1/runs/:id/replay. */
export const ReplayView = z.object({
  identical: z.boolean(),
  recorded: z.string(),
  replayed: z.string(),
  /** First round whose digest differs. */
  divergedAt: z.int().optional(),
  rounds: z.int(),
});
export type ReplayView = z.infer<typeof ReplayView>;
