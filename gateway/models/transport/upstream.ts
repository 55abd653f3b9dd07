// Sends one request to a provider and hands its answer over as it comes. undici's dispatch with one handler object per
// request: no streams, no promises per chunk. An abort, and each timeout, closes the connection, so that the provider
// stops working for us; a receiver that cannot keep up slows the provider down.
import { Pool } from 'undici';
import type { Dispatcher } from 'undici';

export interface Timeouts {
  readonly connectMs: number;
  /** From sending the request to the head of the answer. */
  readonly firstByteMs: number;
  /** Longest silence inside an answer. */
  readonly idleMs: number;
  /** From start to end. */
  readonly totalMs: number;
}

export interface UpstreamRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: 'POST' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  readonly timeouts: Timeouts;
  readonly signal: AbortSignal;
}

export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface Receiver {
  head(status: number, headers: ResponseHeaders): void;
  /** A promise means: send no more before it is kept. What it throws ends the request. */
  data(chunk: Buffer): Promise<void> | undefined;
}

/** Why a request was ended from our side; `code` is what failures are told apart by. */
export class UpstreamEnded extends Error {
  readonly code: 'cancelled' | 'overdue';
  constructor(code: 'cancelled' | 'overdue') {
    super(code);
    this.code = code;
  }
}

export interface Upstream {
  /** Resolves at the end of the answer. Rejects with undici's error, UpstreamEnded, or what the receiver threw. */
  send(request: UpstreamRequest, receiver: Receiver): Promise<void>;
  close(): Promise<void>;
}

/**
 * undici looks for a free connection one by one: with thousands of calls under way that is most of a call's cost. So the
 * connections to one origin are kept in pools of this many.
 */
const SHARD_CONNECTIONS = 64;

interface Shard {
  readonly pool: Pool;
  /** Calls that were handed to it and have not ended. */
  underWay: number;
}

/** `connections` bounds the sockets to one origin; callers queue for places before they come here. */
export function createUpstream({
  connections,
  connectMs,
}: {
  readonly connections: number;
  readonly connectMs: number;
}): Upstream {
  const origins = new Map<string, Shard[]>();
  /** The first with room, so that few connections serve few callers. */
  const shardFor = (origin: string): Shard => {
    let shards = origins.get(origin);
    if (shards === undefined) origins.set(origin, (shards = []));
    for (const shard of shards) if (shard.underWay < SHARD_CONNECTIONS) return shard;
    const left = connections - shards.length * SHARD_CONNECTIONS;
    if (left <= 0) return shards.at(-1) as Shard;
    const most = Math.min(left, SHARD_CONNECTIONS);
    const pool = new Pool(origin, {
      connections: most,
      pipelining: 1,
      connect: { timeout: connectMs },
      keepAliveTimeout: 20_000,
    });
    const shard = { pool, underWay: 0 };
    shards.push(shard);
    return shard;
  };
  return {
    send: (request, receiver) =>
      new Promise((resolve, reject) => {
        if (request.signal.aborted) {
          reject(new UpstreamEnded('cancelled'));
          return;
        }
        const { path, method, headers, body, timeouts } = request;
        const shard = shardFor(request.origin);
        const exchange = new Exchange(request, shard, receiver, resolve, reject);
        shard.pool.dispatch(
          {
            path,
            method,
            headers,
            body: body === undefined ? null : Buffer.from(body.buffer, body.byteOffset, body.byteLength),
            headersTimeout: timeouts.firstByteMs,
            bodyTimeout: timeouts.idleMs,
          },
          exchange,
        );
      }),
    close: async () => {
      await Promise.all([...origins.values()].flat().map(({ pool }) => pool.destroy()));
    },
  };
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #receiver: Receiver;
  readonly #resolve: () => void;
  readonly #reject: (error: unknown) => void;
  readonly #signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #shard: Shard;
  #open = true;
  #controller: Dispatcher.DispatchController | undefined;
  #ended: UpstreamEnded | undefined;
  /** Set while a receiver is being waited for: the end of the answer waits too. */
  #held: Promise<void> | undefined;

  constructor(request: UpstreamRequest, shard: Shard, receiver: Receiver, resolve: () => void, reject: (error: unknown) => void) {
    this.#shard = shard;
    shard.underWay++;
    this.#receiver = receiver;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#signal = request.signal;
    this.#signal.addEventListener('abort', this.#onAbort);
    this.#timer = setTimeout(this.#onOverdue, request.timeouts.totalMs);
  }

  readonly #onAbort = (): void => this.#end(new UpstreamEnded('cancelled'));
  readonly #onOverdue = (): void => this.#end(new UpstreamEnded('overdue'));

  #end(reason: UpstreamEnded): void {
    this.#ended ??= reason;
    // Without a controller it still waits for a socket; whoever asked need not.
    if (this.#controller === undefined) this.#fail(reason);
    else this.#controller.abort(reason);
  }

  #clear(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#shard.underWay--;
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#onAbort);
  }

  #fail(error: unknown): void {
    this.#clear();
    this.#reject(this.#ended ?? error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#ended !== undefined) controller.abort(this.#ended);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: ResponseHeaders): void {
    // 1xx answers are not the answer.
    if (status >= 200) this.#receiver.head(status, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const wait = this.#receiver.data(chunk);
    if (wait === undefined) return;
    controller.pause();
    const held = this.#goOn(controller, wait);
    this.#held = held;
  }

  async #goOn(controller: Dispatcher.DispatchController, wait: Promise<void>): Promise<void> {
    try {
      await wait;
      this.#held = undefined;
      controller.resume();
    } catch (error) {
      controller.abort(error as Error);
    }
  }

  onResponseEnd(): void {
    this.#clear();
    if (this.#held === undefined) this.#resolve();
    else this.#held.then(this.#resolve, this.#reject);
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.#fail(error);
  }
}

/** A small answer, whole. */
export async function collect(
  upstream: Upstream,
  request: UpstreamRequest,
): Promise<{ readonly status: number; readonly text: string }> {
  const chunks: Buffer[] = [];
  let status = 0;
  await upstream.send(request, {
    head: (answered) => {
      status = answered;
    },
    data: (chunk) => {
      chunks.push(chunk);
      return undefined;
    },
  });
  return { status, text: Buffer.concat(chunks).toString('utf8') };
}
