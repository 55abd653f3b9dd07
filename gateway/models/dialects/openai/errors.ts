// Errors in OpenAI's words, in both directions. Both of its APIs answer with the same body.
import type { ErrorCode, ShoalError } from '#foundation';
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';
import { parsedJson, textOr } from './fields.ts';

interface Words {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly param?: string;
}

const REQUEST = 'invalid_request_error';
const NO_PREVIOUS_RESPONSE: Words = { status: 400, type: REQUEST, code: 'previous_response_not_found' };
const TOO_MANY: Words = { status: 429, type: 'requests', code: 'rate_limit_exceeded' };

/** What OpenAI has a word for; every other code keeps its own status and name. */
const WORDS: Partial<Readonly<Record<ErrorCode, Words>>> = {
  invalid_input: { status: 400, type: REQUEST, code: null },
  unauthenticated: { status: 401, type: REQUEST, code: 'invalid_api_key' },
  forbidden: { status: 403, type: 'request_forbidden', code: 'permission_denied' },
  origin_refused: { status: 403, type: 'request_forbidden', code: 'permission_denied' },
  // As OpenAI says it: a quota that is used up is a 429 too, and only the code tells it from a rate limit.
  budget_exceeded: { status: 429, type: 'insufficient_quota', code: 'insufficient_quota' },
  limit_exceeded: TOO_MANY,
  model_rate_limited: TOO_MANY,
  model_unknown: { status: 404, type: REQUEST, code: 'model_not_found', param: 'model' },
  context_exceeded: { status: 400, type: REQUEST, code: 'context_length_exceeded' },
  content_refused: { status: 400, type: REQUEST, code: 'content_filter' },
  guardrail_blocked: { status: 400, type: REQUEST, code: 'content_filter' },
};

function wordsFor(error: ShoalError): Words {
  const known = WORDS[error.code];
  if (known !== undefined) return isTokenLimit(error) ? { ...known, type: 'tokens' } : known;
  if (isAboutRequest(error)) return { status: 400, type: REQUEST, code: null };
  if (error.code === 'not_found') {
    return error.details['param'] === 'previous_response_id' ? NO_PREVIOUS_RESPONSE : { status: 404, type: REQUEST, code: null };
  }
  return { status: error.status, type: error.status < 500 ? REQUEST : 'server_error', code: error.code };
}

/** A provider of another API did not take the request itself; a name that it does not know is the operator's to mend. */
function isAboutRequest({ code, details }: ShoalError): boolean {
  return code === 'model_rejected' && details['class'] === 'invalid' && details['status'] !== 404;
}

/** OpenAI tells its two kinds of rate limit apart by the type. */
function isTokenLimit({ code, details }: ShoalError): boolean {
  const { limit } = details;
  return code === 'limit_exceeded' && typeof limit === 'string' && limit.endsWith('tokensPerMinute');
}

/** What is inside `error`, and the status. The hint goes into the message: this shape has no other place for it. */
export function openAiError(error: ShoalError): { readonly status: number; readonly body: Json; readonly code: string | null } {
  const { status, type, code, param } = wordsFor(error);
  const named = error.details['param'];
  const message = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
  return { status, code, body: { message, type, param: typeof named === 'string' ? named : (param ?? null), code } };
}

export function encodeError(error: ShoalError): { readonly status: number; readonly json: Json } {
  const { status, body } = openAiError(error);
  return { status, json: { error: body } };
}

/** A server's error body in OpenAI's shape; the same text where it has it already. */
export function openAiErrorBody(status: number, body: string): string {
  const parsed = parsedJson(body);
  const inner = isJson(parsed) ? parsed['error'] : undefined;
  if (isJson(inner) && typeof inner['message'] === 'string') return body;
  const { message, code } = readError(body);
  const error = { message, type: status < 500 ? REQUEST : 'server_error', param: null, code: code === '' ? null : code };
  return JSON.stringify({ error });
}

/** Compatible servers put a string there, a number for a code, or no JSON at all. */
export function readError(body: string): { readonly message: string; readonly code: string } {
  const parsed = parsedJson(body);
  // Gemini's compatible endpoint wraps the body in a list.
  const outer: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  const inner = isJson(outer) ? (outer['error'] ?? outer) : undefined;
  if (typeof inner === 'string') return { message: inner, code: '' };
  if (!isJson(inner)) return { message: body.replaceAll(/\s+/g, ' ').trim().slice(0, 200), code: '' };
  // A number only repeats the status; a word beside it says more.
  const word = [inner['code'], inner['type'], inner['status']].find((one) => typeof one === 'string' && one !== '');
  const code = word ?? inner['code'];
  const message = textOr(inner['message'], textOr(inner['detail'], ''));
  return {
    message: message === '' ? body.replaceAll(/\s+/g, ' ').trim().slice(0, 200) : message,
    code: typeof code === 'string' || typeof code === 'number' ? String(code) : '',
  };
}
