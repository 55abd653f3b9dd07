// A request at an MCP endpoint, read and known by its sender.
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Principal } from '../../policy/principal.ts';
import type { Endpoint } from '../catalogue/endpoint.ts';
import type { RpcMessage } from '../wire/json-rpc.ts';

export interface McpRequest {
  readonly principal: Principal;
  readonly endpoint: Endpoint;
  readonly headers: IncomingHttpHeaders;
  readonly response: ServerResponse;
  /** Fires when the client goes away or the gateway closes. */
  readonly signal: AbortSignal;
}

export interface McpPost extends McpRequest {
  readonly message: RpcMessage;
}

export function headerOf({ headers }: McpRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export const readsStreams = (request: McpRequest): boolean => {
  const accept = headerOf(request, 'accept');
  return accept === undefined || accept.includes('text/event-stream') || accept.includes('*/*');
};

/** Whose sessions and states are whose: a key's are not another's, and whoever sits at the machine is one. */
export const ownerOf = ({ kind, keyId }: Principal): string => (kind === 'local' ? 'local' : `key:${keyId}`);
