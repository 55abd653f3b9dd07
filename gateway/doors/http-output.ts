// A streamed answer on its way to an HTTP client: raw events of the client's own dialect as they are, anything else
// through the dialect's encoder. The head goes out with the first piece, so until then another attempt is possible.
import type { ServerResponse } from 'node:http';
import type { ShoalError } from '#foundation';
import type { Dialect, StreamEncoder, WireEvent } from '../models/dialects/dialect.ts';
import { writeEvent } from '../models/dialects/server-sent-events.ts';
import { gatherEvents } from '../models/gathered.ts';
import type { ModelEvent, ModelRequest } from '../models/exchange.ts';
import type { Output } from '../models/model-call.ts';
import type { KeptAnswer } from './kept-answer.ts';
import type { Trailers } from './wire-call.ts';

export interface HttpOutput extends Output {
  /** Tells of an error in the stream and ends it. */
  fail(error: ShoalError): void;
  end(): void;
}

export interface HttpOutputOptions {
  readonly response: ServerResponse;
  readonly dialect: Dialect;
  /** The model as the client named it. */
  readonly model: string;
  /** As the encoder may repeat it; made when the first event has to be written. */
  readonly request: () => ModelRequest;
  /** Headers of ours that are known when the answer begins. */
  readonly headers: () => Record<string, string>;
  readonly trailers: Trailers | undefined;
  /** Where the answer is kept here. */
  readonly kept: KeptAnswer | undefined;
}

export function createHttpOutput({ response, dialect, model, request, headers, trailers, kept }: HttpOutputOptions): HttpOutput {
  let started = false;
  let encoder: StreamEncoder | undefined;
  const gathered = kept === undefined ? undefined : gatherEvents();
  const repeated = (): ModelRequest => (kept === undefined ? request() : kept.repeated(request()));

  const begin = (): void => {
    started = true;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
      ...(trailers === undefined ? {} : { trailer: trailers.names }),
      ...headers(),
    });
  };
  const finish = (): void => {
    if (trailers !== undefined) response.addTrailers(trailers.values());
    response.end();
  };
  const write = (data: Uint8Array | string): Promise<void> | undefined => {
    if (!started) begin();
    return response.write(data) || response.destroyed ? undefined : drained(response);
  };

  return {
    dialect: dialect.id,
    get started() {
      return started;
    },
    bytes: (chunk) => {
      if (chunk.length === 0) return undefined;
      kept?.watch?.(chunk);
      return write(chunk);
    },
    event: (given: ModelEvent) => {
      const event = kept !== undefined && given.kind === 'start' ? { ...given, id: kept.id } : given;
      encoder ??= dialect.createStreamEncoder(repeated());
      const text = textOf(encoder.put(event));
      gathered?.take(event);
      if (event.kind === 'end' && gathered !== undefined) {
        kept?.take(dialect.encodeResponse(gathered.response(), repeated()));
      }
      return text === '' ? undefined : write(text);
    },
    fail: (error) => {
      // What was passed on unread need not make sense to us.
      encoder ??= dialect.createStreamEncoder({ model, streamUsage: false });
      void write(textOf(encoder.fail(error)));
      finish();
    },
    end: () => {
      if (!started) begin();
      finish();
    },
  };
}

const textOf = (events: readonly WireEvent[]): string => events.map(writeEvent).join('');

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
