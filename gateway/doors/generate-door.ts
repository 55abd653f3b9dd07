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
import type { Door, DoorRequest } from './doors.ts';
import { createHttpOutput } from './http-output.ts';
import type { KeptAnswer } from './kept-answer.ts';
import { parseBody } from './read-body.ts';
import { sendUpstreamError } from './upstream-error.ts';
import { answerHeaders, ourHeaders, sendJson, trailersFor, wireCall } from './wire-call.ts';

export interface DoorServices {
  /** The chain, from its outermost step. */
  readonly serve: Handler<ModelCall, ModelAnswer>;
  readonly nextId: () => string;
  /** Output cap of a request that sets none. */
  readonly outputTokens: () => number;
}

export interface GenerateDoorOptions extends DoorServices {
  readonly dialect: Dialect;
  /** A last word on the body before it becomes a call, e.g. to put an earlier turn in front. `id` is the call's. */
  readonly prepare?: (json: Json, request: DoorRequest, id: string) => Prepared;
}

export interface Prepared {
  readonly json: Json;
  /** Length of the body, where it is no longer about that of the client's. */
  readonly bytes?: number;
  /** Where the answer is kept here. */
  readonly kept?: KeptAnswer | undefined;
}

export function generateDoor(options: GenerateDoorOptions): Door {
  const { dialect, serve, nextId, outputTokens, prepare } = options;
  let served = 0;
  return {
    method: 'POST',
    dialect,
    serve: async (request) => {
      const { response, raw } = request;
      const parsed = parseBody(raw);
      const id = nextId();
      const prepared: Prepared = prepare === undefined ? { json: parsed } : prepare(parsed, request, id);
      const { json, kept, bytes = raw.length } = prepared;
      const peeked = dialect.peek(json);
      const content = wireContent(dialect, json, json === parsed ? raw : undefined);
      const tally = newTally(isTimed(served++) || request.headers['traceparent'] !== undefined);
      const output = peeked.stream
        ? createHttpOutput({
            response,
            dialect,
            model: peeked.model,
            request: () => content.request(),
            headers: () => ourHeaders(id, tally),
            trailers: trailersFor(request, tally),
            kept,
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
        inputTokenBound: wireTokenBound(json, bytes),
      });
      try {
        const answer = await serve(call);
        if (output !== undefined) output.end();
        else sendAnswer(response, dialect, call, answer, kept);
      } catch (thrown) {
        if (output?.started === true) output.fail(toShoalError(thrown));
        else if (!sendUpstreamError(response, dialect.id, call, thrown)) throw thrown;
      }
    },
  };
}

function sendAnswer(
  response: ServerResponse,
  dialect: Dialect,
  call: ModelCall,
  answer: ModelAnswer,
  kept: KeptAnswer | undefined,
): void {
  const wire = answer.content?.wire;
  const passedOn = wire?.dialect === dialect.id;
  let body = passedOn ? wire.raw : undefined;
  if (body === undefined || kept !== undefined) {
    const json = written(dialect, call, answer, kept);
    body ??= Buffer.from(JSON.stringify(json));
    if (!passedOn || kept?.watch !== undefined) kept?.take(json);
  }
  sendJson(response, 200, body, answerHeaders(call));
}

function written(dialect: Dialect, call: ModelCall, answer: ModelAnswer, kept: KeptAnswer | undefined): Json {
  const wire = answer.content?.wire;
  if (wire?.dialect === dialect.id) return wire.json();
  const response = responseOf(answer);
  const request = call.content.request();
  if (kept === undefined) return dialect.encodeResponse(response, request);
  return dialect.encodeResponse({ ...response, id: kept.id }, kept.repeated(request));
}

function responseOf(answer: ModelAnswer): ModelResponse {
  if (answer.content === undefined) throw new ShoalError('internal', 'An answer was passed on that nobody streamed.');
  return answer.content.response();
}
