// One request's answer over HTTP: plain JSON where nothing comes before it, a stream of events from the first message that
// does. A stream says something at intervals, so that nothing between closes it; a reader who is too slow is let go.
import type { ServerResponse } from 'node:http';

export interface Answering {
  /** A message before the answer; turns the answer into a stream. */
  message(text: string, eventId?: string): void;
  /** Begins the stream now. */
  stream(): void;
  /** The answer. `status` counts only where nothing was sent before. */
  end(text: string, status?: number, eventId?: string): void;
  /** No answer will come on this way. */
  close(): void;
  readonly open: boolean;
}

const KEEP_ALIVE_MS = 15_000;
const LARGEST_BACKLOG_BYTES = 4 * 1024 * 1024;

export interface AnsweringOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the client reads streams. */
  readonly streams: boolean;
  /** Sent as the stream begins. */
  readonly opening?: () => string;
}

export function createAnswering(response: ServerResponse, { headers = {}, streams, opening }: AnsweringOptions): Answering {
  let beating: NodeJS.Timeout | undefined;
  let over = false;
  const finish = (): void => {
    over = true;
    clearInterval(beating);
    clearTimeout(silence);
  };
  response.on('close', finish);

  const write = (text: string): void => {
    if (over || response.destroyed) return;
    response.write(text);
    if (response.writableLength > LARGEST_BACKLOG_BYTES) response.destroy();
  };
  const begin = (): void => {
    if (response.headersSent || over) return;
    clearTimeout(silence);
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      ...headers,
    });
    const first = opening?.();
    if (first === undefined) response.flushHeaders();
    else write(first);
    beating = setInterval(() => write(': still here\n\n'), KEEP_ALIVE_MS).unref();
  };
  // A client that waits for the head of an answer does not do so for ever.
  const silence = streams ? setTimeout(begin, KEEP_ALIVE_MS).unref() : undefined;

  return {
    message: (text, eventId) => {
      if (!streams) return;
      begin();
      write(eventText(text, eventId));
    },
    stream: begin,
    end: (text, status = 200, eventId) => {
      if (over) return;
      if (response.headersSent) {
        write(eventText(text, eventId));
        response.end();
      } else sendJson(response, status, text, headers);
      finish();
    },
    close: () => {
      if (over) return;
      finish();
      response.end();
    },
    get open() {
      return !over;
    },
  };
}

const eventText = (data: string, id?: string): string =>
  id === undefined ? `event: message\ndata: ${data}\n\n` : `event: message\nid: ${id}\ndata: ${data}\n\n`;

export function sendJson(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
    // What was not read of the body would be taken for the next request.
    ...(response.req.complete ? {} : { connection: 'close' }),
  });
  response.end(text);
}
