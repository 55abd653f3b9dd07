// The settings of routing: groups of models under one name, other names for them, and when a target is left alone.
import { z } from 'zod';
import { STAGES } from '#foundation';
import { FALLBACK_CLASSES } from './failure-class.ts';

const milliseconds = z.int().min(1).max(3_600_000);
const word = z.string().min(1).max(200);
const words = z.array(word).min(1);

/** Which calls a target takes. Everything that is said must hold; of a list, one entry. */
const Condition = z
  .strictObject({
    /** The call carries all of these. */
    tags: words,
    teams: words,
    users: words,
    runs: words,
    /** Whether it belongs to a run at all. */
    inRun: z.boolean(),
    stages: z.array(z.enum(STAGES)).min(1),
    /** By the bound of its input, which counts English about fourfold. */
    minInputTokens: z.int().min(0),
    maxInputTokens: z.int().min(0),
    hasTools: z.boolean(),
    hasImages: z.boolean(),
  })
  .partial();
export type Condition = z.output<typeof Condition>;

const QualifiedName = z.string().regex(/^[^/]+\/.+$/, 'a qualified name: provider/model');

const GroupTarget = z.strictObject({
  model: QualifiedName,
  /** Share among equals, relative to the others'; 0 = only when there is no other. */
  weight: z.number().min(0).max(1_000_000).default(1),
  /** Least first, for `priority`; default its position. */
  priority: z.int().optional(),
  /** A call with tags goes only to targets that carry all of them, if any target of its group carries one. */
  tags: z.array(word).default([]),
  when: Condition.optional(),
  /** Takes this share of the traffic and no other; the same user, run or call always falls on the same side. */
  canary: z.strictObject({ share: z.number().min(0).max(1), by: z.enum(['user', 'run', 'call']).default('run') }).optional(),
});

export const STRATEGIES = ['priority', 'weighted', 'latency', 'cost', 'round-robin'] as const;

const Fallback = z.partialRecord(z.enum(FALLBACK_CLASSES), words);
export type Fallback = z.output<typeof Fallback>;

const Group = z
  .strictObject({
    strategy: z.enum(STRATEGIES).default('priority'),
    targets: z.array(z.union([QualifiedName.transform((model) => ({ model })).pipe(GroupTarget), GroupTarget])).min(1),
    /** Models or groups to go to, by what went wrong; `timeout` and `cut` go where `outage` goes unless they say otherwise. */
    fallback: Fallback.default({}),
    /** A second attempt elsewhere if nothing has come after this time; `p95` = as slow as one in twenty lately. */
    hedge: z.strictObject({ after: z.union([milliseconds, z.literal('p95')]) }).optional(),
    timeouts: z
      .strictObject({ connectMs: milliseconds, firstByteMs: milliseconds, idleMs: milliseconds, totalMs: milliseconds })
      .partial()
      .optional(),
  })
  .refine(({ targets }) => targets.reduce((sum, { canary }) => sum + (canary?.share ?? 0), 0) <= 1, 'canary shares over 1 in all')
  .refine(({ targets }) => targets.some(({ canary }) => canary === undefined), 'a group needs a target that is not a canary');
export type GroupSettings = z.output<typeof Group>;

const Breaker = z.strictObject({
  /** Failures are counted over so long. */
  windowMs: milliseconds.default(30_000),
  /** Opens when this share of the attempts in the window failed … */
  failureRatio: z.number().gt(0).max(1).default(0.5),
  /** … and there were at least so many. */
  minimum: z.int().min(1).default(20),
  /** Opens after so many failures in a row. */
  consecutive: z.int().min(1).default(5),
  /** How long it stays open; doubles each time that a probe fails, up to the most. */
  openMs: milliseconds.default(5000),
  maxOpenMs: milliseconds.default(120_000),
  /** So many attempts are let through to see whether it works again; all of them must succeed. */
  probes: z.int().min(1).max(100).default(2),
});
export type BreakerSettings = z.output<typeof Breaker>;

export const RoutingSchema = z
  .strictObject({
    groups: z.record(word, Group).default({}),
    /** Other names for a model or a group. */
    aliases: z.record(word, word).default({}),
    breaker: Breaker.prefault({}),
  })
  .superRefine(({ groups, aliases }, context) => {
    const known = (name: string): boolean => name in groups || name in aliases || name.includes('/');
    const problem = (path: string[], message: string): void => context.addIssue({ code: 'custom', path, message });
    for (const [alias, name] of Object.entries(aliases)) {
      if (alias in groups) problem(['aliases', alias], 'a group has this name');
      if (name in aliases) problem(['aliases', alias], `${name} is an alias itself`);
      else if (!known(name)) problem(['aliases', alias], `there is no group ${name}, and no provider in it`);
    }
    for (const [group, { fallback }] of Object.entries(groups)) {
      for (const [kind, names] of Object.entries(fallback)) {
        for (const name of names ?? []) {
          if (!known(name)) problem(['groups', group, 'fallback', kind], `there is no group ${name}, and no provider in it`);
        }
      }
    }
  });
export type RoutingConfig = z.input<typeof RoutingSchema>;
export type RoutingSettings = z.output<typeof RoutingSchema>;

/** The settings under `retries`. */
export interface RetrySettings {
  readonly attempts: number;
  readonly baseMs: number;
  readonly maxMs: number;
  readonly totalMs: number;
}
