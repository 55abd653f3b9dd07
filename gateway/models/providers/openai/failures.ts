// Every way in which an OpenAI-compatible server can fail, as one of our codes: whether to try again, when, and what
// it may have billed. An HTTP error is an answer that was refused and is not billed; silence may have been work.
import { z } from 'zod';
import type { ErrorCode, TokenUsage } from '#foundation';
import { ProviderError } from '../../provider-error.ts';

export interface HttpFailure {
  readonly provider: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly apiKeyEnv: string | undefined;
}

const ErrorBody = z.object({
  error: z.union([
    z.string().transform((message) => ({ message, code: undefined, type: undefined })),
    z.object({
      message: z.string().default(''),
      code: z.union([z.string(), z.number()]).nullish(),
      type: z.string().nullish(),
    }),
  ]),
});

/** What the server says is wrong. */
export interface Complaint {
  readonly message: string;
  readonly code: string;
}

export function complaintOf(body: string): Complaint {
  try {
    const { error } = ErrorBody.parse(JSON.parse(body));
    return { message: error.message, code: String(error.code ?? error.type ?? '') };
  } catch {
    return { message: body.replaceAll(/\s+/g, ' ').slice(0, 200), code: '' };
  }
}

interface StatusRow {
  readonly code: ErrorCode;
  readonly hint: (failure: HttpFailure) => string;
}

const row = (code: ErrorCode, hint: string | ((failure: HttpFailure) => string)): StatusRow => ({
  code,
  hint: typeof hint === 'string' ? () => hint : hint,
});
const WRONG_KEY = row('model_rejected', ({ apiKeyEnv }) => `Check the key in ${apiKeyEnv ?? 'the provider’s configuration'}.`);
const LATER = row('model_unavailable', 'The provider has a fault; try again later.');

const BY_STATUS: Readonly<Record<number, StatusRow>> = {
  401: WRONG_KEY,
  403: WRONG_KEY,
  402: row('model_rejected', 'The account at the provider has no credit.'),
  404: row('model_rejected', 'Check the model’s name and the base URL (most end in /v1).'),
  408: row('model_timeout', 'The provider gave up waiting; try again.'),
  409: LATER,
  413: row('model_rejected', 'Send less text at once.'),
  429: row('model_rate_limited', 'Lower `limits.concurrency`, or ask the provider for a higher limit.'),
  504: row('model_timeout', 'The provider’s own gateway timed out; try again.'),
};

export function httpFailure(failure: HttpFailure): ProviderError {
  const { provider, status, headers, body } = failure;
  const complaint = complaintOf(body);
  const noCredit = complaint.code === 'insufficient_quota';
  const known = noCredit ? BY_STATUS[402] : BY_STATUS[status];
  const { code, hint } = known ?? (status >= 500 ? LATER : row('model_rejected', 'The provider does not accept this request.'));
  return new ProviderError(code, `${provider} answered ${status}: ${complaint.message || 'no explanation'}`, {
    billed: { kind: 'nothing' },
    retryAfterMs: retryAfterMs(headers),
    hint: hint(failure),
    details: { provider, status, ...(complaint.code === '' ? {} : { code: complaint.code }) },
  });
}

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

/** How a connection failed; `produced` is what had arrived of a stream by then. */
export function connectionFailure(
  provider: string,
  thrown: unknown,
  ended: 'cancelled' | 'overdue' | undefined,
  produced?: TokenUsage,
): ProviderError {
  if (thrown instanceof ProviderError) return thrown;
  const billed = produced === undefined ? ({ kind: 'unknown' } as const) : ({ kind: 'usage', usage: produced } as const);
  if (ended === 'cancelled') return new ProviderError('cancelled', 'The call was cancelled.', { billed, cause: thrown });
  const code = errorCode(thrown);
  if (ended === 'overdue' || SILENT.has(code)) {
    const hint = 'Raise `timeouts` in config.yaml if this model is slow.';
    return new ProviderError('model_timeout', `${provider} was silent for too long.`, { billed, hint, cause: thrown });
  }
  if (UNREACHABLE.has(code)) {
    const hint = 'Check the base URL and the network.';
    const message = `${provider} cannot be reached (${code}).`;
    return new ProviderError('model_unavailable', message, { billed: { kind: 'nothing' }, hint, cause: thrown });
  }
  if (produced !== undefined) {
    return new ProviderError('model_stream_cut', `${provider} broke its stream off.`, {
      billed,
      retryable: false,
      cause: thrown,
    });
  }
  return new ProviderError('model_unavailable', `${provider} broke the connection off (${code}).`, { billed, cause: thrown });
}

/** An answer that came, but is not what the API promises. */
export function unreadable(provider: string, what: string, billed: TokenUsage | undefined, contentType: string): ProviderError {
  const json = /json|event-stream/.test(contentType);
  return new ProviderError(json ? 'model_unavailable' : 'model_rejected', `${provider} ${what}.`, {
    billed: billed === undefined ? { kind: 'unknown' } : { kind: 'usage', usage: billed },
    ...(json ? {} : { hint: 'Is the base URL that of an OpenAI-compatible API? Most end in /v1.' }),
    details: { contentType },
  });
}

function errorCode(thrown: unknown): string {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string') return error.code;
  }
  return thrown instanceof Error ? thrown.name : 'unknown';
}

function retryAfterMs(headers: HttpFailure['headers']): number | undefined {
  const exact = Number(first(headers['retry-after-ms']));
  if (Number.isFinite(exact) && exact >= 0) return exact;
  const text = first(headers['retry-after']);
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
