// What goes down and comes back up the chain for model calls.
import type { GenerateRequest, GenerateResult, StreamPart } from '#foundation';
import type { Call } from '../chain.ts';
import type { ModelInfo, Provider, ProviderAnswer } from '../contract.ts';

/** A model that a binding has been resolved to. */
export interface Target {
  readonly provider: Provider;
  /** The model's name at its provider. */
  readonly name: string;
  readonly info: ModelInfo;
}

export type Delta = Exclude<StreamPart, { kind: 'finish' }>;

export interface GenerateCall extends Call {
  readonly request: GenerateRequest;
  /** Output cap that is asked for and paid for; the budget may lower it. */
  readonly maxOutputTokens: number;
  /** Takes the parts of a streamed answer; its promise resolves when the reader has room again. */
  readonly emit: ((part: Delta) => Promise<void>) | undefined;
}

export interface EmbedCall extends Call {
  readonly texts: readonly string[];
}

/** A provider's answer, and what the schema made of it. */
export interface Answer extends ProviderAnswer {
  readonly value: unknown;
}

/** Usage and cost are the tally's: every attempt that was charged is in them. */
export function resultOf(call: GenerateCall, answer: Answer): GenerateResult {
  const { inputTokens, outputTokens, cachedInputTokens, costNanoUsd, fromCassette } = call.tally;
  return {
    text: answer.text,
    value: answer.value,
    toolCalls: answer.toolCalls,
    finishReason: answer.finishReason,
    usage: { inputTokens, outputTokens, cachedInputTokens },
    costNanoUsd,
    model: call.target,
    requestId: call.id,
    fromCassette,
  };
}
