// `cache` of config.yaml. Off until it is switched on: a cached answer is the same words again, and that is for the
// operator to want. Every default stands here.
import { z } from 'zod';

export const CacheSchema = z
  .strictObject({
    enabled: z.boolean().default(false),
    /** Names of models as callers ask for them; `*` stands for anything. */
    models: z.array(z.string().min(1)).min(1).default(['*']),
    /** Whose answers may be shared. */
    scope: z.enum(['key', 'team']).default('key'),
    ttlSeconds: z
      .int()
      .min(1)
      .max(366 * 86_400)
      .default(3600),
    maxEntries: z.int().min(1).max(1_000_000).default(10_000),
    maxBytes: z
      .int()
      .min(1024)
      .default(64 * 1024 * 1024),
    /** A larger answer is not kept. */
    maxEntryBytes: z
      .int()
      .min(256)
      .default(1024 * 1024),
    /** `false` keeps only answers to requests that ask for temperature 0; most clients name no temperature. */
    cacheSampled: z.boolean().default(true),
    /** Calls that are the same and come at the same time wait for the first one's answer. */
    singleFlight: z.boolean().default(false),
    semantic: z
      .strictObject({
        enabled: z.boolean().default(false),
        /** Cosine of the last messages from which one's answer will do for the other. */
        threshold: z.number().min(0.5).max(1).default(0.95),
        /** Compared one by one while nothing else runs, a few microseconds each, so bounded. */
        maxEntriesPerBucket: z.int().min(1).max(100_000).default(2000),
      })
      .prefault({}),
  })
  .prefault({});
export type CacheSettings = z.output<typeof CacheSchema>;
