// `/mcp` and `/mcp/<name>` on plain node:http: who asks, which endpoint, which era. Host and Origin were looked at before
// the sender is identified. An endpoint that is not for this principal is not there.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toShoalError } from '#foundation';
import { readBody } from '../../doors/read-body.ts';
import type { InFlight } from '../../in-flight.ts';
import { lacksInvoke } from '../../policy/keys/authorised.ts';
import { holdsScope } from '../../policy/principal.ts';
import type { Principal } from '../../policy/principal.ts';
import type { Endpoint } from '../catalogue/endpoint.ts';
import { errorText, parseMessage, RPC, RpcError, toRpcError } from '../wire/json-rpc.ts';
import { LEGACY_REVISIONS, META, metaOf } from '../wire/revisions.ts';
import { sendJson } from './answering.ts';
import type { LegacyDoor } from './legacy-door.ts';
import { headerOf } from './mcp-request.ts';
import type { McpPost, McpRequest } from './mcp-request.ts';
import type { ModernDoor } from './modern-door.ts';

export interface McpDoorOptions {
  /** Throws `unauthenticated` or `origin_refused`. */
  readonly identify: (request: IncomingMessage) => Principal;
  /** Undefined = there is none, or none for this principal. */
  readonly endpointFor: (name: string, principal: Principal) => Endpoint | undefined;
  readonly legacy: LegacyDoor;
  readonly modern: ModernDoor;
  readonly bodyBytes: () => number;
  readonly inFlight: Pick<InFlight, 'enter' | 'leave'>;
}

/** Serves the request and returns true if it is for an MCP endpoint. */
export type McpDoor = (request: IncomingMessage, response: ServerResponse) => boolean;

const PATH = /^\/mcp(?:\/([^/?]*))?\/?(?:\?.*)?$/;

export function createMcpDoor(options: McpDoorOptions): McpDoor {
  const { inFlight } = options;
  return (request, response) => {
    const path = PATH.exec(request.url ?? '');
    if (path === null) return false;
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    inFlight.enter(gone);
    enter(path[1] ?? '', request, response, gone.signal, options)
      .catch((thrown: unknown) => refuse(response, thrown))
      .finally(() => inFlight.leave(gone));
    return true;
  };
}

async function enter(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
  { identify, endpointFor, legacy, modern, bodyBytes }: McpDoorOptions,
): Promise<void> {
  const principal = identify(request);
  if (!holdsScope(principal, 'invoke')) throw lacksInvoke(principal, 'tools');
  const endpoint = endpointFor(name, principal);
  if (endpoint === undefined)
    throw new RpcError(RPC.invalidRequest, `There is no MCP server at /mcp/${name.slice(0, 60)}.`, { status: 404 });
  const known: McpRequest = { principal, endpoint, headers: request.headers, response, signal };
  if (request.method === 'GET') return legacy.get(known);
  if (request.method === 'DELETE') return legacy.delete(known);
  if (request.method !== 'POST')
    throw new RpcError(RPC.invalidRequest, 'This address takes POST, GET and DELETE.', { status: 405 });
  const text = (await readBody(request, bodyBytes())).toString('utf8');
  const message = parseMessage(text);
  if (message === undefined) throw unreadable(text);
  const post: McpPost = { ...known, message };
  return isModern(post) ? modern(post) : legacy.post(post);
}

/** By what the body says, and where it says nothing, by the header: a modern header on a legacy body is no way around a check. */
function isModern(request: McpPost): boolean {
  const { message } = request;
  if (message.kind !== 'response' && metaOf(message.params)[META.protocolVersion] !== undefined) return true;
  const said = headerOf(request, 'mcp-protocol-version');
  return said !== undefined && !LEGACY_REVISIONS.includes(said) && headerOf(request, 'mcp-session-id') === undefined;
}

function unreadable(text: string): RpcError {
  try {
    JSON.parse(text);
  } catch {
    return new RpcError(RPC.parseError, 'The body is not JSON.', { status: 400 });
  }
  return new RpcError(RPC.invalidRequest, 'The body is not one JSON-RPC message.', { status: 400 });
}

function refuse(response: ServerResponse, thrown: unknown): void {
  const error = toRpcError(thrown);
  const { status } = thrown instanceof RpcError ? thrown : toShoalError(thrown);
  sendJson(response, status, errorText(undefined, error), status === 401 ? { 'www-authenticate': 'Bearer' } : {});
}
