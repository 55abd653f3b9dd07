// Every provider's words for what went wrong, in the bodies that it documents or is known to send.
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../foundation/errors.ts';
import type { ErrorClass } from '../../../gateway/models/provider-error.ts';
import { ProviderError } from '../../../gateway/models/provider-error.ts';
import { connectionFailure, unreadable } from '../../../gateway/models/providers/connection-failure.ts';
import { classifyFailure } from '../../../gateway/models/providers/failures.ts';
import type { Failure } from '../../../gateway/models/providers/failures.ts';

/** provider, status, code, message, expected class. */
type Row = readonly [string, number, string, string, ErrorClass];

const SAID: readonly Row[] = [
  ['openai', 400, 'context_length_exceeded', "This model's maximum context length is 128000 tokens.", 'context-window'],
  ['openai', 400, 'content_policy_violation', 'Your request was rejected as a result of our safety system.', 'content-policy'],
  ['openai', 400, 'invalid_prompt', 'Your prompt was flagged as potentially violating our usage policy.', 'content-policy'],
  ['openai', 429, 'insufficient_quota', 'You exceeded your current quota, please check your plan and billing details.', 'credit'],
  ['openai', 429, 'rate_limit_exceeded', 'Rate limit reached for gpt-4o. Please try again in 1.2s.', 'rate-limit'],
  ['openai', 429, 'tokens', 'Request too large for gpt-4o on tokens per min (TPM): Limit 30000.', 'rate-limit'],
  ['openai', 401, 'invalid_api_key', 'Incorrect API key provided: sk-ab***xy.', 'auth'],
  ['openai', 404, 'model_not_found', 'The model `gpt-9` does not exist.', 'invalid'],
  ['openai', 400, 'unsupported_parameter', "Unsupported parameter: 'max_tokens'.", 'invalid'],
  ['openai', 500, 'server_error', 'The server had an error.', 'outage'],
  ['openai', 503, 'slow_down', 'Please reduce your request rate.', 'rate-limit'],
  ['anthropic', 400, 'invalid_request_error', 'prompt is too long: 215000 tokens > 200000 maximum', 'context-window'],
  [
    'anthropic',
    400,
    'invalid_request_error',
    'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000',
    'context-window',
  ],
  ['anthropic', 400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.', 'credit'],
  ['anthropic', 400, 'invalid_request_error', 'Output blocked by content filtering policy', 'content-policy'],
  ['anthropic', 400, 'invalid_request_error', 'max_tokens: Field required', 'invalid'],
  ['anthropic', 401, 'authentication_error', 'invalid x-api-key', 'auth'],
  ['anthropic', 403, 'permission_error', 'Your API key does not have permission to use the specified resource.', 'auth'],
  ['anthropic', 429, 'rate_limit_error', 'This request would exceed your rate limit.', 'rate-limit'],
  ['anthropic', 529, 'overloaded_error', 'Overloaded', 'outage'],
  ['anthropic', 200, 'overloaded_error', 'Overloaded', 'outage'],
  ['anthropic', 504, 'timeout_error', 'The request timed out.', 'timeout'],
  ['anthropic', 500, 'api_error', 'Internal server error', 'outage'],
  [
    'gemini',
    400,
    'INVALID_ARGUMENT',
    'The input token count (1500000) exceeds the maximum number of tokens allowed (1048576).',
    'context-window',
  ],
  ['gemini', 400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', 'auth'],
  ['gemini', 400, 'INVALID_ARGUMENT', 'Unknown name "foo": Cannot find field.', 'invalid'],
  ['gemini', 403, 'PERMISSION_DENIED', 'Your API key was reported as leaked.', 'auth'],
  ['gemini', 429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota.', 'rate-limit'],
  ['gemini', 429, 'RESOURCE_EXHAUSTED', 'Your prepayment credits are depleted.', 'credit'],
  ['gemini', 503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.', 'outage'],
  ['gemini', 504, 'DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.', 'timeout'],
  ['gemini', 500, 'INTERNAL', 'An internal error has occurred.', 'outage'],
  ['gemini', 400, 'PROHIBITED_CONTENT', 'The prompt was blocked.', 'content-policy'],
  ['bedrock', 429, 'ThrottlingException', 'Too many requests, please wait before trying again.', 'rate-limit'],
  ['bedrock', 400, 'ValidationException', 'Input is too long for requested model.', 'context-window'],
  ['bedrock', 400, 'ValidationException', 'The provided model identifier is invalid.', 'invalid'],
  ['bedrock', 429, 'ModelNotReadyException', 'The model is not ready for inference.', 'outage'],
  ['bedrock', 408, 'ModelTimeoutException', 'Model has timed out.', 'timeout'],
  ['bedrock', 424, 'ModelErrorException', 'The model failed.', 'outage'],
  ['bedrock', 503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.', 'outage'],
  ['bedrock', 403, 'AccessDeniedException', "You don't have access to the model with the specified model ID.", 'auth'],
  ['bedrock', 403, 'ExpiredTokenException', 'The security token included in the request is expired', 'auth'],
  ['bedrock', 400, 'ServiceQuotaExceededException', 'Your request exceeds the service quota.', 'rate-limit'],
  [
    'azure-openai',
    400,
    'content_filter',
    "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
    'content-policy',
  ],
  ['azure-openai', 404, 'DeploymentNotFound', 'The API deployment for this resource does not exist.', 'invalid'],
  ['azure-openai', 429, '429', 'Requests have exceeded call rate limit of your current pricing tier.', 'rate-limit'],
  ['azure-openai', 401, '401', 'Access denied due to invalid subscription key or wrong API endpoint.', 'auth'],
  ['openrouter', 402, '402', 'Insufficient credits. Add more to continue.', 'credit'],
  ['openrouter', 403, '403', 'anthropic/claude requires moderation. Your input was flagged for "violence".', 'content-policy'],
  ['openrouter', 502, '502', 'Provider returned error', 'outage'],
  ['groq', 400, 'context_length_exceeded', 'Please reduce the length of the messages or completion.', 'context-window'],
  ['groq', 413, 'rate_limit_exceeded', 'Request too large for model on tokens per minute (TPM).', 'rate-limit'],
  ['groq', 498, '', 'Flex tier capacity exceeded', 'rate-limit'],
  [
    'mistral',
    400,
    '3051',
    'Prompt contains 40000 tokens, too large for model with 32768 maximum context length',
    'context-window',
  ],
  ['mistral', 429, '3505', 'Service tier capacity exceeded for this model.', 'rate-limit'],
  ['mistral', 422, '', 'Extra inputs are not permitted', 'invalid'],
  ['deepseek', 402, 'invalid_request_error', 'Insufficient Balance', 'credit'],
  ['deepseek', 400, 'invalid_request_error', 'Content Exists Risk', 'content-policy'],
  ['qwen', 400, 'data_inspection_failed', 'Input data may contain inappropriate content.', 'content-policy'],
  ['qwen', 400, 'Arrearage', 'Access denied, please make sure your account is in good standing.', 'credit'],
  ['qwen', 400, 'InvalidParameter', 'Range of input length should be [1, 30720]', 'context-window'],
  ['qwen', 429, 'Throttling.RateQuota', 'Requests rate limit exceeded.', 'rate-limit'],
  ['xai', 400, '', "This model's maximum prompt length is 131072 but the request contains 140000 tokens.", 'context-window'],
  ['xai', 400, '', 'Incorrect API key provided: xa***en.', 'auth'],
  ['xai', 403, '', 'Your team has either used all available credits or reached its monthly spending limit.', 'credit'],
  ['together', 422, '', '`inputs` tokens + `max_new_tokens` must be <= 8193.', 'context-window'],
  ['fireworks', 400, '', 'The prompt is too long: 9000, model maximum context length: 8191', 'context-window'],
  [
    'vllm',
    400,
    'BadRequestError',
    "This model's maximum context length is 4096 tokens. However, you requested 5000.",
    'context-window',
  ],
  ['llama.cpp', 400, 'exceed_context_size_error', 'the request exceeds the available context size', 'context-window'],
  ['any', 400, '', '', 'invalid'],
  ['any', 401, '', '', 'auth'],
  ['any', 403, '', '', 'auth'],
  ['any', 408, '', '', 'timeout'],
  ['any', 429, '', '', 'rate-limit'],
  ['any', 500, '', 'stack trace', 'outage'],
  ['any', 524, '', '', 'timeout'],
];

const CODES: Readonly<Record<ErrorClass, ErrorCode>> = {
  outage: 'model_unavailable',
  timeout: 'model_timeout',
  'rate-limit': 'model_rate_limited',
  'context-window': 'context_exceeded',
  'content-policy': 'content_refused',
  credit: 'model_rejected',
  auth: 'model_rejected',
  invalid: 'model_rejected',
  cut: 'model_stream_cut',
};

const failure = (parts: Partial<Failure>): Failure => ({
  provider: 'openai',
  dialect: 'openai-chat',
  status: 400,
  headers: {},
  body: '{}',
  said: { code: '', message: '' },
  ...parts,
});

const after = (parts: Partial<Failure>): number | undefined => classifyFailure(failure({ status: 429, ...parts })).retryAfterMs;
const thrown = (code: string): Error => new Error('fetch failed', { cause: Object.assign(new Error(code), { code }) });

const of = (parts: object): ProviderError => connectionFailure({ provider: 'p', thrown: thrown('ECONNRESET'), ...parts });

describe('what a provider says', () => {
  it.each(SAID)('%s %i %s: %s → %s', (provider, status, code, message, errorClass) => {
    const error = classifyFailure(failure({ provider, status, said: { code, message } }));
    expect(error).toMatchObject({ errorClass, code: CODES[errorClass], billed: { kind: 'nothing' } });
    expect(error.retryable).toBe(['outage', 'timeout', 'rate-limit'].includes(errorClass));
    expect(error.hint).toBeTruthy();
    expect(error.details).toMatchObject({ provider, status });
  });

  it('is read off Amazon’s header where the body does not say it', () => {
    const headers = { 'x-amzn-errortype': 'ThrottlingException:http://internal.amazon.com/coral/' };
    expect(classifyFailure(failure({ status: 400, headers })).errorClass).toBe('rate-limit');
  });

  it('comes back to a caller of the same API, cut to a length that is safe to keep', () => {
    const body = `{"error":"${'x'.repeat(100_000)}"}`;
    const { upstream } = classifyFailure(failure({ status: 404, body, said: { code: '', message: 'No such model' } }));
    expect(upstream).toMatchObject({ status: 404, dialect: 'openai-chat' });
    expect(upstream?.body).toHaveLength(16 * 1024);
  });

  it('does not come back, nor into the message, where it is about the operator’s key or money', () => {
    const said = { code: 'invalid_api_key', message: 'Incorrect API key provided: sk-ab***xy.' };
    const error = classifyFailure(failure({ status: 401, body: JSON.stringify(said), said, keyEnv: 'OPENAI_API_KEY' }));
    expect(error.upstream).toBeUndefined();
    expect(error.message).toBe('openai answered 401: the key is not accepted.');
    expect(error.hint).toContain('OPENAI_API_KEY');
    const broke = classifyFailure(
      failure({ status: 402, body: 'team 17 owes $3', said: { code: '', message: 'team 17 owes $3' } }),
    );
    expect(broke.upstream).toBeUndefined();
    expect(broke.message).not.toContain('17');
  });

  it('is not printed by a log that prints the error', () => {
    const error = classifyFailure(failure({ status: 404, body: 'somebody’s prompt', said: { code: '', message: 'No' } }));
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('somebody');
    expect(JSON.stringify(error)).not.toContain('somebody');
  });

  it('says when to come back, in headers or in words', () => {
    expect(after({ headers: { 'retry-after-ms': '1500', 'retry-after': '2' } })).toBe(1500);
    expect(after({ headers: { 'retry-after': '2' } })).toBe(2000);
    expect(after({ body: '{"details":[{"retryDelay":"37s"}]}' })).toBe(37_000);
    expect(after({ body: '{"error":{"message":"Please try again in 1m7.66s."}}' })).toBe(67_660);
    const exhausted = {
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '12s',
      'x-ratelimit-reset-tokens': '60s',
    };
    expect(after({ headers: exhausted })).toBe(12_000);
    expect(after({ headers: { ...exhausted, 'x-ratelimit-remaining-tokens': '0' } })).toBe(60_000);
    expect(after({ headers: { 'x-ratelimit-remaining-requests': '5', 'x-ratelimit-reset-requests': '12s' } })).toBeUndefined();
    expect(after({})).toBeUndefined();
  });

  it('is not tried again where the provider says that it cannot help', () => {
    const headers = { 'x-should-retry': 'false' };
    expect(classifyFailure(failure({ status: 500, headers })).retryable).toBe(false);
    expect(classifyFailure(failure({ status: 500 })).retryable).toBe(true);
  });

  it('bills what had been written where it came inside an answer', () => {
    const billed = { kind: 'usage', usage: { inputTokens: 1, outputTokens: 2, cachedInputTokens: 0 } } as const;
    expect(classifyFailure(failure({ status: 200, billed, said: { code: 'overloaded_error', message: '' } }))).toMatchObject({
      errorClass: 'outage',
      billed,
    });
  });

  it('keeps its class and words when it becomes final', () => {
    const error = classifyFailure(failure({ status: 529, body: 'b', said: { code: 'overloaded_error', message: 'm' } }));
    expect(error.final()).toMatchObject({ errorClass: 'outage', retryable: false, upstream: { body: 'b' } });
  });
});

describe('a connection that fails', () => {
  const produced = { inputTokens: 10, outputTokens: 5, cachedInputTokens: 0 };
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED'])(
    'was never made: %s bills nothing',
    (code) => {
      const error = of({ thrown: thrown(code) });
      expect(error).toMatchObject({
        code: 'model_unavailable',
        errorClass: 'outage',
        billed: { kind: 'nothing' },
        retryable: true,
      });
      expect(error.message).toContain(code);
    },
  );

  it.each(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])('was silent: %s may have been work', (code) => {
    expect(of({ thrown: thrown(code) })).toMatchObject({
      code: 'model_timeout',
      errorClass: 'timeout',
      billed: { kind: 'unknown' },
    });
  });

  it('took too long, or was ended by the caller', () => {
    expect(of({ ended: 'overdue' })).toMatchObject({ code: 'model_timeout', billed: { kind: 'unknown' } });
    expect(of({ ended: 'cancelled', produced })).toMatchObject({ code: 'cancelled', billed: { kind: 'usage', usage: produced } });
  });

  it('broke off before or inside the answer', () => {
    expect(of({})).toMatchObject({ code: 'model_unavailable', billed: { kind: 'unknown' }, retryable: true });
    expect(of({ produced })).toMatchObject({
      code: 'model_stream_cut',
      errorClass: 'cut',
      billed: { kind: 'usage', usage: produced },
      retryable: false,
    });
  });

  it('passes on what is a provider’s failure already', () => {
    const error = new ProviderError('model_rejected', 'no', { billed: { kind: 'nothing' } });
    expect(error.errorClass).toBe('invalid');
    expect(of({ thrown: error })).toBe(error);
  });

  it('answered with something else than the API promises', () => {
    expect(unreadable('p', 'did not answer with a completion', undefined, 'text/html')).toMatchObject({
      code: 'model_rejected',
      billed: { kind: 'unknown' },
    });
    expect(unreadable('p', 'x', produced, 'application/json')).toMatchObject({
      code: 'model_unavailable',
      billed: { kind: 'usage' },
    });
  });
});
