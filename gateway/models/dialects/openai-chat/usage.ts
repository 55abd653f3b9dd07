// Usage in chat completions: read from every server's way of saying it, written in OpenAI's.
import { isJson } from '../../exchange.ts';
import type { Json, Usage } from '../../exchange.ts';
import type { WireEvent } from '../dialect.ts';
import { countOf, jsonOr, parsedJson } from '../openai/fields.ts';
import { mayHoldUsage } from '../openai/usage-in-stream.ts';

function decodeUsage(value: unknown): Usage | undefined {
  if (!isJson(value)) return undefined;
  const inputTokens = countOf(value['prompt_tokens']);
  if (inputTokens === undefined) return undefined;
  const completion = countOf(value['completion_tokens']);
  const total = countOf(value['total_tokens']);
  if (completion === undefined && total === undefined) return undefined;
  // Some servers leave the thinking out of completion_tokens and show it in the total only; it is billed all the same.
  const outputTokens = Math.max(completion ?? 0, (total ?? 0) - inputTokens);
  const prompt = jsonOr(value['prompt_tokens_details']);
  const cached =
    countOf(prompt['cached_tokens']) ?? countOf(value['prompt_cache_hit_tokens']) ?? countOf(value['cached_tokens']) ?? 0;
  const cachedInputTokens = Math.min(inputTokens, cached);
  const written = countOf(prompt['cache_write_tokens']) ?? 0;
  // How much of it came from the cache is not told; none is taken to be.
  const audio = Math.min(inputTokens, countOf(prompt['audio_tokens']) ?? 0);
  const reasoning = countOf(jsonOr(value['completion_tokens_details'])['reasoning_tokens']) ?? 0;
  return {
    inputTokens,
    outputTokens,
    cachedInputTokens,
    cacheWriteTokens: Math.min(inputTokens - cachedInputTokens, written),
    reasoningTokens: Math.min(outputTokens, reasoning),
    ...(audio > 0 ? { audioInputTokens: audio } : {}),
  };
}

export function encodeUsage(usage: Usage): Json {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: {
      cached_tokens: usage.cachedInputTokens,
      audio_tokens: usage.audioInputTokens ?? 0,
      ...(usage.cacheWriteTokens === 0 ? {} : { cache_write_tokens: usage.cacheWriteTokens }),
    },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoningTokens,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** Of a whole answer or of a chunk. Groq's last chunk says it under a name of its own. */
export function usageOf(json: unknown): Usage | undefined {
  if (!isJson(json)) return undefined;
  return decodeUsage(json['usage']) ?? decodeUsage(jsonOr(json['x_groq'])['usage']);
}

export function usageOfEvent(event: WireEvent, before: Usage | undefined): Usage | undefined {
  return mayHoldUsage(event.data) ? (usageOf(parsedJson(event.data)) ?? before) : before;
}
