// The cache's step. It stands before budget, limits and routing: a hit costs nothing and waits for nobody. It stands
// behind the guardrails of the way out, so it sees and keeps only what may leave.
import type { Step } from '../../chain.ts';
import { anyOf } from '../../policy/guardrails/pattern.ts';
import type { ModelRequest } from '../exchange.ts';
import type { ModelAnswer, ModelCall } from '../model-call.ts';
import { createAnswerCache } from './answer-cache.ts';
import type { AnswerCache, Meaning } from './answer-cache.ts';
import type { StoredAnswer } from './answer-store.ts';
import { ask, giveStored } from './answering.ts';
import { exactKey, semanticKey } from './cache-key.ts';
import { openCacheFile } from './cache-file.ts';
import { cacheDirective } from './directive.ts';
import type { CacheSettings } from './settings.ts';

/** Vectors of unit length, one per text. */
export type Embed = (texts: readonly string[], signal: AbortSignal) => Promise<readonly Float32Array[]>;

export interface CacheServices {
  /** The catalogue file; undefined = in memory only. */
  readonly databasePath: string | undefined;
  readonly now: () => number;
  /** Without it there is no semantic cache. */
  readonly embed?: Embed;
}

export interface Cache {
  readonly settings: CacheSettings;
  readonly answers: AnswerCache;
  readonly embed: Embed | undefined;
  /** How often the embedding model failed; such calls are made as if nothing had been like them. */
  embedFailures: number;
  close(): void;
}

/** Undefined where the settings leave it off. */
export function createCache(settings: CacheSettings, { databasePath, now, embed }: CacheServices): Cache | undefined {
  if (!settings.enabled) return undefined;
  const { ttlSeconds, maxEntries, maxBytes, maxEntryBytes, semantic } = settings;
  const answers = createAnswerCache(
    { ttlMs: ttlSeconds * 1000, maxEntries, maxBytes, maxEntryBytes, maxEntriesPerBucket: semantic.maxEntriesPerBucket },
    databasePath === undefined ? undefined : openCacheFile(databasePath),
    now,
  );
  return {
    settings,
    answers,
    embed: semantic.enabled ? embed : undefined,
    embedFailures: 0,
    close: () => answers.close(),
  };
}

export function cached(cache: Cache | undefined): Step<ModelCall, ModelAnswer> {
  if (cache === undefined) return (next) => next;
  const { settings, answers } = cache;
  const concerned = anyOf(settings.models) ?? (() => true);
  /** Calls under way by what they ask; their promise gives the answer where there is one to share. */
  const flights = new Map<string, Promise<StoredAnswer | undefined>>();

  return (next) => {
    /** Asks below; `share` is told what may be shared before the caller has its answer. */
    const miss = async (
      call: ModelCall,
      hash: string,
      store: boolean,
      maxAgeMs: number,
      share: (stored: StoredAnswer | undefined) => void,
    ): Promise<ModelAnswer> => {
      const meaning = await meaningOf(cache, call);
      const near = meaning === undefined || maxAgeMs <= 0 ? undefined : answers.nearest(meaning, settings.semantic.threshold);
      const like = near === undefined ? undefined : answers.get(near.hash, maxAgeMs);
      if (like !== undefined) {
        share(like);
        return hit(call, like, 'hit-semantic');
      }
      call.tally.cache = 'miss';
      if (!store) return next(call);
      const { answer, response } = await ask(next, call, settings.maxEntryBytes);
      if (response !== undefined && response.choices.length > 0 && response.choices.every(isComplete)) {
        const stored = { response, costNanoUsd: call.tally.costNanoUsd };
        answers.put(hash, stored, meaning);
        share(stored);
      }
      return answer;
    };

    return async (call) => {
      if (call.operation !== 'generate' || !concerned(call.asked)) return next(call);
      const { read, store, maxAgeMs } = cacheDirective(call.cacheControl);
      if (!read && !store) return next(call);
      if (!settings.cacheSampled && readable(call)?.temperature !== 0) return next(call);
      const hash = exactKey(call, settings.scope);
      // What may not be read is as if everything kept were too old.
      const maxAge = read ? maxAgeMs : -1;
      const known = read ? answers.get(hash, maxAgeMs) : undefined;
      if (known !== undefined) return hit(call, known, 'hit-exact');
      if (!settings.singleFlight || !read || !store) return miss(call, hash, store, maxAge, () => undefined);

      const flight = flights.get(hash);
      if (flight !== undefined) {
        const shared = await orAborted(flight, call.signal);
        // The first one failed or was cut: that is no reason for this one not to be made.
        return shared === undefined ? miss(call, hash, store, maxAge, () => undefined) : hit(call, shared, 'hit-exact');
      }
      const { promise, resolve } = Promise.withResolvers<StoredAnswer | undefined>();
      flights.set(hash, promise);
      try {
        return await miss(call, hash, store, maxAge, resolve);
      } finally {
        flights.delete(hash);
        resolve(undefined);
      }
    };
  };
}

function hit(call: ModelCall, stored: StoredAnswer, how: 'hit-exact' | 'hit-semantic'): Promise<ModelAnswer> {
  call.tally.cache = how;
  return giveStored(call, stored.response);
}

/** Answers that were cut, by the provider's filter or by a cap that may have been ours, are not the answer. */
function isComplete({ finishReason }: { readonly finishReason: string }): boolean {
  return finishReason === 'stop' || finishReason === 'tool-calls';
}

async function meaningOf(cache: Cache, call: ModelCall): Promise<Meaning | undefined> {
  if (cache.embed === undefined) return undefined;
  const request = readable(call);
  const key = request === undefined ? undefined : semanticKey(call, request, cache.settings.scope);
  if (key === undefined) return undefined;
  try {
    const [vector] = await cache.embed([key.text], call.signal);
    return vector === undefined ? undefined : { bucket: key.bucket, vector };
  } catch {
    call.signal.throwIfAborted();
    cache.embedFailures += 1;
    return undefined;
  }
}

/** What cannot be read in the common form may still be understood where it goes; it only has no meaning to compare. */
function readable(call: ModelCall): ModelRequest | undefined {
  try {
    return call.content.request();
  } catch {
    return undefined;
  }
}

async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
