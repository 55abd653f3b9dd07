// Streamable HTTP: each message is a POST of its own, answered by one JSON text or a stream of events. A stream that
// ends before the answer is taken up again where it ended, if its server gave events ids. Redirects are not followed.
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { parseMessage } from '../wire/json-rpc.ts';
import { readEvents } from './event-stream.ts';
import type { StreamPosition } from './event-stream.ts';
import { HttpRefused, SessionEnded } from './transport.ts';
import type { Outgoing, Transport, TransportEvents } from './transport.ts';
import { serverFault } from './server-fault.ts';

export interface HttpTransportOptions {
  readonly server: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
  readonly events: TransportEvents;
}

export interface HttpTransport extends Transport {
  /** What every later request says; both as the answer to `initialize` gave them. */
  openSession(protocolVersion: string): void;
  /** The stream of what belongs to no request; a server that has none is left alone. Ends with the transport. */
  listen(): void;
}

const ACCEPT = 'application/json, text/event-stream';
const LARGEST_BODY_BYTES = 16 * 1024 * 1024;
/** Streams taken up again without a word from the server in between. */
const MAX_SILENT_RESUMES = 5;
const RESUME_PAUSE_MS = 1000;
const LONGEST_RESUME_PAUSE_MS = 30_000;

type Answer = Dispatcher.ResponseData;

export function createHttpTransport({ server, url, headers, dispatcher, events }: HttpTransportOptions): HttpTransport {
  const ended = new AbortController();
  let sessionId: string | undefined;
  let session: Record<string, string> = {};

  const send = (
    method: 'POST' | 'GET' | 'DELETE',
    more: Record<string, string>,
    signal: AbortSignal,
    body?: string,
  ): Promise<Answer> =>
    request(url, {
      method,
      headers: { ...headers, ...session, ...more },
      dispatcher,
      signal,
      ...(body === undefined ? {} : { body }),
      // How long a tool may take is the caller's business.
      headersTimeout: 0,
      bodyTimeout: 0,
    }).catch((error: unknown) => {
      throw signal.aborted ? error : serverFault(`${server} cannot be reached: ${wordsOf(error)}.`, error);
    });

  /** After the stream ended early: asks for the rest, for as long as something comes. */
  const resume = async (message: Outgoing, position: StreamPosition): Promise<void> => {
    for (let silent = 0; silent < MAX_SILENT_RESUMES; silent++) {
      const before = position.lastEventId;
      if (before === undefined) break;
      await pause(Math.min(position.retryMs ?? RESUME_PAUSE_MS, LONGEST_RESUME_PAUSE_MS), undefined, { signal: message.signal });
      const answer = await send('GET', { accept: 'text/event-stream', 'last-event-id': before }, message.signal);
      if (answer.statusCode !== 200) {
        await answer.body.dump();
        break;
      }
      if (await follow(answer, message, position)) return;
      if (position.lastEventId !== before) silent = -1;
    }
    throw serverFault(`${server} ended its answer before it was complete.`);
  };

  const refused = async (answer: Answer, message: Outgoing): Promise<void> => {
    const { statusCode } = answer;
    const read = parseMessage(await textOf(answer, server));
    if (read?.kind === 'response' && message.receive(read)) return;
    if (statusCode === 404 && sessionId !== undefined) throw new SessionEnded(`${server} ended the session.`);
    throw new HttpRefused(statusCode, `${server} answered with HTTP status ${statusCode}.`);
  };

  return {
    shared: false,
    send: async (message) => {
      const more = { 'content-type': 'application/json', accept: ACCEPT, ...message.headers };
      const answer = await send('POST', more, message.signal, message.text);
      const given = answer.headers['mcp-session-id'];
      if (typeof given === 'string' && sessionId === undefined) sessionId = given;
      if (answer.statusCode >= 400) return refused(answer, message);
      if (!message.isRequest) return answer.body.dump();
      if (String(answer.headers['content-type']).startsWith('text/event-stream')) {
        const position: StreamPosition = { lastEventId: undefined, retryMs: undefined };
        if (!(await follow(answer, message, position))) await resume(message, position);
        return undefined;
      }
      const read = parseMessage(await textOf(answer, server));
      if (read !== undefined && message.receive(read)) return undefined;
      throw serverFault(`${server} did not answer with the message that was asked for.`);
    },
    openSession: (protocolVersion) => {
      session = { 'mcp-protocol-version': protocolVersion, ...(sessionId === undefined ? {} : { 'mcp-session-id': sessionId }) };
    },
    listen: () => {
      void (async () => {
        const position: StreamPosition = { lastEventId: undefined, retryMs: undefined };
        for (let failures = 0; failures < MAX_SILENT_RESUMES; failures++) {
          const last = position.lastEventId;
          const answer = await send(
            'GET',
            { accept: 'text/event-stream', ...(last === undefined ? {} : { 'last-event-id': last }) },
            ended.signal,
          );
          if (answer.statusCode !== 200) return answer.body.dump();
          await readEvents(answer.body, position, (data) => {
            failures = 0;
            const read = parseMessage(data);
            if (read !== undefined) events.message(read);
          });
          await pause(position.retryMs ?? RESUME_PAUSE_MS, undefined, { signal: ended.signal });
        }
        return undefined;
      })().catch(() => {
        // Changes are looked for at intervals too; a stream that cannot be had makes them come later, not never.
      });
    },
    close: async () => {
      ended.abort();
      if (sessionId === undefined) return;
      const answer = await send('DELETE', {}, AbortSignal.timeout(2000)).catch(() => undefined);
      await answer?.body.dump();
    },
  };
}

/** Reads events until the answer has come or the stream ends. */
async function follow(answer: Answer, message: Outgoing, position: StreamPosition): Promise<boolean> {
  let answered = false;
  await readEvents(answer.body, position, (data) => {
    const read = parseMessage(data);
    if (read !== undefined) answered = message.receive(read) || answered;
  });
  return answered;
}

async function textOf(answer: Answer, server: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LARGEST_BODY_BYTES) {
      answer.body.destroy();
      throw serverFault(`${server} answered with more than ${LARGEST_BODY_BYTES} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function wordsOf(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  return code ?? message ?? 'unknown fault';
}
