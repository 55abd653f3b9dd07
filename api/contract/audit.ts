// The audit chain, and changes of the configuration.
import { z } from 'zod';
import type { AuditEntry } from '#gateway/contract';
import type { FieldsOf } from './fields-of.ts';
import { Problem } from './problem.ts';

export const AuditEntryView = z.object({
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  previous: z.string(),
  hash: z.string(),
} satisfies FieldsOf<AuditEntry>);
export type AuditEntryView = z.infer<typeof AuditEntryView>;
/** GET /api/v1/audit/verify. */
export const AuditVerdictView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole'), entries: z.int(), head: z.object({ seq: z.int(), hash: z.string() }) }),
  z.object({ kind: z.literal('broken'), seq: z.int(), problem: z.string() }),
]);
export type AuditVerdictView = z.infer<typeof AuditVerdictView>;

export const ConfigChangeView = z.object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() });
export type ConfigChangeView = z.infer<typeof ConfigChangeView>;
/** GET /api/v1/config/pending. */
export const ConfigStateView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('current') }),
  z.object({ kind: z.literal('pending'), digest: z.string(), changes: z.array(ConfigChangeView) }),
  z.object({ kind: z.literal('refused'), digest: z.string(), problem: Problem }),
]);
export type ConfigStateView = z.infer<typeof ConfigStateView>;
/** POST /api/v1/config/apply: names the file whose changes were shown. */
export const ApplyRequest = z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/) });
