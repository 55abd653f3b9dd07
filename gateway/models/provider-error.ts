// A failed attempt at a provider: what went wrong, whether another attempt may help and when, what may have been
// billed, and what the provider itself said. The provider decides all of it, since only it saw how far the attempt came.
import { ShoalError } from '#foundation';
import type { ErrorCode } from '#foundation';
import type { DialectId } from './dialects/dialect.ts';
import type { PricedUsage } from './prices/cost.ts';

/**
 * `nothing`: refused, or never sent. `usage`: cut off after this much. `unknown`: it may have run to its end, so the
 * whole hold is charged.
 */
export type Billed =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'usage'; readonly usage: PricedUsage };

/** What chains of fallbacks go by. */
export const ERROR_CLASSES = [
  'outage',
  'timeout',
  'rate-limit',
  'context-window',
  'content-policy',
  'credit',
  'auth',
  'invalid',
  'cut',
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** The provider's own answer, for a caller who speaks the same API. */
export interface Upstream {
  readonly status: number;
  /** Cut to a length that is safe to keep. */
  readonly body: string;
  readonly dialect: DialectId | 'openai-embeddings';
}

export interface ProviderErrorOptions {
  readonly billed: Billed;
  /** Default: what the code says. */
  readonly errorClass?: ErrorClass;
  /** Overrides the error table. */
  readonly retryable?: boolean;
  readonly retryAfterMs?: number | undefined;
  readonly upstream?: Upstream | undefined;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

const CLASS_OF_CODE: Readonly<Partial<Record<ErrorCode, ErrorClass>>> = {
  model_unavailable: 'outage',
  model_timeout: 'timeout',
  model_rate_limited: 'rate-limit',
  context_exceeded: 'context-window',
  content_refused: 'content-policy',
  model_stream_cut: 'cut',
};

export class ProviderError extends ShoalError {
  readonly billed: Billed;
  readonly errorClass: ErrorClass;
  readonly retryAfterMs: number | undefined;
  readonly #retryable: boolean | undefined;
  /** Private, so that no log that prints the error prints what may be somebody's prompt. */
  readonly #upstream: Upstream | undefined;

  constructor(code: ErrorCode, message: string, options: ProviderErrorOptions) {
    super(code, message, {
      ...(options.hint === undefined ? {} : { hint: options.hint }),
      ...(options.details === undefined ? {} : { details: options.details }),
      cause: options.cause,
    });
    this.billed = options.billed;
    this.errorClass = options.errorClass ?? CLASS_OF_CODE[code] ?? 'invalid';
    this.retryAfterMs = options.retryAfterMs;
    this.#retryable = options.retryable;
    this.#upstream = options.upstream;
  }

  get upstream(): Upstream | undefined {
    return this.#upstream;
  }

  /** The same failure where another attempt could only repeat what has been passed on already. */
  final(): ProviderError {
    const { code, message, billed, errorClass, hint, details, cause, upstream } = this;
    return new ProviderError(code, message, { billed, errorClass, hint, details, cause, upstream, retryable: false });
  }

  override get retryable(): boolean {
    return this.#retryable ?? super.retryable;
  }
}

/** Makes what is to be sent. A request that cannot be made was never sent, so its failure is billed nothing. */
export function unsent<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ShoalError) || error instanceof ProviderError) throw error;
    const { code, message, hint, details } = error;
    throw new ProviderError(code, message, { billed: { kind: 'nothing' }, hint, details, cause: error });
  }
}
