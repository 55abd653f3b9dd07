// A failed attempt at a provider: what went wrong, whether another attempt may help and when, and what may have been
// billed. The provider decides all three, since only it saw how far the attempt came.
import { ShoalError } from '#foundation';
import type { ErrorCode, TokenUsage } from '#foundation';

/**
 * `nothing`: refused, or never sent. `usage`: cut off after this much. `unknown`: it may have run to its end, so the
 * whole hold is charged.
 */
export type Billed =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'usage'; readonly usage: TokenUsage };

export interface ProviderErrorOptions {
  readonly billed: Billed;
  /** Overrides the error table. */
  readonly retryable?: boolean;
  readonly retryAfterMs?: number | undefined;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

export class ProviderError extends ShoalError {
  readonly billed: Billed;
  readonly retryAfterMs: number | undefined;
  readonly #retryable: boolean | undefined;

  constructor(code: ErrorCode, message: string, options: ProviderErrorOptions) {
    super(code, message, {
      ...(options.hint === undefined ? {} : { hint: options.hint }),
      ...(options.details === undefined ? {} : { details: options.details }),
      cause: options.cause,
    });
    this.billed = options.billed;
    this.retryAfterMs = options.retryAfterMs;
    this.#retryable = options.retryable;
  }

  /** The same failure where another attempt could only repeat what has been passed on already. */
  final(): ProviderError {
    const { code, message, billed, hint, details, cause } = this;
    return new ProviderError(code, message, { billed, hint, details, cause, retryable: false });
  }

  override get retryable(): boolean {
    return this.#retryable ?? super.retryable;
  }
}
