// What /chat/completions answers, read leniently: unknown fields are ignored, missing usage is replaced by its upper
// bound (never by zero), and tool arguments that are not JSON become `undefined`, as the port promises.
import { z } from 'zod';
import type { TokenUsage, ToolCall } from '#foundation';
import type { ProviderAnswer, ProviderCall } from '../../../contract.ts';
import { inputTokenBound } from '../../tokens.ts';

const count = z.number().int().min(0).catch(0);
export const Usage = z.object({
  prompt_tokens: z.number().int().min(0),
  completion_tokens: z.number().int().min(0),
  prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(undefined),
});

const Content = z
  .union([
    z.string(),
    z.array(z.object({ text: z.string().default('') })).transform((parts) => parts.map((part) => part.text).join('')),
  ])
  .nullish()
  .transform((content) => content ?? '');

export const WireToolCall = z.object({
  index: z.int().optional(),
  id: z.string().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

export const ChatAnswer = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({
          content: Content,
          refusal: z.string().nullish(),
          tool_calls: z.array(WireToolCall).nullish(),
        }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: Usage.nullish().catch(undefined),
});

const FINISH: Readonly<Record<string, ProviderAnswer['finishReason']>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
};

export function finishReasonOf(wire: string | null | undefined): ProviderAnswer['finishReason'] {
  return FINISH[wire ?? ''] ?? 'other';
}

export function answerOf(call: ProviderCall, wire: z.infer<typeof ChatAnswer>, reasoning: boolean): ProviderAnswer {
  const choice = wire.choices[0];
  const text = choice?.message.content || choice?.message.refusal || '';
  const toolCalls = (choice?.message.tool_calls ?? []).map((toolCall, index) => toolCallOf(toolCall, index));
  return {
    text,
    toolCalls,
    finishReason: choice?.message.refusal ? 'content-filter' : finishReasonOf(choice?.finish_reason),
    usage: wire.usage ? usageOf(wire.usage) : usageBound(call, text, toolCalls, reasoning),
  };
}

export function usageOf(wire: z.infer<typeof Usage>): TokenUsage {
  return {
    inputTokens: wire.prompt_tokens,
    outputTokens: wire.completion_tokens,
    cachedInputTokens: Math.min(wire.prompt_tokens, wire.prompt_tokens_details?.cached_tokens ?? 0),
  };
}

/**
 * The most that can have been used when the server does not say: a reasoning model may have thought up to its cap, and
 * any other has written what is here.
 */
export function usageBound(call: ProviderCall, text: string, toolCalls: readonly ToolCall[], reasoning: boolean): TokenUsage {
  const written = Buffer.byteLength(text) + toolCalls.reduce((sum, one) => sum + Buffer.byteLength(JSON.stringify(one)), 0);
  return {
    inputTokens: inputTokenBound(call.request),
    outputTokens: reasoning ? call.maxOutputTokens : Math.min(call.maxOutputTokens, written + 1),
    cachedInputTokens: 0,
  };
}

export function toolCallOf(wire: z.infer<typeof WireToolCall>, index: number): ToolCall {
  return {
    id: wire.id ?? `call-${index}`,
    name: wire.function?.name ?? '',
    arguments: parsedArguments(wire.function?.arguments),
  };
}

/** A call without arguments comes as an empty string from some servers. */
function parsedArguments(text: string | null | undefined): unknown {
  if (text === null || text === undefined || text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
