// The trace's part of `config.yaml`: how long things are kept, what of bodies, and where spans go.
import { z } from 'zod';

const BODY_POLICIES = ['off', 'failures', 'sampled', 'all'] as const;

const days = z.number().min(0).max(36_500);

export const TraceSettingsSchema = z.strictObject({
  requests: z
    .strictObject({
      /** Rows of the request log older than this are swept away; usage stays. */
      days: days.default(30),
      /** So many rows are kept at most; the oldest go first. */
      rows: z.int().min(1000).max(1_000_000_000).default(20_000_000),
    })
    .prefault({}),
  usage: z
    .strictObject({
      /** Usage is kept by the hour so long, then by the day. */
      hourlyDays: days.default(3),
      /** Usage by the day is kept so long; 0 = for ever. */
      days: days.default(0),
    })
    .prefault({}),
  bodies: z
    .strictObject({
      /** Which calls' prompts and answers are kept, in a file of their own. */
      keep: z.enum(BODY_POLICIES).default('off'),
      /** Share of the calls, with `sampled`. */
      sample: z.number().min(0).max(1).default(0.01),
      /** What is longer is cut. */
      bytes: z
        .int()
        .min(256)
        .max(16 * 1024 * 1024)
        .default(64 * 1024),
      days: days.default(7),
    })
    .prefault({}),
  /** Spans by OTLP over HTTP, as JSON; headers (they may hold a key) come from OTEL_EXPORTER_OTLP_HEADERS only. */
  otlp: z
    .strictObject({
      /** Base URL; absent = OTEL_EXPORTER_OTLP_ENDPOINT, and where that is absent too nothing is sent. */
      endpoint: z.url({ protocol: /^https?$/ }).optional(),
      serviceName: z.string().min(1).max(200).default('shoal'),
      /** Share of the calls whose trace nobody has decided on yet. */
      sample: z.number().min(0).max(1).default(1),
      /** Calls that may wait to be sent; more are dropped and counted. */
      queue: z.int().min(1).max(1_000_000).default(8192),
      batch: z.int().min(1).max(10_000).default(512),
      timeoutMs: z.int().min(1).max(120_000).default(10_000),
    })
    .prefault({}),
});
/** Complete, every default filled in. */
export type TraceSettings = z.output<typeof TraceSettingsSchema>;
