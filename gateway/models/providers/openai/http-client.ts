// POSTs JSON to one provider, with a timeout for each phase: connecting, first byte, silence, the whole. An abort
// closes the connection, so that the provider stops working for us. Failures come out as ProviderErrors.
import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import type { TokenUsage } from '#foundation';
import type { GatewaySettings } from '../../../config.ts';
import { linkSignals } from '../../../linked-signal.ts';
import { connectionFailure, httpFailure } from './failures.ts';

export interface Answered {
  readonly contentType: string;
  readonly body: Dispatcher.ResponseData['body'];
}

export interface HttpClient {
  /** Runs `read` on a successful answer; whatever fails before it returns is mapped, `produced` saying what came. */
  post<T>(path: string, body: unknown, signal: AbortSignal, read: (answer: Answered) => Promise<T>): Promise<T>;
  /** The same for an answer that is read piece by piece. */
  stream<T>(
    path: string,
    body: unknown,
    signal: AbortSignal,
    read: (answer: Answered) => AsyncIterable<T>,
    produced: () => TokenUsage,
  ): AsyncGenerator<T>;
  close(): Promise<void>;
}

export interface HttpClientOptions {
  readonly provider: string;
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly apiKeyEnv: string | undefined;
  readonly settings: GatewaySettings;
}

/** An error's body is read no further than this. */
const ERROR_BYTES = 64 * 1024;

export function createHttpClient({ provider, baseUrl, apiKey, apiKeyEnv, settings }: HttpClientOptions): HttpClient {
  const { timeouts, limits } = settings;
  const agent = new Agent({
    connect: { timeout: timeouts.connectMs },
    headersTimeout: timeouts.firstByteMs,
    bodyTimeout: timeouts.idleMs,
    connections: limits.concurrency,
  });
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  };

  const send = async (path: string, body: unknown, signal: AbortSignal): Promise<Answered> => {
    const url = `${baseUrl.replace(/\/+$/, '')}${path}`;
    const answer = await request(url, { method: 'POST', dispatcher: agent, headers, body: JSON.stringify(body), signal });
    if (answer.statusCode >= 200 && answer.statusCode < 300) {
      return { contentType: first(answer.headers['content-type']), body: answer.body };
    }
    const said = await readHead(answer.body);
    throw httpFailure({ provider, status: answer.statusCode, headers: answer.headers, body: said, apiKeyEnv });
  };

  return {
    post: async (path, body, signal, read) => {
      const limit = deadline(signal, timeouts.totalMs);
      try {
        return await read(await send(path, body, limit.signal));
      } catch (error) {
        throw connectionFailure(provider, error, limit.ended());
      } finally {
        limit.clear();
      }
    },
    async *stream(path, body, signal, read, produced) {
      const limit = deadline(signal, timeouts.totalMs);
      let answered = false;
      try {
        const answer = await send(path, body, limit.signal);
        answered = true;
        yield* read(answer);
      } catch (error) {
        throw connectionFailure(provider, error, limit.ended(), answered ? produced() : undefined);
      } finally {
        limit.clear();
      }
    },
    close: () => agent.destroy(),
  };
}

interface Deadline {
  readonly signal: AbortSignal;
  /** Why the signal has fired. */
  ended(): 'cancelled' | 'overdue' | undefined;
  clear(): void;
}

function deadline(outer: AbortSignal, totalMs: number): Deadline {
  const linked = linkSignals(outer);
  const timer = setTimeout(() => linked.abort(), totalMs);
  return {
    signal: linked.signal,
    ended: () => (outer.aborted ? 'cancelled' : linked.signal.aborted ? 'overdue' : undefined),
    clear: () => {
      clearTimeout(timer);
      linked.unlink();
    },
  };
}

async function readHead(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > ERROR_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function first(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}
