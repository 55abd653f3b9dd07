// The gateway's part of `config.yaml`: providers, prices, timeouts, retries, limits. Every default stands here.
import { z } from 'zod';

const milliseconds = z.int().min(1).max(3_600_000);
const usdPerMillion = z.number().min(0).max(100_000);

const DeclaredModel = z.strictObject({
  contextTokens: z.int().min(256).default(128_000),
  maxOutputTokens: z.int().min(64).default(8192),
});

/** An OpenAI-compatible server by URL; its models are called `<id>/<model>`. */
const CompatibleProvider = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/ }),
  /** Name of the environment variable with the key; absent for servers that need none. */
  apiKeyEnv: z.string().min(1).optional(),
  models: z.record(z.string().min(1), DeclaredModel.prefault({})).default({}),
});

const ConfiguredPrice = z.strictObject({
  inputUsdPerMillion: usdPerMillion,
  cachedInputUsdPerMillion: usdPerMillion.optional(),
  outputUsdPerMillion: usdPerMillion.default(0),
  source: z.string().min(1).default('config.yaml'),
});

export const GatewayConfigSchema = z.strictObject({
  providers: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'lower-case letters, digits and dashes, at most 31'),
      CompatibleProvider,
    )
    .refine((providers) => !('embedded' in providers), 'the name `embedded` is taken')
    .default({}),
  /** By qualified model name; replaces the catalogue's price. */
  prices: z.record(z.string().regex(/^[^/]+\/.+$/, 'a qualified name: provider/model'), ConfiguredPrice).default({}),
  /** Lets models without a known price be called; they are counted as costing nothing, and budgets do not hold them. */
  allowUnpriced: z.boolean().default(false),
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
      /** Requests under way per provider. */
      concurrency: z.int().min(1).max(4096).default(64),
      /** Requests waiting per provider for a place, and calls waiting for headroom in a budget. */
      queue: z.int().min(0).max(100_000).default(10_000),
      promptBytes: z
        .int()
        .min(1024)
        .default(4 * 1024 * 1024),
      /** Output cap of a request that sets none. */
      outputTokens: z.int().min(64).default(1024),
      toolMs: milliseconds.default(30_000),
      toolResultBytes: z
        .int()
        .min(256)
        .default(256 * 1024),
    })
    .prefault({}),
  budget: z
    .strictObject({
      /** Hard limit over everything this installation ever spends; absent = only runs are limited. */
      limitUsd: z.number().min(0).max(1_000_000).optional(),
      /** How long a call waits for others to settle when there is no headroom now. */
      waitMs: milliseconds.default(60_000),
    })
    .prefault({}),
});
/** As written, defaults left out. */
export type GatewayConfig = z.input<typeof GatewayConfigSchema>;
/** Complete, every default filled in. */
export type GatewaySettings = z.output<typeof GatewayConfigSchema>;
