// Answers in memory, the least recently used of them dropped first, bounded in number and in bytes, and kept in the
// catalogue file so that a restart begins warm. Several processes on one file each have their own memory and see the
// others' answers when they start.
import { z } from 'zod';
import type { StoredAnswer } from './answer-store.ts';
import type { CacheFile } from './cache-file.ts';
import { createVectorBucket } from './vectors.ts';
import type { Nearest, VectorBucket } from './vectors.ts';

export interface CacheBounds {
  readonly ttlMs: number;
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly maxEntryBytes: number;
  readonly maxEntriesPerBucket: number;
}

export interface Meaning {
  readonly bucket: string;
  readonly vector: Float32Array;
}

export interface AnswerCache {
  get(hash: string, maxAgeMs?: number): StoredAnswer | undefined;
  put(hash: string, answer: StoredAnswer, meaning?: Meaning): void;
  nearest(meaning: Meaning, threshold: number): Nearest | undefined;
  readonly size: number;
  readonly bytes: number;
  /** Writes what waits, and closes the file. */
  close(): void;
}

interface Entry {
  readonly text: string;
  readonly storedAt: number;
  readonly bucket: string | undefined;
  readonly bytes: number;
  answer: StoredAnswer | undefined;
  /** Last use that the file knows of. */
  usedAt: number;
}

/** The file learns of a use only so often: it is for the order after a restart, which need not be exact. */
const USE_NOTED_MS = 60_000;

const Count = z.number().nonnegative();
/** As far as replaying relies on it; what else is in a part is passed on as it is. */
const StoredAnswerSchema = z.object({
  response: z.object({
    id: z.string(),
    model: z.string(),
    created: z.number(),
    choices: z
      .array(
        z.looseObject({
          parts: z.array(
            z.union([
              z.looseObject({ kind: z.enum(['text', 'refusal', 'thinking']), text: z.string() }),
              z.looseObject({ kind: z.literal('tool-call'), id: z.string(), name: z.string(), arguments: z.string() }),
            ]),
          ),
          finishReason: z.enum(['stop', 'tool-calls']),
        }),
      )
      .min(1),
    usage: z.object({
      inputTokens: Count,
      outputTokens: Count,
      cachedInputTokens: Count,
      cacheWriteTokens: Count,
      reasoningTokens: Count,
      longCacheWriteTokens: Count.exactOptional(),
      audioInputTokens: Count.exactOptional(),
      imageInputTokens: Count.exactOptional(),
    }),
  }),
  costNanoUsd: Count,
});

/** Beside its text an entry takes about this much: its hash twice, its place in the map and the list. */
const ENTRY_BYTES = 256;

/** Takes the file over; undefined = in memory only. */
export function createAnswerCache(bounds: CacheBounds, file: CacheFile | undefined, now: () => number): AnswerCache {
  // A map keeps the order of insertion: an entry that is used is put in again, so the first is the least recently used.
  const entries = new Map<string, Entry>();
  const buckets = new Map<string, VectorBucket>();
  let bytes = 0;

  const forget = (hash: string, entry: Entry): void => {
    entries.delete(hash);
    bytes -= entry.bytes;
    if (entry.bucket === undefined) return;
    const bucket = buckets.get(entry.bucket);
    bucket?.remove(hash);
    if (bucket?.size === 0) buckets.delete(entry.bucket);
  };
  const drop = (hash: string, entry: Entry): void => {
    forget(hash, entry);
    file?.remove(hash);
  };
  const keep = (hash: string, entry: Entry, meaning: Meaning | undefined): void => {
    const old = entries.get(hash);
    if (old !== undefined) forget(hash, old);
    entries.set(hash, entry);
    bytes += entry.bytes;
    if (meaning !== undefined) {
      const bucket = buckets.get(meaning.bucket) ?? createVectorBucket(bounds.maxEntriesPerBucket);
      buckets.set(meaning.bucket, bucket);
      bucket.add(hash, meaning.vector);
    }
    for (const [oldest, first] of entries) {
      if (entries.size <= bounds.maxEntries && bytes <= bounds.maxBytes) break;
      drop(oldest, first);
    }
  };

  const load = (): void => {
    if (file === undefined) return;
    const start = now();
    for (const { hash, answer, storedAt, usedAt, bucket, vector } of file.rows()) {
      if (start - storedAt >= bounds.ttlMs) {
        file.remove(hash);
        continue;
      }
      const meaning = bucket === undefined || vector === undefined ? undefined : { bucket, vector };
      keep(
        hash,
        { text: answer, storedAt, bucket: meaning?.bucket, bytes: bytesOf(answer, vector), answer: undefined, usedAt },
        meaning,
      );
    }
  };
  load();

  return {
    get: (hash, maxAgeMs = Infinity) => {
      const entry = entries.get(hash);
      if (entry === undefined) return undefined;
      const age = now() - entry.storedAt;
      if (age >= bounds.ttlMs) {
        drop(hash, entry);
        return undefined;
      }
      if (age > maxAgeMs) return undefined;
      const answer = entry.answer ?? read(entry.text);
      if (answer === undefined) {
        drop(hash, entry);
        return undefined;
      }
      entry.answer = answer;
      entries.delete(hash);
      entries.set(hash, entry);
      if (file !== undefined && now() - entry.usedAt >= USE_NOTED_MS) {
        entry.usedAt = now();
        file.used(hash, entry.usedAt);
      }
      return answer;
    },
    put: (hash, answer, meaning) => {
      const text = JSON.stringify(answer);
      const size = bytesOf(text, meaning?.vector);
      if (size > bounds.maxEntryBytes) return;
      const storedAt = now();
      keep(hash, { text, storedAt, bucket: meaning?.bucket, bytes: size, answer, usedAt: storedAt }, meaning);
      file?.put({ hash, answer: text, storedAt, usedAt: storedAt, bucket: meaning?.bucket, vector: meaning?.vector });
    },
    nearest: (meaning, threshold) => buckets.get(meaning.bucket)?.nearest(meaning.vector, threshold),
    get size() {
      return entries.size;
    },
    get bytes() {
      return bytes;
    },
    close: () => file?.close(),
  };
}

function bytesOf(text: string, vector: Float32Array | undefined): number {
  return ENTRY_BYTES + Buffer.byteLength(text) + (vector?.byteLength ?? 0);
}

function read(text: string): StoredAnswer | undefined {
  try {
    const parsed = StoredAnswerSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Not JSON: the row is damaged, and an answer that cannot be read is asked for again.
    return undefined;
  }
}
