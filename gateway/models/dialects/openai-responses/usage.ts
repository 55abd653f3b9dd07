// Usage in the Responses API: inside the response, or inside the last event's response.
import { isJson } from '../../exchange.ts';
import type { Json, Usage } from '../../exchange.ts';
import type { WireEvent } from '../dialect.ts';
import { countOf, jsonOr, parsedJson } from '../openai/fields.ts';
import { mayHoldUsage } from '../openai/usage-in-stream.ts';

function decodeUsage(value: unknown): Usage | undefined {
  if (!isJson(value)) return undefined;
  const inputTokens = countOf(value['input_tokens']);
  if (inputTokens === undefined) return undefined;
  const output = countOf(value['output_tokens']);
  const total = countOf(value['total_tokens']);
  if (output === undefined && total === undefined) return undefined;
  const outputTokens = Math.max(output ?? 0, (total ?? 0) - inputTokens);
  const details = jsonOr(value['input_tokens_details']);
  const cachedInputTokens = Math.min(inputTokens, countOf(details['cached_tokens']) ?? 0);
  return {
    inputTokens,
    outputTokens,
    cachedInputTokens,
    cacheWriteTokens: Math.min(inputTokens - cachedInputTokens, countOf(details['cache_write_tokens']) ?? 0),
    reasoningTokens: Math.min(outputTokens, countOf(jsonOr(value['output_tokens_details'])['reasoning_tokens']) ?? 0),
  };
}

export function encodeUsage(usage: Usage): Json {
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: { cached_tokens: usage.cachedInputTokens, cache_write_tokens: usage.cacheWriteTokens },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}

export function usageOf(json: unknown): Usage | undefined {
  return isJson(json) ? decodeUsage(json['usage']) : undefined;
}

export function usageOfEvent(event: WireEvent, before: Usage | undefined): Usage | undefined {
  if (!mayHoldUsage(event.data)) return before;
  const parsed = parsedJson(event.data);
  return (isJson(parsed) ? usageOf(parsed['response']) : undefined) ?? before;
}
