// Our end of a conversation with one upstream server: requests with ids of our own, and what the server says meanwhile
// sorted to the call that it belongs to. Where one way carries everything, a message that does not say whose it is goes to
// the only caller there is; with several it goes to none, since a wrong guess would show one caller another's data.
import { ShoalError } from '#foundation';
import type { Json } from '../../models/exchange.ts';
import { notificationText, requestText, resultText, errorText, RPC, RpcError, toRpcError } from '../wire/json-rpc.ts';
import type { RequestId, RpcMessage, RpcNotification, RpcRequest } from '../wire/json-rpc.ts';
import { isLogged, metaOf } from '../wire/revisions.ts';
import { checkAskable, NOBODY } from './caller.ts';
import type { Caller } from './caller.ts';
import type { Outgoing, Transport, TransportEvents } from './transport.ts';
import { serverFault } from './server-fault.ts';

export type Change = { readonly kind: 'tools' | 'prompts' | 'resources' } | { readonly kind: 'resource'; readonly uri: string };

export interface PeerCall {
  readonly method: string;
  readonly params: Json;
  readonly headers?: Readonly<Record<string, string>>;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  /** For a stream of changes: called once the server has agreed to it. */
  readonly onAgreed?: () => void;
}

export interface Peer {
  /** Throws `RpcError` for a server's no, `tool_failed` for a fault, `SessionEnded`, and the signal's reason. */
  call(call: PeerCall): Promise<Json>;
  notify(method: string, params: Json, headers?: Readonly<Record<string, string>>): Promise<void>;
  /** Calls that have not ended. */
  readonly underWay: number;
  close(): Promise<void>;
}

export interface PeerOptions {
  readonly server: string;
  /** Opens the way; what comes by no request's own is handed to `events`. */
  readonly open: (events: TransportEvents) => Promise<Transport>;
  readonly onChange: (change: Change) => void;
  readonly onClosed: (error: Error) => void;
}

interface Pending extends PeerCall {
  readonly id: number;
  readonly token: unknown;
  settle(outcome: Json | Error): void;
}

const CHANGES: Readonly<Record<string, 'tools' | 'prompts' | 'resources'>> = {
  'notifications/tools/list_changed': 'tools',
  'notifications/prompts/list_changed': 'prompts',
  'notifications/resources/list_changed': 'resources',
};

