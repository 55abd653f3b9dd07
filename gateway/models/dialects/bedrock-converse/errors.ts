// Errors in Bedrock's words. Clients find the kind in the header `x-amzn-errortype` or in `__type` of the body.
import type { ErrorCode, ShoalError } from '#foundation';
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';
import { errorBodyStart, errorText, parseJson, textIn } from '../reading.ts';

type Words = readonly [type: string, status: number];

const WORDS: Partial<Record<ErrorCode, Words>> = {
  unauthenticated: ['UnrecognizedClientException', 403],
  forbidden: ['AccessDeniedException', 403],
  origin_refused: ['AccessDeniedException', 403],
  approval_required: ['AccessDeniedException', 403],
  not_found: ['ResourceNotFoundException', 404],
  model_unknown: ['ResourceNotFoundException', 404],
  conflict: ['ConflictException', 409],
  // Clients repeat throttling; a budget that is used up does not come back by waiting.
  budget_exceeded: ['ServiceQuotaExceededException', 400],
  limit_exceeded: ['ThrottlingException', 429],
  model_rate_limited: ['ThrottlingException', 429],
  model_timeout: ['ModelTimeoutException', 408],
  model_rejected: ['ValidationException', 400],
  model_invalid_output: ['ModelErrorException', 424],
  model_unavailable: ['ServiceUnavailableException', 503],
  model_stream_cut: ['ServiceUnavailableException', 503],
};

function wordsOf(error: ShoalError): Words {
  return WORDS[error.code] ?? (error.status < 500 ? ['ValidationException', 400] : ['InternalServerException', 500]);
}

export function encodeError(error: ShoalError): { readonly status: number; readonly json: Json } {
  const [type, status] = wordsOf(error);
  return { status, json: { __type: type, message: errorText(error) } };
}

/** The exceptions that a stream may end with. */
const STREAM_EXCEPTIONS: Readonly<Record<string, string>> = {
  ValidationException: 'validationException',
  ThrottlingException: 'throttlingException',
  ServiceUnavailableException: 'serviceUnavailableException',
  ModelErrorException: 'modelStreamErrorException',
};
export const streamException = (error: ShoalError): string => STREAM_EXCEPTIONS[wordsOf(error)[0]] ?? 'internalServerException';

export function readError(body: string): { readonly message: string; readonly code: string } {
  const json = parseJson(body);
  if (!isJson(json)) return { message: errorBodyStart(body), code: '' };
  const message = textIn(json, 'message') ?? textIn(json, 'Message') ?? errorBodyStart(body);
  // The type may stand behind a namespace: `com.amazon.coral.service#ThrottlingException`.
  return { message, code: (textIn(json, '__type') ?? textIn(json, 'code') ?? '').split('#').at(-1) ?? '' };
}
