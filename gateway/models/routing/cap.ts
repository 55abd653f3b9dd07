// The output cap that an attempt asks its provider for, before the budget has its say.
import type { ModelInfo } from '../../contract.ts';
import type { ModelCall } from '../model-call.ts';

/** `outputTokens` stands in where the caller names no cap. */
export function capFor(call: ModelCall, info: ModelInfo, outputTokens: number): number {
  if (call.operation === 'embed') return 0;
  const asked = call.maxOutputTokens ?? outputTokens;
  // Callers by HTTP mean thoughts as well, as their APIs do; agents of ours count only what is written.
  const thoughts = call.maxOutputTokens === undefined || call.content.local !== undefined ? (info.reasoningTokens ?? 0) : 0;
  return Math.min(asked + thoughts, info.maxOutputTokens);
}
