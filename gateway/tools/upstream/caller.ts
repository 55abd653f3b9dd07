// Who stands behind a call: what an upstream server may tell and ask while it works on it.
import type { Json } from '../../models/exchange.ts';
import { RPC, RpcError } from '../wire/json-rpc.ts';
import type { Era } from '../wire/revisions.ts';

export interface Caller {
  /** A modern caller takes a result that asks for input; a legacy one is asked while it waits. */
  readonly era: Era;
  /** As its client declared them. */
  readonly capabilities: Json;
  /** Log messages below are not for it; undefined = none are. */
  readonly logLevel: string | undefined;
  /** Progress and log messages that belong to the call. */
  notify(method: string, params: Json): void;
  /** Sampling, elicitation, roots. Rejects with an `RpcError` where the client cannot do it, or does not want to. */
  ask(method: string, params: Json, signal: AbortSignal): Promise<Json>;
}

/** Which capability a question to a client needs; any other method is not one. */
const NEEDED: Readonly<Record<string, string>> = {
  'sampling/createMessage': 'sampling',
  'elicitation/create': 'elicitation',
  'roots/list': 'roots',
};

/** Throws where the client did not declare what the question needs: then it is never sent. */
export function checkAskable({ capabilities }: Pick<Caller, 'capabilities'>, method: string, params: Json): void {
  const needed = NEEDED[method];
  if (needed === undefined) throw new RpcError(RPC.methodNotFound, `Clients are not asked for ${method.slice(0, 100)}.`);
  if (capabilities[needed] === undefined) {
    throw new RpcError(RPC.missingCapability, `The client has not declared the capability ${needed}.`, {
      data: { requiredCapabilities: { [needed]: {} } },
      status: 400,
    });
  }
  if (method === 'elicitation/create' && params['mode'] === 'url') checkAddress(params['url']);
}

/** A person is sent to web pages only. */
function checkAddress(url: unknown): void {
  if (typeof url === 'string' && URL.canParse(url) && new URL(url).protocol === 'https:') return;
  throw new RpcError(RPC.invalidParams, 'The server wanted to send a person to an address that is not https.');
}

/** For calls of the gateway's own, such as lists. */
export const NOBODY: Caller = {
  era: 'legacy',
  capabilities: {},
  logLevel: undefined,
  notify: () => undefined,
  ask: async (method) => {
    throw new RpcError(RPC.methodNotFound, `Nobody is there who could be asked for ${method.slice(0, 100)}.`);
  },
};
