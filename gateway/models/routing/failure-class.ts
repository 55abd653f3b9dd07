// What kind of failure an error is, and what the router does about each kind. A provider's own word for it comes
// first; where it says none, the error's code decides.
import { ShoalError } from '#foundation';
import type { ErrorCode } from '#foundation';
import { ERROR_CLASSES } from '../provider-error.ts';
import type { ErrorClass } from '../provider-error.ts';

/** `limit`: one of our own limits below the router; `fault`: not a failure of the target at all. */
export type FailureClass = ErrorClass | 'budget' | 'limit' | 'cancelled' | 'fault';

/** Those that a group may name a fallback for; our own limits go where the provider's do. */
export const FALLBACK_CLASSES = [
  'outage',
  'timeout',
  'rate-limit',
  'context-window',
  'content-policy',
  'credit',
  'auth',
  'cut',
  'budget',
] as const;
export type FallbackClass = (typeof FALLBACK_CLASSES)[number];

const BY_CODE: Partial<Record<ErrorCode, FailureClass>> = {
  model_unavailable: 'outage',
  model_timeout: 'timeout',
  model_rate_limited: 'rate-limit',
  model_rejected: 'invalid',
  model_stream_cut: 'cut',
  context_exceeded: 'context-window',
  content_refused: 'content-policy',
  invalid_input: 'invalid',
  budget_exceeded: 'budget',
  limit_exceeded: 'limit',
  cancelled: 'cancelled',
};
const KNOWN: ReadonlySet<string> = new Set(ERROR_CLASSES);

export function failureClassOf(error: unknown): FailureClass {
  if (!(error instanceof ShoalError)) return 'fault';
  if (error.code === 'cancelled') return 'cancelled';
  const own = 'errorClass' in error ? error.errorClass : undefined;
  if (typeof own === 'string' && KNOWN.has(own)) return own as ErrorClass;
  return BY_CODE[error.code] ?? 'fault';
}

/** What the group does next, before it thinks of its fallbacks. */
export type Remedy = 'again' | 'elsewhere' | 'none';

const REMEDIES: Readonly<Record<FailureClass, Remedy>> = {
  outage: 'again',
  timeout: 'again',
  'rate-limit': 'again',
  cut: 'again',
  // The same key would be refused again; another may not be.
  auth: 'elsewhere',
  credit: 'elsewhere',
  limit: 'elsewhere',
  'context-window': 'none',
  'content-policy': 'none',
  invalid: 'none',
  budget: 'none',
  cancelled: 'none',
  fault: 'none',
};

export function remedyFor(error: unknown, failure: FailureClass): Remedy {
  const remedy = REMEDIES[failure];
  return remedy === 'again' && error instanceof ShoalError && !error.retryable ? 'none' : remedy;
}

export function fallbackClassOf(failure: FailureClass): FallbackClass | undefined {
  if (failure === 'limit') return 'rate-limit';
  return failure === 'invalid' || failure === 'cancelled' || failure === 'fault' ? undefined : failure;
}

/** When the provider, or a limit of ours, said to come back. */
export function retryAfterMsOf(error: unknown): number | undefined {
  if (!(error instanceof ShoalError)) return undefined;
  const said = 'retryAfterMs' in error ? error.retryAfterMs : error.details['retryAfterMs'];
  return typeof said === 'number' ? said : undefined;
}
