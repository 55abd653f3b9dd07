// The transport of revision 2024-11-05: one stream of events carries all that the server says, and its first event names
// the address that messages are posted to. That address must be of the same origin.
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { parseMessage } from '../wire/json-rpc.ts';
import { readEvents } from './event-stream.ts';
import { HttpRefused } from './transport.ts';
import type { Transport, TransportEvents } from './transport.ts';
import { serverFault } from './server-fault.ts';

export interface SseOptions {
  readonly server: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
  readonly events: TransportEvents;
  readonly signal: AbortSignal;
}

/** Resolves when the server has said where to post. Throws `tool_failed` or `HttpRefused`. */
export async function openSseTransport({ server, url, headers, dispatcher, events, signal }: SseOptions): Promise<Transport> {
  const ended = new AbortController();
  const giveUp = (): void => ended.abort();
  signal.addEventListener('abort', giveUp, { once: true });
  const untimed = { dispatcher, headersTimeout: 0, bodyTimeout: 0 };
  const answer = await request(url, {
    ...untimed,
    headers: { ...headers, accept: 'text/event-stream' },
    signal: ended.signal,
  });
  if (answer.statusCode !== 200 || !String(answer.headers['content-type']).startsWith('text/event-stream')) {
    await answer.body.dump();
    throw new HttpRefused(answer.statusCode, `${server} has no stream of events at its address.`);
  }
  const address = Promise.withResolvers<string>();
  const lost = serverFault(`${server} closed its stream of events.`);
  void readEvents(answer.body, { lastEventId: undefined, retryMs: undefined }, (data, name) => {
    if (name === 'endpoint') {
      const target = URL.canParse(data, url) ? new URL(data, url) : undefined;
      if (target?.origin === new URL(url).origin) address.resolve(target.href);
      else address.reject(serverFault(`${server} wants messages posted to another origin.`));
      return;
    }
    const read = parseMessage(data);
    if (read !== undefined) events.message(read);
  })
    .catch(() => undefined)
    .finally(() => {
      address.reject(lost);
      events.closed(lost);
    });
  const target = await address.promise.finally(() => signal.removeEventListener('abort', giveUp));
  return {
    shared: true,
    send: async ({ text, signal: sending }) => {
      const posted = await request(target, {
        ...untimed,
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: text,
        signal: sending,
      });
      await posted.body.dump();
      if (posted.statusCode >= 400)
        throw new HttpRefused(posted.statusCode, `${server} answered with HTTP status ${posted.statusCode}.`);
    },
    close: async () => ended.abort(),
  };
}
