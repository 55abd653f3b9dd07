// Clients of the revisions up to 2025-11-25: they begin with `initialize`, go on in a session, may be asked while they
// wait, and hear of changes by a stream of their own.
import { isJson } from '../../models/exchange.ts';
import type { Json } from '../../models/exchange.ts';
import type { InFlight } from '../../in-flight.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { checkAskable } from '../upstream/caller.ts';
import type { Caller } from '../upstream/caller.ts';
import { errorText, notificationText, resultText, RPC, RpcError, toRpcError } from '../wire/json-rpc.ts';
import type { RpcNotification, RpcRequest } from '../wire/json-rpc.ts';
import { isLogged, isLogLevel, LATEST_LEGACY_REVISION, LEGACY_REVISIONS } from '../wire/revisions.ts';
import { sendJson } from './answering.ts';
import { onListChanged, onResourceUpdated } from './changes.ts';
import { clientRequest, noResource } from './dispatch.ts';
import type { Dispatch } from './dispatch.ts';
import { createLegacySession } from './legacy-session.ts';
import type { LegacySession, SessionStream } from './legacy-session.ts';
import type { LegacySessions } from './legacy-sessions.ts';
import { headerOf, ownerOf, readsStreams } from './mcp-request.ts';
import type { McpPost, McpRequest } from './mcp-request.ts';

export interface LegacyDoorOptions {
  readonly dispatch: Dispatch;
  readonly catalogue: Catalogue;
  readonly sessions: LegacySessions;
  readonly serverInfo: Json;
  readonly inFlight: Pick<InFlight, 'run'>;
  readonly now: () => number;
}

/** Each answers one HTTP request; none throws. */
export interface LegacyDoor {
  post(request: McpPost): Promise<void>;
  get(request: McpRequest): void;
  delete(request: McpRequest): void;
}

const ALL_LISTS = { tools: true, prompts: true, resources: true };
const LEGACY_OF_PROTOCOL: Readonly<Record<string, number>> = { 'resources/read': RPC.legacyResourceNotFound };

