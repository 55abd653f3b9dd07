// Anthropic counts input beside what was read from and written to the cache; ours is the sum of the three.
import { isJson } from '../../exchange.ts';
import type { Json, Usage } from '../../exchange.ts';
import type { WireEvent } from '../dialect.ts';
import { objectIn, parseJson } from '../reading.ts';

const given = (json: Json, key: string, before: number): number => {
  const value = json[key];
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.floor(value) : before;
};

/** Later counts replace earlier ones; an absent or null count says nothing. */
export function usageFrom(json: unknown, before?: Usage): Usage | undefined {
  if (!isJson(json)) return before;
  const cached = given(json, 'cache_read_input_tokens', before?.cachedInputTokens ?? 0);
  const byTime = objectIn(json, 'cache_creation') ?? {};
  const long = given(byTime, 'ephemeral_1h_input_tokens', before?.longCacheWriteTokens ?? 0);
  const short = given(byTime, 'ephemeral_5m_input_tokens', 0);
  const written = Math.max(given(json, 'cache_creation_input_tokens', before?.cacheWriteTokens ?? 0), long + short);
  const fresh = given(
    json,
    'input_tokens',
    (before?.inputTokens ?? 0) - (before?.cachedInputTokens ?? 0) - (before?.cacheWriteTokens ?? 0),
  );
  return {
    inputTokens: fresh + cached + written,
    outputTokens: given(json, 'output_tokens', before?.outputTokens ?? 0),
    cachedInputTokens: cached,
    cacheWriteTokens: written,
    reasoningTokens: given(objectIn(json, 'output_tokens_details') ?? {}, 'thinking_tokens', before?.reasoningTokens ?? 0),
    ...(long > 0 ? { longCacheWriteTokens: long } : {}),
  };
}

export function usageOf(json: unknown): Usage | undefined {
  return isJson(json) ? usageFrom(json['usage']) : undefined;
}

/** Deltas are most of a stream and never hold usage: they are passed by without a look inside. */
export function usageOfEvent(event: WireEvent, before: Usage | undefined): Usage | undefined {
  if (event.event === 'content_block_delta' || !event.data.includes('"usage"')) return before;
  const json = parseJson(event.data);
  if (!isJson(json)) return before;
  return usageFrom(json['usage'] ?? objectIn(json, 'message')?.['usage'], before);
}

export function usageJson(usage: Usage): Json {
  const long = usage.longCacheWriteTokens ?? 0;
  return {
    input_tokens: Math.max(0, usage.inputTokens - usage.cachedInputTokens - usage.cacheWriteTokens),
    cache_creation_input_tokens: usage.cacheWriteTokens,
    cache_read_input_tokens: usage.cachedInputTokens,
    cache_creation:
      long > 0 ? { ephemeral_5m_input_tokens: usage.cacheWriteTokens - long, ephemeral_1h_input_tokens: long } : null,
    output_tokens: usage.outputTokens,
    output_tokens_details: usage.reasoningTokens > 0 ? { thinking_tokens: usage.reasoningTokens } : null,
    server_tool_use: null,
  };
}
