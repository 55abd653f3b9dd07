// One provider: where models live. It makes one attempt and says what it cost; trying again, choosing and paying are
// others' work. Throws ProviderErrors, retryable as they say.
import type { ModelInfo } from '../contract.ts';
import type { DialectId } from './dialects/dialect.ts';
import type { Json } from './exchange.ts';
import type { Attempt, ModelAnswer } from './model-call.ts';

export interface Provider {
  readonly id: string;
  readonly kind: 'embedded' | 'provider';
  /** The APIs it speaks itself. */
  readonly dialects: readonly DialectId[];
  /** Host, where it is not in this process. */
  readonly address: string | undefined;
  models(): readonly ModelInfo[];
  /** Any model, listed or not: compatible servers have models that nobody told us of. */
  describe(name: string): ModelInfo | undefined;
  call(attempt: Attempt): Promise<ModelAnswer>;
  /** How many tokens a Messages body is, where the provider counts them itself. */
  countTokens?(name: string, messages: Json, signal: AbortSignal): Promise<number>;
}
