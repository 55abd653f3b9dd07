// Calls, targets and answers for tests of steps that stand around models.
import type { ModelInfo, Price } from '../../../gateway/contract.ts';
import type { Provider } from '../../../gateway/models/provider.ts';
import { newTally } from '../../../gateway/chain.ts';
import { NO_USAGE } from '../../../gateway/models/exchange.ts';
import type { ModelRequest } from '../../../gateway/models/exchange.ts';
import type { Attempt, Content, ModelAnswer, ModelCall, Output, Target } from '../../../gateway/models/model-call.ts';
import { ProviderError } from '../../../gateway/models/provider-error.ts';
import { LOCAL_PRINCIPAL } from '../../../gateway/policy/principal.ts';
import type { Principal } from '../../../gateway/policy/principal.ts';
import { BARE_REQUEST } from '../bare-request.ts';

export function contentOf(request: ModelRequest = BARE_REQUEST): Content {
  const content: Content = {
    request: () => request,
    embedding: () => ({ model: request.model, texts: [], dimensions: undefined, encoding: 'float' }),
    wire: undefined,
    local: undefined,
    texts: () => [],
    withTexts: () => content,
  };
  return content;
}

let calls = 0;

export function callOf(asked: string, changes: Partial<ModelCall> = {}): ModelCall {
  return {
    id: `call-${calls++}`,
    kind: 'model',
    principal: LOCAL_PRINCIPAL,
    target: asked,
    runId: undefined,
    budget: 'shoal',
    stage: 'outside',
    agent: undefined,
    round: undefined,
    signal: new AbortController().signal,
    tally: newTally(),
    operation: 'generate',
    asked,
    output: undefined,
    choices: 1,
    inputTokenBound: 100,
    maxOutputTokens: 50,
    content: contentOf(),
    ...changes,
  };
}

export function keyed(changes: Partial<Principal>): Principal {
  return { ...LOCAL_PRINCIPAL, kind: 'key', keyId: 'k1', name: 'mobile', ...changes };
}

const PRICE: Price = {
  inputNanoUsdPerToken: 10,
  cachedInputNanoUsdPerToken: 1,
  outputNanoUsdPerToken: 20,
  source: 'test',
};

const never = (): never => {
  throw new Error('These tests call no provider.');
};

export function targetOf(model: string, changes: Partial<ModelInfo> = {}): Target {
  const slash = model.indexOf('/');
  const id = model.slice(0, slash);
  const info: ModelInfo = {
    id: model,
    kind: 'provider',
    price: PRICE,
    contextTokens: 1000,
    maxOutputTokens: 500,
    available: true,
    ...changes,
  };
  const provider: Provider = {
    id,
    kind: info.kind,
    dialects: ['openai-chat'],
    address: undefined,
    models: () => [info],
    describe: () => info,
    call: never,
  };
  return { provider, name: model.slice(slash + 1), info };
}

export function attemptOf(model: string, changes: Partial<Attempt> = {}): Attempt {
  return { ...callOf(model), place: targetOf(model), cap: 50, ...changes };
}

export function answerOf(inputTokens = 10, outputTokens = 5): ModelAnswer {
  return { usage: { ...NO_USAGE, inputTokens, outputTokens }, finishReason: 'stop', content: undefined, dropped: [] };
}

/** A provider's failure as its class says it, and when it wants to be asked again. */
export function failureOf(errorClass: string, retryAfterMs?: number): ProviderError {
  const error = new ProviderError(CODES[errorClass] ?? 'model_rejected', `failed: ${errorClass}`, {
    billed: { kind: 'nothing' },
    retryAfterMs,
  });
  return Object.assign(error, { errorClass });
}

const CODES: Readonly<Record<string, ProviderError['code']>> = {
  outage: 'model_unavailable',
  timeout: 'model_timeout',
  'rate-limit': 'model_rate_limited',
  'context-window': 'context_exceeded',
  'content-policy': 'content_refused',
  cut: 'model_stream_cut',
};

/** A caller's stream that keeps what it is given. */
export function collected(): Output & { readonly pieces: string[] } {
  const pieces: string[] = [];
  return {
    pieces,
    dialect: undefined,
    get started() {
      return pieces.length > 0;
    },
    bytes: (chunk) => {
      pieces.push(Buffer.from(chunk).toString());
      return undefined;
    },
    event: (event) => {
      pieces.push(event.kind === 'text-delta' ? event.text : event.kind);
      return undefined;
    },
  };
}
