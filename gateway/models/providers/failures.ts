// How a provider's refusal becomes one of our errors: its class, its code, whether and when to try again, and what it
// may have billed. A refusal is not billed. What a caller of ours reads never holds what the operator's key has to do
// with it: words about keys and credit stay here.
import type { ErrorCode } from '#foundation';
import type { DialectId } from '../dialects/dialect.ts';
import { ProviderError } from '../provider-error.ts';
import type { Billed, ErrorClass } from '../provider-error.ts';
import { classOf } from './failure-table.ts';
import { headerOf, readRateLimits, resetPauseMs, retryAfterMs } from './rate-limits.ts';
import type { ResponseHeaders } from './rate-limits.ts';

export interface Failure {
  readonly provider: string;
  readonly dialect: DialectId | 'openai-embeddings';
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: string;
  /** What the dialect's `readError` makes of the body. */
  readonly said: { readonly message: string; readonly code: string };
  /** What may have been billed where the provider failed inside an answer; a refusal is not billed. */
  readonly billed?: Billed | undefined;
  /** Name of the variable of the key that was used. */
  readonly keyEnv?: string | undefined;
}

/** More of an answer than this is not kept. */
const BODY_CHARACTERS = 16 * 1024;
const MESSAGE_CHARACTERS = 500;

interface ClassRow {
  readonly code: ErrorCode;
  readonly hint: (failure: Failure) => string;
  /** The provider's words may be shown to whoever called us. */
  readonly isCallers: boolean;
}

const CLASSES: Readonly<Record<ErrorClass, ClassRow>> = {
  outage: { code: 'model_unavailable', hint: () => 'The provider has a fault; try again later.', isCallers: true },
  timeout: { code: 'model_timeout', hint: () => 'The provider gave up waiting; try again.', isCallers: true },
  'rate-limit': {
    code: 'model_rate_limited',
    hint: () => 'Lower `limits.concurrency`, or ask the provider for a higher limit.',
    isCallers: true,
  },
  'context-window': {
    code: 'context_exceeded',
    hint: () => 'Send less text at once, or choose a model that takes more.',
    isCallers: true,
  },
  'content-policy': {
    code: 'content_refused',
    hint: () => 'The provider does not answer this; change what is asked.',
    isCallers: true,
  },
  credit: { code: 'model_rejected', hint: () => 'The account at the provider has no credit.', isCallers: false },
  auth: {
    code: 'model_rejected',
    hint: ({ keyEnv }) => `Check the key in ${keyEnv ?? 'the provider’s configuration'}, and what it may be used for.`,
    isCallers: false,
  },
  invalid: {
    code: 'model_rejected',
    hint: ({ status }) =>
      status === 404
        ? 'Check the model’s name and the base URL (most end in /v1).'
        : 'The provider does not accept this request.',
    isCallers: true,
  },
  cut: { code: 'model_stream_cut', hint: () => 'The provider ended its answer early; try again.', isCallers: true },
};

export function classifyFailure(failure: Failure): ProviderError {
  const { provider, dialect, status, headers, body, said } = failure;
  const message = said.message.slice(0, MESSAGE_CHARACTERS * 4);
  const complaint = { status, code: said.code || amazonCode(headers), message };
  const errorClass = classOf(complaint);
  const { code, hint, isCallers } = CLASSES[errorClass];
  const words = message.replaceAll(/\s+/g, ' ').slice(0, MESSAGE_CHARACTERS) || 'no explanation';
  return new ProviderError(code, `${provider} answered ${status}: ${isCallers ? words : PRIVATE_WORDS[errorClass]}`, {
    errorClass,
    billed: failure.billed ?? { kind: 'nothing' },
    // OpenAI and Anthropic say so where trying again cannot help.
    ...(headerOf(headers, 'x-should-retry') === 'false' ? { retryable: false } : {}),
    retryAfterMs:
      retryAfterMs(headers, body) ?? (errorClass === 'rate-limit' ? resetPauseMs(readRateLimits(headers)) : undefined),
    hint: hint(failure),
    details: { provider, status, class: errorClass, ...(complaint.code === '' ? {} : { code: complaint.code }) },
    upstream: isCallers ? { status, body: body.slice(0, BODY_CHARACTERS), dialect } : undefined,
  });
}

const PRIVATE_WORDS: Readonly<Partial<Record<ErrorClass, string>>> = {
  credit: 'the account has no credit.',
  auth: 'the key is not accepted.',
};

/** Bedrock names the error in a header, `ThrottlingException:http://…`. */
function amazonCode(headers: ResponseHeaders): string {
  return headerOf(headers, 'x-amzn-errortype')?.split(':')[0] ?? '';
}
