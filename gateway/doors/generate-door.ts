// A door for answers in words, the same for every dialect: the body becomes a call, the answer goes back in the same
// dialect, as the provider's own bytes where it speaks it too.
import type { ServerResponse } from 'node:http';
import { ShoalError, toShoalError } from '#foundation';
import { isTimed, newTally } from '../chain.ts';
import type { Handler } from '../chain.ts';
import { wireContent } from '../models/content.ts';
import type { Dialect } from '../models/dialects/dialect.ts';
import type { Json, ModelResponse } from '../models/exchange.ts';
import type { ModelAnswer, ModelCall } from '../models/model-call.ts';
import { wireTokenBound } from '../models/prices/wire-bound.ts';
import { ProviderError } from '../models/provider-error.ts';
import type { Door, DoorRequest } from './doors.ts';
import { createHttpOutput } from './http-output.ts';
import { parseBody } from './read-body.ts';
import { answerHeaders, ourHeaders, sendJson, wireCall } from './wire-call.ts';

export interface DoorServices {
  /** The chain, from its outermost step. */
  readonly serve: Handler<ModelCall, ModelAnswer>;
  readonly nextId: () => string;
  /** Output cap of a request that sets none. */
  readonly outputTokens: () => number;
}

export interface GenerateDoorOptions extends DoorServices {
  readonly dialect: Dialect;
  /** A last word on the body before it becomes a call, e.g. to put an earlier turn in front. */
  readonly prepare?: (json: Json, request: DoorRequest) => Json;
  /** Sees an answer that this door wrote itself, because its provider speaks another dialect. */
  readonly onAnswer?: (asked: Json, answer: ModelResponse, request: DoorRequest) => void;
}

export function generateDoor(options: GenerateDoorOptions): Door {
  const { dialect, serve, nextId, outputTokens, prepare, onAnswer } = options;
  let served = 0;
  return {
    method: 'POST',
    dialect,
    serve: async (request) => {
      const { response, raw } = request;
      const parsed = parseBody(raw);
      const json = prepare === undefined ? parsed : prepare(parsed, request);
      const peeked = dialect.peek(json);
      const content = wireContent(dialect, json, json === parsed ? raw : undefined);
      const tally = newTally(isTimed(served++) || request.headers['traceparent'] !== undefined);
      const id = nextId();
      const answered = onAnswer === undefined ? undefined : (answer: ModelResponse): void => onAnswer(json, answer, request);
      const output = peeked.stream
        ? createHttpOutput({
            response,
            dialect,
            model: peeked.model,
            request: () => content.request(),
            headers: () => ourHeaders(id, tally),
            onAnswer: answered,
          })
        : undefined;
      const call = wireCall(request, {
        id,
        tally,
        door: dialect.id,
        operation: 'generate',
        asked: peeked.model,
        content,
        output,
        choices: peeked.choices,
        maxOutputTokens: peeked.maxOutputTokens ?? outputTokens(),
        inputTokenBound: wireTokenBound(json, raw.length),
      });
      try {
        const answer = await serve(call);
        if (output !== undefined) output.end();
        else sendAnswer(response, dialect, call, answer, answered);
      } catch (thrown) {
        if (output?.started === true) output.fail(toShoalError(thrown));
        else if (!sendUpstreamError(response, dialect, call, thrown)) throw thrown;
      }
    },
  };
}

function sendAnswer(
  response: ServerResponse,
  dialect: Dialect,
  call: ModelCall,
  answer: ModelAnswer,
  onAnswer: ((answer: ModelResponse) => void) | undefined,
): void {
  const wire = answer.content?.wire;
  let body = wire?.dialect === dialect.id ? wire.raw : undefined;
  if (body === undefined) {
    body = Buffer.from(JSON.stringify(written(dialect, call, answer, onAnswer)));
  }
  sendJson(response, 200, body, answerHeaders(call));
}

function written(
  dialect: Dialect,
  call: ModelCall,
  answer: ModelAnswer,
  onAnswer: ((answer: ModelResponse) => void) | undefined,
): Json {
  const wire = answer.content?.wire;
  if (wire?.dialect === dialect.id) return wire.json();
  const response = responseOf(answer);
  onAnswer?.(response);
  return dialect.encodeResponse(response, call.content.request());
}

function responseOf(answer: ModelAnswer): ModelResponse {
  if (answer.content === undefined) throw new ShoalError('internal', 'An answer was passed on that nobody streamed.');
  return answer.content.response();
}

/** A provider's refusal in the caller's own API goes back in the provider's words: clients read its codes. */
function sendUpstreamError(response: ServerResponse, dialect: Dialect, call: ModelCall, thrown: unknown): boolean {
  if (!(thrown instanceof ProviderError) || thrown.upstream === undefined || response.headersSent) return false;
  const { status, body, dialect: spoken } = thrown.upstream;
  if (spoken !== dialect.id || status === 401 || status === 403) return false;
  sendJson(response, status, Buffer.from(body), {
    ...ourHeaders(call.id, call.tally),
    'x-shoal-error': thrown.code,
    ...(thrown.retryAfterMs === undefined ? {} : { 'retry-after-ms': String(thrown.retryAfterMs) }),
  });
  return true;
}
