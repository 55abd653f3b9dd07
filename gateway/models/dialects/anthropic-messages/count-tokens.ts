// Counting tokens: `POST /v1/messages/count_tokens` takes the part of a Messages body that is input.
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';
import { badAnswer } from '../reading.ts';

/** Fields of MessageCountTokensParams; the API refuses others, such as `max_tokens`. */
const COUNTED = new Set([
  'model',
  'messages',
  'system',
  'tools',
  'tool_choice',
  'thinking',
  'cache_control',
  'output_config',
  'speed',
]);

export function countTokensBody(messagesBody: Json): Json {
  return Object.fromEntries(Object.entries(messagesBody).filter(([key]) => COUNTED.has(key)));
}

export function readTokenCount(json: unknown): number {
  const count = isJson(json) ? json['input_tokens'] : undefined;
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0)
    throw badAnswer('Anthropic count_tokens', 'has no input_tokens');
  return count;
}

export function tokenCountJson(inputTokens: number): Json {
  return { input_tokens: inputTokens };
}
