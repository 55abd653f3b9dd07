// Where a caller lets the prompt cache break.
import { isJson } from '../../exchange.ts';
import type { CacheMark, Json } from '../../exchange.ts';

/** Servers of OpenAI's API that have Claude models pass Anthropic's marks on to them; others may refuse the field. */
export function takesCacheMarks(model: string): boolean {
  return model.includes('claude');
}

/** Marks as OpenRouter and others take them from Anthropic's API, and OpenAI's own. */
export function cacheMarkOf(json: Json): { readonly cache?: CacheMark } {
  const mark = json['cache_control'] ?? json['prompt_cache_breakpoint'];
  if (!isJson(mark)) return {};
  const ttl = mark['ttl'];
  return { cache: { ttl: ttl === '5m' || ttl === '1h' ? ttl : undefined } };
}
