// The gateway's part of `config.yaml`, put together of what each of its rooms reads. Defaults stand with the rooms.
import { z } from 'zod';
import { CacheSchema } from './models/cache/settings.ts';
import { RoutingSchema } from './models/routing/settings.ts';
import { PricesSchema, ProvidersSchema } from './models/providers/settings.ts';
import { BudgetSettings } from './policy/budgets/settings.ts';
import { GuardrailsSchema } from './policy/guardrails/settings.ts';
import { LimitsSchema } from './policy/limits/settings.ts';
import { ToolsSchema } from './tools/settings.ts';
import { TraceSettingsSchema } from './trace/settings.ts';

const milliseconds = z.int().min(1).max(3_600_000);

export const GatewayConfigSchema = z.strictObject({
  providers: ProvidersSchema,
  /** By qualified model name; replaces the catalogue's price. */
  prices: PricesSchema,
  /** Lets models without a known price be called; they are counted as costing nothing, and budgets do not hold them. */
  allowUnpriced: z.boolean().default(false),
  routing: RoutingSchema.prefault({}),
  cache: CacheSchema,
  guardrails: GuardrailsSchema,
  tools: ToolsSchema,
  /** Says which texts are alike, for the semantic cache, for topics of guardrails and for graphs with vectors. */
  embeddingModel: z.string().min(1).default('embedded/rules-1'),
  timeouts: z
    .strictObject({
      connectMs: milliseconds.default(10_000),
      /** From sending the request to the first byte of the answer's head. */
      firstByteMs: milliseconds.default(120_000),
      /** Longest silence inside an answer. */
      idleMs: milliseconds.default(60_000),
      /** One attempt from start to end. */
      totalMs: milliseconds.default(300_000),
    })
    .prefault({}),
  retries: z
    .strictObject({
      /** Attempts in all; 1 = no retry. */
      attempts: z.int().min(1).max(10).default(4),
      /** Bound of the first pause; doubles with each attempt, drawn uniformly from zero up to the bound. */
      baseMs: milliseconds.default(500),
      maxMs: milliseconds.default(20_000),
      /** No pause is begun that would end later than this after the start. */
      totalMs: milliseconds.default(120_000),
    })
    .prefault({}),
  limits: z
    .strictObject({
      ...LimitsSchema.shape,
      promptBytes: z
        .int()
        .min(1024)
        .default(4 * 1024 * 1024),
      /** Output cap of an agent's request that sets none. */
      outputTokens: z.int().min(64).default(1024),
      /** The same of a request by HTTP, as far as the model can write so much. */
      clientOutputTokens: z.int().min(64).default(16_384),
      toolMs: milliseconds.default(30_000),
      toolResultBytes: z
        .int()
        .min(256)
        .default(256 * 1024),
    })
    .prefault({}),
  budget: BudgetSettings.prefault({}),
  trace: TraceSettingsSchema.prefault({}),
});
/** As written, defaults left out. */
export type GatewayConfig = z.input<typeof GatewayConfigSchema>;
/** Complete, every default filled in. */
export type GatewaySettings = z.output<typeof GatewayConfigSchema>;
