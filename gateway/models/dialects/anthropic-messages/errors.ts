// Errors in Anthropic's words. The status decides what the official client does: it repeats 408, 409, 429 and 5xx, so
// a budget that is used up is 402 and never 429.
import type { ErrorCode, ShoalError } from '#foundation';
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';
import { errorBodyStart, errorText, objectIn, parseJson, textIn } from '../reading.ts';

type Words = readonly [type: string, status: number];

const WORDS: Partial<Record<ErrorCode, Words>> = {
  unauthenticated: ['authentication_error', 401],
  forbidden: ['permission_error', 403],
  origin_refused: ['permission_error', 403],
  approval_required: ['permission_error', 403],
  not_found: ['not_found_error', 404],
  model_unknown: ['not_found_error', 404],
  document_too_large: ['request_too_large', 413],
  budget_exceeded: ['billing_error', 402],
  limit_exceeded: ['rate_limit_error', 429],
  model_rate_limited: ['overloaded_error', 529],
  model_timeout: ['timeout_error', 504],
  conflict: ['conflict_error', 409],
};

const wordsOf = (error: ShoalError): Words => {
  const words = WORDS[error.code];
  if (words !== undefined) return words;
  // A refusal of the provider is the caller's to mend: repeating it cannot help.
  if (error.code === 'model_rejected') return ['invalid_request_error', 400];
  if (error.status >= 400 && error.status < 499) return ['invalid_request_error', 400];
  return ['api_error', error.status];
};

export function errorJson(error: ShoalError): Json {
  return { type: 'error', error: { type: wordsOf(error)[0], message: errorText(error) }, request_id: null };
}

export function encodeError(error: ShoalError): { readonly status: number; readonly json: Json } {
  return { status: wordsOf(error)[1], json: errorJson(error) };
}

export function readError(body: string): { readonly message: string; readonly code: string } {
  const json = parseJson(body);
  const error = isJson(json) ? objectIn(json, 'error') : undefined;
  if (error === undefined) return { message: errorBodyStart(body), code: '' };
  return { message: textIn(error, 'message') ?? errorBodyStart(body), code: textIn(error, 'type') ?? '' };
}
