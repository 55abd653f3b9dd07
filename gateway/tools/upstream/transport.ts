// How messages get to an upstream server and back, whatever carries them.
import type { RpcMessage } from '../wire/json-rpc.ts';

export interface Outgoing {
  readonly text: string;
  /** Headers of this message, where there are headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** A request: the way stays open until `receive` has had its answer. */
  readonly isRequest: boolean;
  readonly signal: AbortSignal;
  /** What comes back on the message's own way. True = that was the answer. */
  receive(message: RpcMessage): boolean;
}

export interface Transport {
  /** Whether one way carries all, so that what comes does not say by itself which request it belongs to. */
  readonly shared: boolean;
  /** Resolves when nothing more can come on the message's own way. Throws `tool_failed`, `SessionEnded` or `HttpRefused`. */
  send(message: Outgoing): Promise<void>;
  close(): Promise<void>;
}

/** What comes by no request's way, and the end of a shared one. */
export interface TransportEvents {
  message(message: RpcMessage): void;
  closed(error: Error): void;
}

/** The server does not know our session any more: nothing of the request was done. */
export class SessionEnded extends Error {
  override readonly name = 'SessionEnded';
}

/** An HTTP status without a JSON-RPC error. */
export class HttpRefused extends Error {
  override readonly name = 'HttpRefused';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
