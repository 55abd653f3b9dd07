// Budgets: /api/v1/budgets.
import { z } from 'zod';

/** `spent` and `limit` are USD or tokens, as `measure` says. */
export const BudgetAlertView = z.object({
  node: z.string(),
  measure: z.enum(['usd', 'tokens']),
  percent: z.int(),
  at: z.string(),
  spent: z.number(),
  limit: z.number(),
});
export type BudgetAlertView = z.infer<typeof BudgetAlertView>;

/** A node of the budget tree and how it stands in its present window; a limit that is absent is none. */
export const BudgetView = z.object({
  id: z.string(),
  parent: z.string().optional(),
  limitUsd: z.number().optional(),
  limitTokens: z.int().optional(),
  /** `none`, `rolling 24h`, `hour`, or `day`, `week`, `month` with a time zone if not UTC. */
  window: z.string(),
  edge: z.enum(['hard', 'soft']),
  alertPercents: z.array(z.int()),
  closed: z.boolean(),
  closedAt: z.string().optional(),
  spentUsd: z.number(),
  spentTokens: z.int(),
  /** Held by calls under way, here or in other processes. */
  reservedUsd: z.number(),
  reservedTokens: z.int(),
  headroomUsd: z.number().optional(),
  headroomTokens: z.int().optional(),
  resetsAt: z.string().optional(),
  extensions: z.array(z.object({ usd: z.number(), tokens: z.int(), from: z.string(), until: z.string() })),
  alerts: z.array(BudgetAlertView),
});
export type BudgetView = z.infer<typeof BudgetView>;

/** PUT /api/v1/budgets/:id. What is absent stays; null takes a limit away. `parent` is for a new node (default the root). */
export const BudgetRequest = z.strictObject({
  parent: z.string().min(1).max(300).optional(),
  limitUsd: z.number().min(0).max(1_000_000).nullable().optional(),
  limitTokens: z.int().min(0).max(1e15).nullable().optional(),
  window: z.string().max(80).optional(),
  edge: z.enum(['hard', 'soft']).optional(),
  alertPercents: z.array(z.int().min(1).max(1000)).max(20).optional(),
});
export type BudgetRequest = z.infer<typeof BudgetRequest>;

const More = z.strictObject({
  usd: z.number().min(0).max(1_000_000).default(0),
  tokens: z.int().min(0).max(1e15).default(0),
});
const isMore = ({ usd, tokens }: z.infer<typeof More>): boolean => usd + tokens > 0;
const NO_MORE = 'give `usd`, `tokens` or both';

/** POST /api/v1/budgets/:id/add: so much more for good. Two people who add at once both add. */
export const BudgetAddRequest = More.refine(isMore, NO_MORE);
export type BudgetAddRequest = z.infer<typeof BudgetAddRequest>;

/** POST /api/v1/budgets/:id/extend: so much more until then. */
export const BudgetExtensionRequest = More.extend({ until: z.iso.datetime({ offset: true }) }).refine(isMore, NO_MORE);
export type BudgetExtensionRequest = z.infer<typeof BudgetExtensionRequest>;

/** What an act has changed. */
export const BudgetChangeView = z.object({
  act: z.enum(['open', 'change', 'raise', 'extend', 'close']),
  before: BudgetView.optional(),
  after: BudgetView,
});
export type BudgetChangeView = z.infer<typeof BudgetChangeView>;

/** DELETE /api/v1/budgets?closedBefore=…: budgets that were closed before then are forgotten. */
export const BudgetPurgeQuery = z.strictObject({ closedBefore: z.iso.datetime({ offset: true }) });
export const BudgetPurgeView = z.object({ purged: z.int() });
export type BudgetPurgeView = z.infer<typeof BudgetPurgeView>;
