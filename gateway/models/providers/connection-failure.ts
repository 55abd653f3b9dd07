// How a connection failed: an HTTP error is an answer that was refused and is not billed; silence may have been work.
import { ProviderError } from '../provider-error.ts';
import type { PricedUsage } from '../prices/cost.ts';

/** Never connected: nothing was sent. */
const UNREACHABLE = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const SILENT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

export interface Break {
  readonly provider: string;
  readonly thrown: unknown;
  /** Why we ended it ourselves. */
  readonly ended?: 'cancelled' | 'overdue' | undefined;
  /** What had arrived of a stream by then. */
  readonly produced?: PricedUsage | undefined;
}

export function connectionFailure({ provider, thrown, ended, produced }: Break): ProviderError {
  if (thrown instanceof ProviderError) return thrown;
  const billed = produced === undefined ? ({ kind: 'unknown' } as const) : ({ kind: 'usage', usage: produced } as const);
  const cause = thrown;
  if (ended === 'cancelled') return new ProviderError('cancelled', 'The call was cancelled.', { billed, cause });
  const code = errorCode(thrown);
  if (ended === 'overdue' || SILENT.has(code)) {
    const hint = 'Raise `timeouts` in config.yaml if this model is slow.';
    return new ProviderError('model_timeout', `${provider} was silent for too long.`, { billed, hint, cause });
  }
  if (UNREACHABLE.has(code)) {
    const hint = 'Check the base URL and the network.';
    const message = `${provider} cannot be reached (${code}).`;
    return new ProviderError('model_unavailable', message, { billed: { kind: 'nothing' }, hint, cause });
  }
  if (produced !== undefined) {
    return new ProviderError('model_stream_cut', `${provider} broke its stream off.`, { billed, retryable: false, cause });
  }
  return new ProviderError('model_unavailable', `${provider} broke the connection off (${code}).`, { billed, cause });
}

/** An answer that came, but is not what the API promises. */
export function unreadable(provider: string, what: string, billed: PricedUsage | undefined, contentType: string): ProviderError {
  const json = /json|event-stream|amazon\.eventstream/.test(contentType);
  return new ProviderError(json ? 'model_unavailable' : 'model_rejected', `${provider} ${what}.`, {
    billed: billed === undefined ? { kind: 'unknown' } : { kind: 'usage', usage: billed },
    ...(json ? {} : { hint: 'Is the base URL that of the API that was expected? Most end in /v1.' }),
    details: { contentType },
  });
}

function errorCode(thrown: unknown): string {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') return error.code;
  }
  return thrown instanceof Error ? thrown.name : 'unknown';
}
