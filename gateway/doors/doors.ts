// The doors of the model APIs, on plain node:http, since thousands of agents go through them: OpenAI's chat
// completions, responses, embeddings and models, Anthropic's messages and count_tokens, and Gemini's. A door reads the request,
// makes a call of it, sends the call down the chain, and writes the answer in its own API's words.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { ShoalError, toShoalError } from '#foundation';
import type { Dialect } from '../models/dialects/dialect.ts';
import type { Principal } from '../policy/principal.ts';
import type { InFlight } from '../in-flight.ts';
import { readBody } from './read-body.ts';

/** One request, read and known by its sender. */
export interface DoorRequest {
  readonly principal: Principal;
  readonly headers: IncomingHttpHeaders;
  /** Path and query. */
  readonly url: string;
  readonly raw: Buffer;
  readonly response: ServerResponse;
  /** Fires when the client goes away or the gateway closes. */
  readonly signal: AbortSignal;
}

export interface Door {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** How this door's API writes an error. */
  readonly dialect: Dialect;
  /** Writes the whole answer, or throws before anything was written. */
  serve(request: DoorRequest): Promise<void>;
}

export interface DoorsOptions {
  /** By path. */
  readonly doors: ReadonlyMap<string, Door>;
  /** For APIs that write more than a name into the path. */
  readonly doorAt: (path: string, method: string) => Door | undefined;
  /** Throws `unauthenticated`, `forbidden` or `origin_refused`. */
  readonly identify: (request: IncomingMessage) => Principal;
  readonly bodyBytes: () => number;
  readonly inFlight: Pick<InFlight, 'enter' | 'leave'>;
}

/** Serves the request and returns true if it is for one of these doors. */
export type Doors = (request: IncomingMessage, response: ServerResponse) => boolean;

export function createDoors(options: DoorsOptions): Doors {
  const { doors, doorAt, inFlight } = options;
  return (request, response) => {
    const url = request.url ?? '';
    const query = url.indexOf('?');
    const path = query < 0 ? url : url.slice(0, query);
    const door = doors.get(path) ?? doorAt(path, request.method ?? '');
    if (door === undefined) return false;
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    inFlight.enter(gone);
    void enter(door, request, response, gone, options);
    return true;
  };
}

async function enter(
  door: Door,
  request: IncomingMessage,
  response: ServerResponse,
  gone: AbortController,
  { identify, bodyBytes, inFlight }: DoorsOptions,
): Promise<void> {
  try {
    if (request.method !== door.method) throw wrongMethod(request, door);
    const principal = identify(request);
    const raw = door.method === 'POST' ? await readBody(request, bodyBytes()) : EMPTY;
    await door.serve({ principal, headers: request.headers, url: request.url ?? '', raw, response, signal: gone.signal });
  } catch (thrown) {
    sendError(response, door.dialect, toShoalError(thrown));
  } finally {
    inFlight.leave(gone);
  }
}

const EMPTY = Buffer.alloc(0);

function sendError(response: ServerResponse, dialect: Dialect, error: ShoalError): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { status, json } = dialect.encodeError(error);
  const body = Buffer.from(JSON.stringify(json));
  const retryAfterMs = Number(error.details['retryAfterMs']);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-shoal-error': error.code,
    // OpenAI's word for a budget that is used up comes with a status that its clients try again.
    ...(error.retryable ? {} : { 'x-should-retry': 'false' }),
    ...(Number.isFinite(retryAfterMs)
      ? { 'retry-after': String(Math.ceil(retryAfterMs / 1000)), 'retry-after-ms': String(Math.ceil(retryAfterMs)) }
      : {}),
    // What was not read of the body would be taken for the next request.
    ...(response.req.complete ? {} : { connection: 'close' }),
  });
  response.end(body);
}

function wrongMethod(request: IncomingMessage, door: Door): ShoalError {
  return new ShoalError('invalid_input', `${request.url ?? ''} takes ${door.method}, not ${request.method ?? ''}.`, {
    hint: 'The API is described at /docs.',
  });
}
