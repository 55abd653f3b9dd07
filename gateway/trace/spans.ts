// A finished call as spans in OpenTelemetry's conventions for generative AI: the call itself, and a child for each
// attempt. Ours go under `shoal.`. What a convention has no value for is left out, never guessed.
import type { AttemptRecord } from './entry.ts';
import type { RequestRecord, RequestSpan } from '../contract.ts';
import { courseWords } from './course-words.ts';
import { errorTypeOf } from './error-type.ts';

type Attributes = Record<string, string | number | boolean | readonly string[]>;

/** The conventions' names of providers, where they differ from ours. */
const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  azure: 'azure.ai.openai',
  bedrock: 'aws.bedrock',
  gemini: 'gcp.gemini',
  mistral: 'mistral_ai',
  xai: 'x_ai',
};
const OPERATION_NAMES = { generate: 'chat', embed: 'embeddings', tool: 'execute_tool' } as const;

export interface SpanSource {
  readonly request: RequestRecord;
  readonly steps: Readonly<Record<string, number>>;
  /** Times count from the start of the call. */
  readonly tries: readonly AttemptRecord[];
  /** Where a provider lives, by its id. */
  readonly addressOf: (provider: string) => string | undefined;
}

/** The first is the call's own. */
export function spansOf({ request, steps, tries, addressOf }: SpanSource): readonly RequestSpan[] {
  const operation = OPERATION_NAMES[request.operation];
  const root: RequestSpan = {
    name: `${operation} ${request.operation === 'tool' ? request.target : bareModel(request.asked)}`,
    kind: request.door === 'in-process' ? 'internal' : 'server',
    startMs: 0,
    durationMs: request.latencyMs,
    errorType: request.errorType,
    attributes: { ...rootAttributes(request, operation), ...stepAttributes(steps) },
  };
  const children = tries.map((attempt, place): RequestSpan => {
    const errorType = attempt.errorCode === undefined ? undefined : errorTypeOf(attempt.errorCode);
    const address = addressOf(attempt.provider);
    return {
      name: `${operation} ${bareModel(attempt.model)}`,
      kind: 'client',
      startMs: attempt.startedAt,
      durationMs: attempt.endedAt - attempt.startedAt,
      errorType,
      attributes: {
        'gen_ai.operation.name': operation,
        'gen_ai.provider.name': PROVIDER_NAMES[attempt.provider] ?? attempt.provider,
        'gen_ai.request.model': bareModel(attempt.model),
        'shoal.attempt': place + 1,
        ...courseAttributes(attempt),
        ...(address === undefined ? {} : { 'server.address': address }),
        ...(errorType === undefined ? {} : { 'error.type': errorType }),
      },
    };
  });
  return [root, ...children];
}

function rootAttributes(request: RequestRecord, operation: string): Attributes {
  const attributes: Attributes = {
    'gen_ai.operation.name': operation,
    'shoal.request.id': request.id,
    'shoal.door': request.door,
    'shoal.stage': request.stage,
    'shoal.outcome': request.outcome,
    'shoal.attempts': request.attempts,
    'shoal.stream': request.stream,
  };
  const put = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) attributes[name] = value;
  };
  if (request.operation === 'tool') put('gen_ai.tool.name', request.target);
  else {
    put(
      'gen_ai.provider.name',
      request.provider === undefined ? undefined : (PROVIDER_NAMES[request.provider] ?? request.provider),
    );
    put('gen_ai.request.model', bareModel(request.asked));
    put(
      'gen_ai.response.model',
      request.outcome === 'ok' || request.outcome === 'cassette' ? bareModel(request.target) : undefined,
    );
    put('gen_ai.usage.input_tokens', request.inputTokens);
    put('gen_ai.usage.output_tokens', request.outputTokens);
    put('gen_ai.usage.cache_read.input_tokens', request.cachedInputTokens);
    put('gen_ai.usage.cache_creation.input_tokens', request.cacheWriteTokens);
    put('gen_ai.usage.reasoning.output_tokens', request.reasoningTokens);
    put('shoal.cost_nano_usd', request.costNanoUsd);
    put('shoal.upstream_ms', request.upstreamMs);
    if (request.finishReason !== undefined) attributes['gen_ai.response.finish_reasons'] = [request.finishReason];
  }
  put('shoal.time_to_first_token_ms', request.firstOutputMs);
  put('error.type', request.errorType);
  put('shoal.team', request.team);
  put('shoal.user', request.user);
  put('shoal.key', request.key);
  put('shoal.run', request.runId);
  put('shoal.agent', request.agent);
  put('shoal.round', request.round);
  put('shoal.cache', request.cache);
  const { observed, redacted, blocked } = request.guardrails;
  if (observed + redacted + blocked > 0) {
    put('shoal.guardrails.observed', observed);
    put('shoal.guardrails.redacted', redacted);
    put('shoal.guardrails.blocked', blocked);
  }
  return attributes;
}

function courseAttributes({ keyName, course }: AttemptRecord): Attributes {
  const attributes: Attributes = {};
  const put = (name: string, value: string | number | boolean | undefined): void => {
    if (value !== undefined) attributes[`shoal.attempt.${name}`] = value;
  };
  put('key', keyName);
  if (course === undefined) return attributes;
  const { cause, breaker, outcome, failure, retryAfterMs } = course;
  put('why', cause.why);
  put('after', cause.failure);
  put('rule', cause.rule);
  if (cause.waitedMs > 0) put('waited_ms', cause.waitedMs);
  if (breaker !== 'closed') put('breaker', breaker);
  put('outcome', outcome);
  put('failure', failure);
  put('retry_after_ms', retryAfterMs);
  put('course', courseWords(course));
  return attributes;
}

function stepAttributes(steps: Readonly<Record<string, number>>): Attributes {
  return Object.fromEntries(Object.entries(steps).map(([name, milliseconds]) => [`shoal.step.${name}_ms`, milliseconds]));
}

/** `openai/gpt-5` is called `gpt-5` at its provider. */
function bareModel(model: string): string {
  const slash = model.indexOf('/');
  return slash <= 0 ? model : model.slice(slash + 1);
}
