// A provider's refusal in the caller's own API goes back in the provider's words: clients read its codes.
import type { ServerResponse } from 'node:http';
import type { DialectId } from '../models/dialects/dialect.ts';
import { openAiErrorBody } from '../models/dialects/openai/errors.ts';
import type { ModelCall } from '../models/model-call.ts';
import { ProviderError } from '../models/provider-error.ts';
import { ourHeaders, sendJson } from './wire-call.ts';

/** Whether it was one, and has been sent. */
export function sendUpstreamError(
  response: ServerResponse,
  api: DialectId | 'openai-embeddings',
  call: ModelCall,
  thrown: unknown,
): boolean {
  if (!(thrown instanceof ProviderError) || thrown.upstream === undefined || response.headersSent) return false;
  const { status, body, dialect: spoken } = thrown.upstream;
  if (spoken !== api || status === 401 || status === 403) return false;
  // Many servers speak OpenAI's API, and not all of them its errors.
  const told = api.startsWith('openai') ? openAiErrorBody(status, body) : body;
  sendJson(response, status, Buffer.from(told), {
    ...ourHeaders(call.id, call.tally),
    'x-shoal-error': thrown.code,
    ...(thrown.retryable ? {} : { 'x-should-retry': 'false' }),
    ...(thrown.retryAfterMs === undefined ? {} : { 'retry-after-ms': String(thrown.retryAfterMs) }),
  });
  return true;
}
