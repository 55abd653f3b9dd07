// `guardrails` of config.yaml: a list, run in its order. Every default stands here.
import { z } from 'zod';
import { PII_LABELS } from './pii/index.ts';
import { PHONE_REGIONS } from './pii/phones.ts';

const share = z.number().min(0).max(1);
const patterns = z.array(z.string().min(1)).min(1);

/** What every kind has. */
const common = {
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes, at most 63'),
  where: z.enum(['input', 'output', 'both']).default('both'),
  /** Share of the calls that are looked at; drawn from the call's id and `seed`, so a repetition draws the same. */
  sample: share.default(1),
  seed: z.int().default(0),
  /** Whom it concerns; what is left out concerns everyone. `*` stands for anything. */
  scope: z
    .strictObject({
      models: patterns.optional(),
      teams: patterns.optional(),
      /** Public ids or names of keys. */
      keys: patterns.optional(),
    })
    .prefault({}),
};
const anyMode = z.enum(['observe', 'redact', 'block']);
/** For kinds whose findings are no passages that could be replaced. */
const noRedaction = z.enum(['observe', 'block']).default('block');

const Pii = z.strictObject({
  kind: z.literal('pii'),
  ...common,
  mode: anyMode.default('redact'),
  /** Puts the originals back where the answer repeats their placeholders. */
  restore: z.boolean().default(true),
  entities: z
    .array(z.enum(PII_LABELS))
    .min(1)
    .default([...PII_LABELS]),
  /** Whose home forms of telephone numbers are known; numbers with a country code always are. */
  phoneRegions: z.array(z.enum(PHONE_REGIONS)).default([...PHONE_REGIONS]),
  minConfidence: share.default(0.5),
});
const Secrets = z.strictObject({
  kind: z.literal('secrets'),
  ...common,
  mode: anyMode.default('redact'),
  restore: z.boolean().default(false),
  minConfidence: share.default(0.5),
});
const PromptInjection = z.strictObject({
  kind: z.literal('prompt-injection'),
  ...common,
  mode: anyMode.default('block'),
  threshold: share.default(0.6),
  /** Whose texts are looked at on the way out: the operator's own system prompt is trusted. Answers always are. */
  roles: z
    .array(z.enum(['system', 'user', 'assistant', 'tool']))
    .min(1)
    .default(['user', 'tool']),
});
const Regex = z.strictObject({
  kind: z.literal('regex'),
  ...common,
  mode: anyMode.default('block'),
  restore: z.boolean().default(false),
  patterns: z
    .array(
      z.strictObject({
        label: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/),
        pattern: z.string().min(1).max(4096),
        ignoreCase: z.boolean().default(false),
      }),
    )
    .min(1),
  /** Characters of a stream held back, so that a match that long is never seen in part. */
  reach: z.int().min(1).max(4096).default(128),
});
const JsonSchema = z.strictObject({
  kind: z.literal('json-schema'),
  ...common,
  where: z.literal('output').default('output'),
  mode: noRedaction,
  schema: z.record(z.string(), z.unknown()),
});
const BannedTopics = z.strictObject({
  kind: z.literal('banned-topics'),
  ...common,
  mode: anyMode.default('block'),
  topics: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/),
        words: z.array(z.string().min(1).max(80)).default([]),
        examples: z.array(z.string().min(1)).default([]),
      }),
    )
    .min(1),
  /** Cosine at which a text is about a topic as its examples are. */
  similarity: share.default(0.8),
});
const Length = z.strictObject({
  kind: z.literal('length'),
  ...common,
  mode: noRedaction,
  maxCharacters: z.int().min(1).optional(),
  maxWords: z.int().min(1).optional(),
  maxTokens: z.int().min(1).optional(),
});
const Webhook = z.strictObject({
  kind: z.literal('webhook'),
  ...common,
  /** `block` does what the webhook says, replacing included. */
  mode: noRedaction,
  url: z.url({ protocol: /^https?$/ }),
  /** Name of the environment variable with the secret that requests are signed with. */
  secretEnv: z.string().min(1).optional(),
  timeoutMs: z.int().min(1).max(60_000).default(2000),
  onFailure: z.enum(['pass', 'block']).default('block'),
});

const Guardrail = z.discriminatedUnion('kind', [Pii, Secrets, PromptInjection, Regex, JsonSchema, BannedTopics, Length, Webhook]);

export const GuardrailsSchema = z
  .array(Guardrail)
  .refine((list) => new Set(list.map((guardrail) => guardrail.name)).size === list.length, 'two guardrails have the same name')
  .default([]);
export type GuardrailSettings = z.output<typeof Guardrail>;
