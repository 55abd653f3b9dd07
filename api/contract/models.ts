// Models, and how they are doing.
import { z } from 'zod';
import type { PlacesView, TargetHealth } from '#gateway/contract';
import type { FieldsOf } from './fields-of.ts';

const usdPerMillion = z.number();
const ModelRates = z.object({
  inputUsd: usdPerMillion,
  cachedInputUsd: usdPerMillion,
  cacheWriteUsd: usdPerMillion.optional(),
  outputUsd: usdPerMillion,
});
/** A model with its price per million tokens, where that was read and when. */
export const ModelRowView = z.object({
  id: z.string(),
  provider: z.string(),
  available: z.boolean(),
  /** The environment variable that would make it available. */
  missing: z.string().optional(),
  contextTokens: z.int(),
  maxOutputTokens: z.int(),
  /** Absent: nobody knows it, and only keys that may call unpriced models can call it. */
  price: ModelRates.extend({
    tiers: z.array(ModelRates.extend({ aboveInputTokens: z.int() })),
    source: z.string(),
    date: z.string().optional(),
  }).optional(),
});
export type ModelRowView = z.infer<typeof ModelRowView>;
/** GET /api/v1/models. */
export const ModelsView = z.object({ models: z.array(ModelRowView), groups: z.array(z.string()) });
export type ModelsView = z.infer<typeof ModelsView>;

export const TargetHealthView = z.object({
  target: z.string(),
  /** Which of the provider's keys. */
  keyIndex: z.int(),
  /** `resting`: the provider asked to be left alone; the others are the circuit breaker's. */
  state: z.enum(['closed', 'open', 'half-open', 'resting']),
  /** Moving averages; 0 = unknown. */
  firstByteMs: z.number(),
  wholeMs: z.number(),
  inFlight: z.int(),
  attempts: z.int(),
  failures: z.int(),
  /** Until it is chosen again; 0 = now. */
  blockedMs: z.number(),
} satisfies FieldsOf<TargetHealth>);
export type TargetHealthView = z.infer<typeof TargetHealthView>;
/** GET /api/v1/gateway/health: what was tried since the server began, and who waits for a place. */
export const GatewayHealthView = z.object({
  targets: z.array(TargetHealthView),
  places: z.array(z.object({ name: z.string(), underWay: z.int(), waiting: z.int() } satisfies FieldsOf<PlacesView>)),
});
export type GatewayHealthView = z.infer<typeof GatewayHealthView>;
