// A session of a legacy client: what it declared when it began, what it is waiting for, and the streams by which it hears
// of things. What was said on a stream is kept for a while, so that a client that lost the connection can go on from the
// last event that it saw.
import type { ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import { ShoalError } from '#foundation';
import type { Json } from '../../models/exchange.ts';
import type { Endpoint } from '../catalogue/endpoint.ts';
import { requestText, notificationText } from '../wire/json-rpc.ts';
import type { RequestId, RpcResponse } from '../wire/json-rpc.ts';
import { createAnswering } from './answering.ts';
import type { Answering } from './answering.ts';

/** One way to the client: the answer to a POST, or what belongs to no request. */
export interface SessionStream {
  /** Says something to the client, or keeps it for when the client comes back. */
  message(text: string): void;
  /** The last message. */
  end(text: string): void;
}

export interface LegacySession {
  readonly id: string;
  readonly owner: string;
  readonly endpoint: Endpoint;
  readonly revision: string;
  readonly capabilities: Json;
  logLevel: string;
  usedMs: number;
  /** Requests of the client that are under way. */
  readonly underWay: Map<RequestId, AbortController>;
  /** How to stop hearing of each resource that it subscribed to. */
  readonly subscriptions: Map<string, () => void>;
  openStream(response: ServerResponse, streams: boolean): SessionStream;
  /** The stream of what belongs to no request; an older one of its kind is closed. */
  listen(response: ServerResponse): void;
  /** Goes on where the client lost the connection. False = that event is not known any more. */
  resume(response: ServerResponse, lastEventId: string): boolean;
  tell(method: string, params: Json): void;
  /** Asks the client by way of a stream. Rejects with the client's `RpcError`. */
  ask(stream: SessionStream, method: string, params: Json, signal: AbortSignal): Promise<Json>;
  /** The client's answer to a question. */
  answered(response: RpcResponse): void;
  end(): void;
}

interface Stream {
  readonly number: number;
  answering: Answering | undefined;
  ended: boolean;
}
interface KeptEvent {
  readonly stream: Stream;
  readonly sequence: number;
  readonly text: string;
}

const MAX_KEPT_EVENTS = 256;
const MAX_KEPT_CHARACTERS = 4 * 1024 * 1024;
const PRIMED_SINCE = '2025-11-25';

export interface SessionFacts {
  readonly owner: string;
  readonly endpoint: Endpoint;
  readonly revision: string;
  readonly capabilities: Json;
  readonly nowMs: number;
}

export function createLegacySession({ owner, endpoint, revision, capabilities, nowMs }: SessionFacts): LegacySession {
  const id = randomBytes(24).toString('base64url');
  const headers = { 'mcp-session-id': id };
  const kept: KeptEvent[] = [];
  const underWay = new Map<RequestId, AbortController>();
  const subscriptions = new Map<string, () => void>();
  const questions = new Map<number, PromiseWithResolvers<Json>>();
  /** Those whose last message has not come. */
  const open = new Map<number, Stream>();
  let keptCharacters = 0;
  let sequence = 0;
  let streams = 0;
  let asked = 0;
  const general: Stream = { number: streams++, answering: undefined, ended: false };

  const keep = (stream: Stream, text: string): string => {
    const event: KeptEvent = { stream, sequence: ++sequence, text };
    kept.push(event);
    keptCharacters += text.length;
    while (kept.length > MAX_KEPT_EVENTS || keptCharacters > MAX_KEPT_CHARACTERS)
      keptCharacters -= kept.shift()?.text.length ?? 0;
    return eventId(event);
  };

  const attach = (stream: Stream, response: ServerResponse, reads: boolean): Answering => {
    stream.answering = createAnswering(response, {
      headers,
      streams: reads,
      // A client that knows how is given an id to come back with before anything was said.
      ...(revision >= PRIMED_SINCE ? { opening: () => `id: ${eventId({ stream, sequence: ++sequence })}\ndata: \n\n` } : {}),
    });
    return stream.answering;
  };

  return {
    id,
    owner,
    endpoint,
    revision,
    capabilities,
    logLevel: 'info',
    usedMs: nowMs,
    underWay,
    subscriptions,
    openStream: (response, reads) => {
      const stream: Stream = { number: streams++, answering: undefined, ended: false };
      open.set(stream.number, stream);
      attach(stream, response, reads);
      return {
        message: (text) => stream.answering?.message(text, keep(stream, text)),
        end: (text) => {
          stream.ended = true;
          open.delete(stream.number);
          stream.answering?.end(text, 200, keep(stream, text));
        },
      };
    },
    listen: (response) => {
      general.answering?.close();
      attach(general, response, true).stream();
    },
    resume: (response, lastEventId) => {
      const [number, after] = lastEventId.split('-').map(Number);
      if (number === undefined || after === undefined || !(number < streams) || after > sequence) return false;
      const missed = kept.filter(({ stream, sequence: at }) => stream.number === number && at > after);
      const stream = number === general.number ? general : (missed[0]?.stream ?? open.get(number));
      if (stream === undefined) return false;
      stream.answering?.close();
      const answering = attach(stream, response, true);
      answering.stream();
      for (const event of missed) answering.message(event.text, eventId(event));
      if (stream.ended) answering.close();
      return true;
    },
    tell: (method, params) => {
      const text = notificationText(method, params);
      general.answering?.message(text, keep(general, text));
    },
    ask: (stream, method, params, signal) => {
      const number = ++asked;
      const question = Promise.withResolvers<Json>();
      const giveUp = (): void => {
        stream.message(notificationText('notifications/cancelled', { requestId: number }));
        question.reject(new ShoalError('cancelled', 'The question was taken back.'));
      };
      questions.set(number, question);
      signal.addEventListener('abort', giveUp, { once: true });
      stream.message(requestText(number, method, params));
      return question.promise.finally(() => {
        questions.delete(number);
        signal.removeEventListener('abort', giveUp);
      });
    },
    answered: ({ id: number, outcome }) => {
      const question = questions.get(Number(number));
      if ('result' in outcome) question?.resolve(outcome.result);
      else question?.reject(outcome.error);
    },
    end: () => {
      for (const controller of underWay.values()) controller.abort();
      for (const stop of subscriptions.values()) stop();
      subscriptions.clear();
      general.answering?.close();
    },
  };
}

const eventId = ({ stream, sequence }: Pick<KeptEvent, 'stream' | 'sequence'>): string => `${stream.number}-${sequence}`;
