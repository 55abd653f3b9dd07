// What a run cost, which scenarios there are, and how Shoal is.
import { z } from 'zod';

export const CostsView = z.object({
  totalUsd: z.number(),
  budgetUsd: z.number(),
  spentUsd: z.number(),
  reservedUsd: z.number(),
  rows: z.array(
    z.object({
      model: z.string(),
      stage: z.string(),
      calls: z.int(),
      cassetteHits: z.int(),
      failures: z.int(),
      inputTokens: z.int(),
      outputTokens: z.int(),
      costUsd: z.number(),
    }),
  ),
});
export type CostsView = z.infer<typeof CostsView>;

export const ScenarioView = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  questions: z.array(z.string()),
  agents: z.int(),
  rounds: z.int(),
  documents: z.array(z.string()),
});
export type ScenarioView = z.infer<typeof ScenarioView>;

export const ModelView = z.object({
  id: z.string(),
  kind: z.enum(['embedded', 'provider']),
  available: z.boolean(),
  priced: z.boolean(),
});
export type ModelView = z.infer<typeof ModelView>;

/** GET /api/v1/status. */
export const StatusView = z.object({
  version: z.string(),
  home: z.string(),
  models: z.array(ModelView),
  threads: z.int(),
  /** Whether documents may be given by their web addresses, as `documents.allowUrls` says. */
  fetchesUrls: z.boolean(),
});
export type StatusView = z.infer<typeof StatusView>;