export function createLegacyDoor({ dispatch, catalogue, sessions, serverInfo, inFlight, now }: LegacyDoorOptions): LegacyDoor {
  const sessionOf = (request: McpRequest): LegacySession | undefined =>
    sessions.find(headerOf(request, 'mcp-session-id'), ownerOf(request.principal), request.endpoint.name);

  const initialize = async (request: McpPost, { id, params }: RpcRequest): Promise<void> => {
    const { principal, endpoint, signal, response } = request;
    const { instructions } = await endpoint.view(signal);
    const wanted = String(params['protocolVersion']);
    const revision = LEGACY_REVISIONS.includes(wanted) ? wanted : LATEST_LEGACY_REVISION;
    const { capabilities } = params;
    const session = createLegacySession({
      owner: ownerOf(principal),
      endpoint,
      revision,
      capabilities: isJson(capabilities) ? capabilities : {},
      nowMs: now(),
    });
    session.subscriptions.set(
      LISTS,
      onListChanged(catalogue, endpoint, ALL_LISTS, (method, told) => session.tell(method, told)),
    );
    sessions.add(session);
    const result = {
      protocolVersion: revision,
      capabilities: dispatch.capabilities(endpoint),
      serverInfo,
      ...(instructions === undefined ? {} : { instructions }),
    };
    sendJson(response, 200, resultText(id, result), { 'mcp-session-id': session.id });
  };

  const subscribe = async (session: LegacySession, uri: string, signal: AbortSignal): Promise<Json> => {
    await session.endpoint.view(signal);
    if (session.subscriptions.has(uri)) return {};
    const stop = onResourceUpdated(catalogue, session.endpoint, uri, (method, told) => session.tell(method, told));
    if (stop === undefined) throw noResource(uri);
    session.subscriptions.set(uri, stop);
    return {};
  };

  const answer = async (
    request: McpPost,
    session: LegacySession,
    stream: SessionStream,
    { method, params }: RpcRequest,
    signal: AbortSignal,
  ): Promise<Json> => {
    if (method === 'ping') return {};
    if (method === 'logging/setLevel') {
      if (!isLogLevel(params['level'])) throw new RpcError(RPC.invalidParams, 'There is no such log level.');
      session.logLevel = params['level'];
      return {};
    }
    if (method === 'resources/subscribe') return subscribe(session, String(params['uri']), signal);
    if (method === 'resources/unsubscribe') {
      session.subscriptions.get(String(params['uri']))?.();
      session.subscriptions.delete(String(params['uri']));
      return {};
    }
    const caller: Caller = {
      era: 'legacy',
      capabilities: session.capabilities,
      logLevel: session.logLevel,
      notify: (told, more) => {
        if (told === 'notifications/message' && !isLogged(more['level'], session.logLevel)) return;
        stream.message(notificationText(told, more));
      },
      ask: async (asked, how, until) => {
        checkAskable(session, asked, how);
        return session.ask(stream, asked, how, until);
      },
    };
    return dispatch.run(clientRequest(request, { method, params, caller, signal }));
  };

  const serve = async (request: McpPost, session: LegacySession, message: RpcRequest): Promise<void> => {
    const { id } = message;
    const stream = session.openStream(request.response, readsStreams(request));
    // A client that loses the connection may come back for the answer, so only the session's end and its word end a call.
    const controller = new AbortController();
    session.underWay.set(id, controller);
    try {
      const result = await inFlight.run(controller.signal, (signal) => answer(request, session, stream, message, signal));
      stream.end(resultText(id, toLegacy(result)));
    } catch (thrown) {
      stream.end(errorText(id, errorFor(toRpcError(thrown), message)));
    } finally {
      if (session.underWay.get(id) === controller) session.underWay.delete(id);
    }
  };

  return {
    post: async (request) => {
      const { message, response } = request;
      if (message.kind === 'request' && message.method === 'initialize') return initialize(request, message);
      const session = sessionOf(request);
      if (session === undefined) return noSession(request);
      const said = headerOf(request, 'mcp-protocol-version');
      if (said !== undefined && !LEGACY_REVISIONS.includes(said)) return unknownRevision(request, said);
      if (message.kind === 'request') return serve(request, session, message);
      if (message.kind === 'response') session.answered(message);
      else hear(session, message);
      response.writeHead(202, { 'mcp-session-id': session.id }).end();
      return undefined;
    },
    get: (request) => {
      const session = sessionOf(request);
      if (session === undefined) return noSession(request);
      if (!readsStreams(request))
        return refuse(request, 406, 'This address answers GET with a stream of events, which the Accept header leaves out.');
      const last = headerOf(request, 'last-event-id');
      if (last === undefined) session.listen(request.response);
      else if (!session.resume(request.response, last)) refuse(request, 404, 'That event is not known any more.');
      return undefined;
    },
    delete: (request) => {
      const session = sessionOf(request);
      if (session === undefined) return noSession(request);
      sessions.end(session);
      request.response.writeHead(204).end();
      return undefined;
    },
  };
}

function hear(session: LegacySession, { method, params }: RpcNotification): void {
  const id = params['requestId'];
  if (method === 'notifications/cancelled' && (typeof id === 'string' || typeof id === 'number'))
    session.underWay.get(id)?.abort();
}

/** Where the end of hearing of lists is kept; no resource has this address. */
const LISTS = '';

function noSession(request: McpRequest): void {
  if (headerOf(request, 'mcp-session-id') === undefined) {
    refuse(request, 400, 'The request belongs to no session. Begin with initialize and send the Mcp-Session-Id that it answers.');
  } else refuse(request, 404, 'There is no such session. Begin a new one with initialize.');
}

function unknownRevision(request: McpRequest, said: string): void {
  refuse(request, 400, `MCP-Protocol-Version ${said.slice(0, 40)} is not spoken here; ${LEGACY_REVISIONS.join(', ')} are.`);
}

function refuse({ response }: McpRequest, status: number, message: string): void {
  sendJson(response, status, errorText(undefined, new RpcError(RPC.invalidRequest, message)));
}

/** Without the words of the modern revision. */
function toLegacy(result: Json): Json {
  const { resultType: _type, ttlMs: _ttl, cacheScope: _scope, ...rest } = result;
  return rest;
}

function errorFor(error: RpcError, { method, params }: RpcRequest): RpcError {
  const legacy = LEGACY_OF_PROTOCOL[method];
  const isMissing = error.code === RPC.invalidParams && isJson(error.data) && error.data['uri'] === params['uri'];
  return legacy !== undefined && isMissing ? new RpcError(legacy, error.message, { data: error.data }) : error;
}
