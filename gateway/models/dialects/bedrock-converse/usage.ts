// Bedrock counts input beside what was read from and written to the cache; ours is the sum of the three.
import { isJson } from '../../exchange.ts';
import type { Json, Usage } from '../../exchange.ts';
import type { WireEvent } from '../dialect.ts';
import { countIn, objectsIn, parseJson } from '../reading.ts';

export function usageFrom(json: unknown): Usage | undefined {
  if (!isJson(json)) return undefined;
  const cachedInputTokens = countIn(json, 'cacheReadInputTokens');
  const cacheWriteTokens = countIn(json, 'cacheWriteInputTokens');
  let long = 0;
  for (const detail of objectsIn(json, 'cacheDetails')) if (detail['ttl'] === '1h') long += countIn(detail, 'inputTokens');
  long = Math.min(long, cacheWriteTokens);
  return {
    inputTokens: countIn(json, 'inputTokens') + cachedInputTokens + cacheWriteTokens,
    outputTokens: countIn(json, 'outputTokens'),
    cachedInputTokens,
    cacheWriteTokens,
    // Not told apart by this API.
    reasoningTokens: 0,
    ...(long > 0 ? { longCacheWriteTokens: long } : {}),
  };
}

export function usageOf(json: unknown): Usage | undefined {
  return isJson(json) ? usageFrom(json['usage']) : undefined;
}

/** Only the `metadata` event at the end holds usage. */
export function usageOfEvent(event: WireEvent, before: Usage | undefined): Usage | undefined {
  if (event.event !== 'metadata') return before;
  return usageOf(parseJson(event.data)) ?? before;
}

export function usageJson(usage: Usage): Json {
  const inputTokens = Math.max(0, usage.inputTokens - usage.cachedInputTokens - usage.cacheWriteTokens);
  const long = usage.longCacheWriteTokens ?? 0;
  const short = usage.cacheWriteTokens - long;
  return {
    inputTokens,
    outputTokens: usage.outputTokens,
    totalTokens: usage.inputTokens + usage.outputTokens,
    cacheReadInputTokens: usage.cachedInputTokens,
    cacheWriteInputTokens: usage.cacheWriteTokens,
    ...(long > 0
      ? {
          cacheDetails: [{ ttl: '1h', inputTokens: long }, ...(short > 0 ? [{ ttl: '5m', inputTokens: short }] : [])],
        }
      : {}),
  };
}
