// Errors in Gemini's words: Google's canonical status names with their HTTP codes.
import type { ErrorCode, ShoalError } from '#foundation';
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';
import { errorBodyStart, errorText, objectIn, parseJson, textIn } from '../reading.ts';

type Words = readonly [status: string, code: number];

const WORDS: Partial<Record<ErrorCode, Words>> = {
  unauthenticated: ['UNAUTHENTICATED', 401],
  forbidden: ['PERMISSION_DENIED', 403],
  origin_refused: ['PERMISSION_DENIED', 403],
  approval_required: ['PERMISSION_DENIED', 403],
  not_found: ['NOT_FOUND', 404],
  model_unknown: ['NOT_FOUND', 404],
  conflict: ['ABORTED', 409],
  // Clients repeat 429; a budget that is used up does not come back by waiting.
  budget_exceeded: ['FAILED_PRECONDITION', 400],
  limit_exceeded: ['RESOURCE_EXHAUSTED', 429],
  model_rate_limited: ['UNAVAILABLE', 503],
  model_unavailable: ['UNAVAILABLE', 503],
  model_stream_cut: ['UNAVAILABLE', 503],
  model_timeout: ['DEADLINE_EXCEEDED', 504],
  model_rejected: ['INVALID_ARGUMENT', 400],
  cancelled: ['CANCELLED', 499],
};

function wordsOf(error: ShoalError): Words {
  return WORDS[error.code] ?? (error.status < 500 ? ['INVALID_ARGUMENT', 400] : ['INTERNAL', 500]);
}

export function errorJson(error: ShoalError): Json {
  const [status, code] = wordsOf(error);
  return { error: { code, message: errorText(error), status } };
}

export function encodeError(error: ShoalError): { readonly status: number; readonly json: Json } {
  return { status: wordsOf(error)[1], json: errorJson(error) };
}

export function readError(body: string): { readonly message: string; readonly code: string } {
  const parsed = parseJson(body);
  // A refused stream answers with a list of one error.
  const json: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  const error = isJson(json) ? objectIn(json, 'error') : undefined;
  if (error === undefined) return { message: errorBodyStart(body), code: '' };
  return { message: textIn(error, 'message') ?? errorBodyStart(body), code: textIn(error, 'status') ?? '' };
}
