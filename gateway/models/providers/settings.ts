// The `providers` and `prices` of the configuration. A provider that is known by name takes what is said here over
// what its definition says; any other name is a server by its URL.
import { z } from 'zod';
import { DIALECT_IDS } from '../dialects/dialect.ts';

const tokens = z.int().min(0);
const usdPerMillion = z.number().min(0).max(100_000);
const variable = z.string().min(1);
/** As it may stand in a header; line breaks would end it. */
const headerValue = z.string().regex(/^[\t\u0020-\u007e]*$/, 'printable ASCII only');

const DeclaredModel = z.strictObject({
  contextTokens: z.int().min(256).default(128_000),
  maxOutputTokens: z.int().min(64).default(8192),
  /** Output tokens that it may think with. */
  reasoningTokens: tokens.optional(),
  /** Costs what this model of another provider does, `openai/gpt-4.1`: for deployments and profiles. */
  pricedAs: z
    .string()
    .regex(/^[^/]+\/.+$/, 'a qualified name: provider/model')
    .optional(),
});

const WeightedKey = z.strictObject({
  /** Name of the environment variable with the key. */
  env: variable,
  weight: z.number().positive().max(1000).default(1),
});

const ProviderSettingsSchema = z.strictObject({
  /** May be absent for providers that are known by name. */
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** A provider known by name that this one is like: its paths, headers and way of proving who one is. */
  like: z.string().min(1).optional(),
  /** APIs that it speaks, the preferred first; absent = those of its definition. */
  dialects: z.array(z.enum(DIALECT_IDS)).min(1).optional(),
  /** Name of the environment variable with the key; absent for servers that need none. */
  apiKeyEnv: variable.optional(),
  /** Several keys, each taken as often as its weight says. */
  keys: z.array(WeightedKey).min(1).optional(),
  /** Sent with every request. Secrets belong in the environment. */
  headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'the name of a header'), headerValue).default({}),
  region: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  apiVersion: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional(),
  models: z.record(z.string().min(1), DeclaredModel.prefault({})).default({}),
  /** Runs on a machine of one's own: its calls cost nothing. */
  free: z.boolean().default(false),
});

export const ProvidersSchema = z
  .record(
    z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'lower-case letters, digits and dashes, at most 31'),
    ProviderSettingsSchema,
  )
  .refine((providers) => !('embedded' in providers), 'the name `embedded` is taken')
  .default({});

const rates = {
  inputUsdPerMillion: usdPerMillion,
  cachedInputUsdPerMillion: usdPerMillion.optional(),
  cacheWriteUsdPerMillion: usdPerMillion.optional(),
  longCacheWriteUsdPerMillion: usdPerMillion.optional(),
  outputUsdPerMillion: usdPerMillion.default(0),
  reasoningUsdPerMillion: usdPerMillion.optional(),
  imageInputUsdPerMillion: usdPerMillion.optional(),
  audioInputUsdPerMillion: usdPerMillion.optional(),
};

const PriceSettingsSchema = z.strictObject({
  ...rates,
  /** Dearer (or cheaper) rates for the whole call where its input is longer. */
  tiers: z.array(z.strictObject({ aboveInputTokens: z.int().min(1), ...rates })).default([]),
  source: z.string().min(1).default('config.yaml'),
  date: z.string().min(4).optional(),
});

/** By qualified model name; replaces the catalogue's price. */
export const PricesSchema = z
  .record(z.string().regex(/^[^/]+\/.+$/, 'a qualified name: provider/model'), PriceSettingsSchema)
  .default({});

export type ProviderSettings = z.output<typeof ProviderSettingsSchema>;
export type PriceSettings = z.output<typeof PriceSettingsSchema>;

/** The part of the gateway's settings that this room reads. */
export interface ProvidersSettings {
  readonly providers: Readonly<Record<string, ProviderSettings>>;
  readonly prices: Readonly<Record<string, PriceSettings>>;
}
