// Virtual keys, teams, users, and who is signed in.
import { z } from 'zod';
import { SCOPES } from '#gateway/contract';
import type { Holder, KeyRecord } from '#gateway/contract';
import type { FieldsOf } from './fields-of.ts';

const Scopes = z.array(z.enum(SCOPES)).min(1);
/** Part of a budget's path, so neither slash nor colon. */
const HolderName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._@-]{0,62}$/, 'letters, digits, dots, dashes, _ and @, at most 63');
const ModelPatterns = z.array(z.string().min(1).max(200)).max(500);
const CallLimits = z.strictObject({
  requestsPerMinute: z.int().min(1).optional(),
  tokensPerMinute: z.int().min(1).optional(),
  concurrency: z.int().min(1).optional(),
});
const limitUsd = z.number().min(0).max(1_000_000);
const expiresAt = z.iso.datetime({ offset: true });

/** POST /api/v1/keys. */
export const KeyRequest = z.strictObject({
  name: z.string().min(1).max(100),
  scopes: Scopes.default(['invoke']),
  team: HolderName.optional(),
  user: HolderName.optional(),
  /** Patterns such as `openai/*`, or names of groups; absent = all models. */
  models: ModelPatterns.optional(),
  limits: CallLimits.prefault({}),
  /** Hard limit of this key's own budget. */
  limitUsd: limitUsd.optional(),
  expiresAt: expiresAt.optional(),
  allowUnpriced: z.boolean().default(false),
});
export type KeyRequest = z.infer<typeof KeyRequest>;

/** PATCH /api/v1/keys/:id; null takes a restriction away. */
export const KeyPatch = z.strictObject({
  name: z.string().min(1).max(100).optional(),
  scopes: Scopes.optional(),
  models: ModelPatterns.nullable().optional(),
  limits: CallLimits.optional(),
  expiresAt: expiresAt.nullable().optional(),
  allowUnpriced: z.boolean().optional(),
  disabled: z.boolean().optional(),
});
export type KeyPatch = z.infer<typeof KeyPatch>;

export const KeyView = z.object({
  id: z.string(),
  name: z.string(),
  scopes: Scopes,
  team: z.string().optional(),
  user: z.string().optional(),
  models: z.array(z.string()).optional(),
  limits: CallLimits,
  allowUnpriced: z.boolean(),
  expiresAt: z.string().optional(),
  budget: z.string(),
  disabled: z.boolean(),
  createdAt: z.string(),
  lastUsedAt: z.string().optional(),
  oldSecretUntil: z.string().optional(),
} satisfies FieldsOf<KeyRecord>);
export type KeyView = z.infer<typeof KeyView>;

/** The only answer that ever holds a secret. */
export const KeyMade = z.object({ key: KeyView, secret: z.string() });
export type KeyMade = z.infer<typeof KeyMade>;
/** POST /api/v1/keys/:id/rotate. */
export const RotateRequest = z.strictObject({
  /** For how long the present secret is still taken. */
  graceHours: z.number().min(0).max(720).default(24),
});

/** PUT /api/v1/users/:name. */
export const HolderRequest = z.strictObject({ models: ModelPatterns.optional(), limits: CallLimits.prefault({}) });
/** PUT /api/v1/teams/:name. */
export const TeamRequest = HolderRequest.extend({ limitUsd: limitUsd.optional() });
export const HolderParams = z.object({ name: HolderName });
export const HolderView = z.object({
  name: z.string(),
  models: z.array(z.string()).optional(),
  limits: CallLimits,
} satisfies FieldsOf<Holder>);
export type HolderView = z.infer<typeof HolderView>;

/** POST and GET /api/v1/session. */
export const SessionRequest = z.strictObject({ key: z.string().min(1).max(200) });
export const SessionView = z.object({ kind: z.enum(['local', 'key']), name: z.string(), scopes: Scopes });
export type SessionView = z.infer<typeof SessionView>;
