// What was called: requests, spans, usage.
import { z } from 'zod';
import { USAGE_DIMENSIONS } from '#gateway/contract';
import type { RequestDetail, RequestPage, RequestRecord, RequestSpan, UsageRow } from '#gateway/contract';
import type { FieldsOf } from './fields-of.ts';

/** A time: milliseconds since 1970, or as ISO 8601 writes it. */
const Instant = z
  .string()
  .max(40)
  .transform((text, context): number => {
    const value = /^\d{10,}$/.test(text) ? Number(text) : Date.parse(text);
    if (Number.isFinite(value)) return value;
    context.addIssue('a time such as 2026-01-31T12:00:00Z is needed');
    return z.NEVER;
  });
const Name = z.string().max(300);

const RequestConditions = z.strictObject({
  run: Name.optional(),
  team: Name.optional(),
  user: Name.optional(),
  key: Name.optional(),
  model: Name.optional(),
  provider: Name.optional(),
  stage: Name.optional(),
  outcome: Name.optional(),
  error: Name.optional(),
  door: Name.optional(),
  agent: z.coerce.number().int().min(0).optional(),
  since: Instant.optional(),
  until: Instant.optional(),
});
export const RequestsQuery = RequestConditions.extend({
  /** The `next` of the page before. */
  before: z.string().max(20).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export type RequestsQuery = z.infer<typeof RequestsQuery>;
export const RequestExportQuery = RequestConditions.extend({ form: z.enum(['json', 'csv']).default('json') });

export const RequestView = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum(['model', 'tool']),
  operation: z.enum(['generate', 'embed', 'tool']),
  door: z.string(),
  asked: z.string(),
  target: z.string(),
  provider: z.string().optional(),
  key: z.string().optional(),
  team: z.string().optional(),
  user: z.string().optional(),
  runId: z.string().optional(),
  stage: z.string(),
  agent: z.int().optional(),
  round: z.int().optional(),
  stream: z.boolean(),
  outcome: z.enum(['ok', 'cassette', 'denied', 'failed', 'cancelled']),
  errorCode: z.string().optional(),
  errorType: z.string().optional(),
  attempts: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  cachedInputTokens: z.int(),
  cacheWriteTokens: z.int(),
  reasoningTokens: z.int(),
  costNanoUsd: z.int(),
  latencyMs: z.number(),
  firstOutputMs: z.number().optional(),
  upstreamMs: z.number(),
  finishReason: z.string().optional(),
  cache: z.string().optional(),
  guardrails: z.object({ observed: z.int(), redacted: z.int(), blocked: z.int() }),
  traceId: z.string().optional(),
} satisfies FieldsOf<RequestRecord>);
export type RequestView = z.infer<typeof RequestView>;

export const RequestsView = z.object({
  requests: z.array(RequestView),
  next: z.string().optional(),
} satisfies FieldsOf<RequestPage>);
export type RequestsView = z.infer<typeof RequestsView>;

export const RequestDetailView = z.object({
  request: RequestView,
  spans: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['server', 'client', 'internal']),
      startMs: z.number(),
      durationMs: z.number(),
      errorType: z.string().optional(),
      attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
    } satisfies FieldsOf<RequestSpan>),
  ),
  /** Own milliseconds of each step. */
  steps: z.record(z.string(), z.number()),
  bodies: z.object({ request: z.string(), answer: z.string() }).optional(),
} satisfies FieldsOf<RequestDetail>);
export type RequestDetailView = z.infer<typeof RequestDetailView>;

export const UsageRequest = RequestConditions.pick({
  run: true,
  team: true,
  user: true,
  key: true,
  model: true,
  provider: true,
  stage: true,
  outcome: true,
  since: true,
  until: true,
}).extend({
  /** Dimensions, with commas between them. */
  by: z
    .string()
    .max(100)
    .default('model')
    .transform((text) => [...new Set(text.split(',').map((part) => part.trim()))])
    .pipe(z.array(z.enum(USAGE_DIMENSIONS)).min(1)),
  quantiles: z.stringbool().default(false),
});
export type UsageRequest = z.infer<typeof UsageRequest>;

const quantile = z.number().optional();
export const UsageView = z.object({
  rows: z.array(
    z.object({
      group: z.record(z.string(), z.string().optional()),
      calls: z.int(),
      failures: z.int(),
      cacheHits: z.int(),
      inputTokens: z.int(),
      outputTokens: z.int(),
      cachedInputTokens: z.int(),
      cacheWriteTokens: z.int(),
      reasoningTokens: z.int(),
      costNanoUsd: z.int(),
      latencyMs: z.number(),
      quantiles: z
        .object({
          latencyP50Ms: quantile,
          latencyP95Ms: quantile,
          latencyP99Ms: quantile,
          firstOutputP50Ms: quantile,
          firstOutputP95Ms: quantile,
        })
        .optional(),
    } satisfies FieldsOf<UsageRow>),
  ),
});
export type UsageView = z.infer<typeof UsageView>;