export async function openPeer({ server, open, onChange, onClosed }: PeerOptions): Promise<Peer> {
  const pending = new Map<number, Pending>();
  const asked = new Map<RequestId, AbortController>();
  let nextId = 1;
  let lost: Error | undefined;

  const onlyCall = (): Pending | undefined => (pending.size === 1 ? pending.values().next().value : undefined);

  /** `own`: the call on whose way it came. True = it was that call's answer. */
  const take = (message: RpcMessage, own: Pending | undefined): boolean => {
    if (message.kind === 'notification') {
      hear(message, own);
      return false;
    }
    if (message.kind === 'request') {
      void answer(message, own);
      return false;
    }
    const call = pending.get(Number(message.id));
    if (call === undefined || typeof message.id !== 'number') return false;
    call.settle('result' in message.outcome ? message.outcome.result : message.outcome.error);
    return call === own;
  };

  const hear = ({ method, params }: RpcNotification, own: Pending | undefined): void => {
    const changed = CHANGES[method];
    if (changed !== undefined) onChange({ kind: changed });
    else if (method === 'notifications/resources/updated') onChange({ kind: 'resource', uri: String(params['uri']) });
    else if (method === 'notifications/cancelled') asked.get(params['requestId'] as RequestId)?.abort();
    else if (method === 'notifications/subscriptions/acknowledged') (own ?? onlyCall())?.onAgreed?.();
    else if (method === 'notifications/progress') {
      const call = pending.get(Number(params['progressToken']));
      if (call?.token !== undefined) call.caller.notify(method, { ...params, progressToken: call.token });
    } else if (method === 'notifications/message') {
      const call = own ?? onlyCall();
      if (call?.caller.logLevel !== undefined && isLogged(params['level'], call.caller.logLevel))
        call.caller.notify(method, params);
    } else (own ?? onlyCall())?.caller.notify(method, params);
  };

  const answer = async ({ id, method, params }: RpcRequest, own: Pending | undefined): Promise<void> => {
    const controller = new AbortController();
    const call = own ?? onlyCall();
    const stop = (): void => controller.abort();
    call?.signal.addEventListener('abort', stop, { once: true });
    asked.set(id, controller);
    let text: string;
    try {
      if (method === 'ping') text = resultText(id, {});
      else {
        const caller = call?.caller ?? NOBODY;
        checkAskable(caller, method, params);
        text = resultText(id, await caller.ask(method, params, controller.signal));
      }
    } catch (thrown) {
      text = errorText(id, toRpcError(thrown));
    }
    call?.signal.removeEventListener('abort', stop);
    asked.delete(id);
    if (controller.signal.aborted) return;
    // Where it cannot be sent, the call that waits for it fails by itself.
    await transport.send(plain(text)).catch(() => undefined);
  };

  const transport = await open({
    message: (message) => void take(message, undefined),
    closed: (error) => {
      lost = error;
      for (const call of pending.values()) call.settle(error);
      onClosed(error);
    },
  });

  const cancel = (id: number): void => {
    // On a way of its own, leaving it is the cancellation; the legacy revisions want to be told all the same.
    void transport.send(plain(notificationText('notifications/cancelled', { requestId: id }))).catch(() => undefined);
  };

  return {
    call: (given) =>
      new Promise((resolve, reject) => {
        if (lost !== undefined) {
          reject(lost);
          return;
        }
        const id = nextId++;
        const { method, params, signal } = given;
        const meta = metaOf(params);
        const token = meta['progressToken'];
        const told = token === undefined ? params : { ...params, _meta: { ...meta, progressToken: id } };
        const way = new AbortController();
        const settle = (outcome: Json | Error): void => {
          if (!pending.delete(id)) return;
          signal.removeEventListener('abort', giveUp);
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome);
        };
        const giveUp = (): void => {
          settle(new ShoalError('cancelled', `The call of ${method} at ${server} was cancelled.`));
          way.abort();
          if (transport.shared || given.headers?.['mcp-method'] === undefined) cancel(id);
        };
        const call: Pending = { ...given, id, token, settle };
        pending.set(id, call);
        signal.addEventListener('abort', giveUp, { once: true });
        if (signal.aborted) {
          giveUp();
          return;
        }
        const sent: Outgoing = {
          text: requestText(id, method, told),
          headers: given.headers ?? {},
          isRequest: true,
          signal: way.signal,
          receive: (message) => take(message, call),
        };
        const unanswered = (): void => {
          // A fault is made only where there is one: it costs as much as all else here.
          if (!transport.shared && pending.has(id)) settle(serverFault(`${server} gave no answer to ${method}.`));
        };
        const failed = (error: unknown): void => settle(error instanceof Error ? error : new Error(String(error)));
        void transport.send(sent).then(unanswered, failed);
      }),
    notify: (method, params, headers) => transport.send(plain(notificationText(method, params), headers)),
    get underWay() {
      return pending.size;
    },
    close: () => transport.close(),
  };
}

/** For messages that nobody waits for. */
const SEND_MS = 10_000;

const plain = (text: string, headers: Readonly<Record<string, string>> = {}): Outgoing => ({
  text,
  headers,
  isRequest: false,
  signal: AbortSignal.timeout(SEND_MS),
  receive: () => false,
});

/** Whether an answer says that the method or the revision is unknown to its server. */
export const isUnknownMethod = (error: unknown): boolean => error instanceof RpcError && error.code === RPC.methodNotFound;
