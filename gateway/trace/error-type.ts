// Whose doing an error was: the closed vocabulary of `error.type`, of metrics and of the request log.
import type { ErrorCode } from '#foundation';

/** Who has to act: whoever called, whoever set the policy, the provider, or us. */
type Party = 'caller' | 'policy' | 'provider' | 'shoal';

const PARTIES: Readonly<Record<ErrorCode, Party>> = {
  invalid_input: 'caller',
  invalid_scenario: 'caller',
  invalid_config: 'shoal',
  no_documents: 'caller',
  document_unreadable: 'caller',
  document_too_large: 'caller',
  question_missing: 'caller',
  not_found: 'caller',
  conflict: 'caller',
  unauthenticated: 'caller',
  forbidden: 'policy',
  origin_refused: 'policy',
  budget_exceeded: 'policy',
  limit_exceeded: 'policy',
  model_unknown: 'caller',
  model_unpriced: 'policy',
  model_unavailable: 'provider',
  model_timeout: 'provider',
  model_rejected: 'provider',
  model_rate_limited: 'provider',
  model_stream_cut: 'provider',
  context_exceeded: 'caller',
  content_refused: 'provider',
  guardrail_blocked: 'policy',
  audit_broken: 'shoal',
  model_invalid_output: 'provider',
  tool_failed: 'provider',
  approval_required: 'policy',
  record_corrupt: 'shoal',
  replay_diverged: 'shoal',
  report_rejected: 'shoal',
  worker_failed: 'shoal',
  browser_missing: 'shoal',
  storage_failed: 'shoal',
  port_in_use: 'shoal',
  cancelled: 'caller',
  internal: 'shoal',
};

export type ErrorType = `${Party}_${ErrorCode}`;

const TYPES = new Map<string, ErrorType>(Object.entries(PARTIES).map(([code, party]) => [code, `${party}_${code as ErrorCode}`]));

/** Every word there is. */
export const ERROR_TYPES: readonly ErrorType[] = [...TYPES.values()];

/** A code that this version does not know (a row of a newer one) is our fault. */
export const errorTypeOf = (code: string): ErrorType => TYPES.get(code) ?? 'shoal_internal';
