// Clients of revision 2026-07-28: each request stands for itself, says who asks and what that client can do, and repeats
// in its headers what those between need. Decisions are made on the body; headers that say something else are refused.
import { isJson } from '../../models/exchange.ts';
import type { Json } from '../../models/exchange.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { asksForInput } from '../upstream/answer-inputs.ts';
import { checkAskable } from '../upstream/caller.ts';
import type { Caller } from '../upstream/caller.ts';
import { errorText, notificationText, resultText, RPC, RpcError, toRpcError } from '../wire/json-rpc.ts';
import type { RpcRequest } from '../wire/json-rpc.ts';
import { checkMirrored, checkMirroredParameters } from '../wire/mirrored-headers.ts';
import { isLogLevel, META, metaOf, MODERN_REVISION, SUPPORTED_REVISIONS } from '../wire/revisions.ts';
import { createAnswering } from './answering.ts';
import type { Answering } from './answering.ts';
import { onListChanged, onResourceUpdated } from './changes.ts';
import { clientRequest, noResource } from './dispatch.ts';
import type { ClientRequest, Dispatch } from './dispatch.ts';
import { headerOf, ownerOf, readsStreams } from './mcp-request.ts';
import type { McpPost } from './mcp-request.ts';
import { noSuchCall } from './parked-calls.ts';
import type { ParkedCall, ParkedCalls } from './parked-calls.ts';
import type { StateScope, StateSeal } from './request-state.ts';

export interface ModernDoorOptions {
  readonly dispatch: Dispatch;
  readonly catalogue: Catalogue;
  readonly seal: StateSeal;
  readonly parked: ParkedCalls;
  readonly serverInfo: Json;
  readonly refreshMs: number;
}

/** Answers one POST; never throws. */
export type ModernDoor = (request: McpPost) => Promise<void>;

const ASKING: ReadonlySet<string> = new Set(['tools/call', 'prompts/get', 'resources/read']);
const STATUS_OF: Readonly<Record<number, number>> = {
  [RPC.headerMismatch]: 400,
  [RPC.missingCapability]: 400,
  [RPC.unsupportedVersion]: 400,
  [RPC.methodNotFound]: 404,
};
const MAX_LISTENING = 1024;

export function createModernDoor(options: ModernDoorOptions): ModernDoor {
  const { dispatch, catalogue, seal, parked, serverInfo, refreshMs } = options;
  let listening = 0;

  const identified = (result: Json): Json => ({
    resultType: 'complete',
    ...result,
    _meta: { ...metaOf({ _meta: result['_meta'] }), [META.serverInfo]: serverInfo },
  });

  const discover = async ({ endpoint, signal }: McpPost): Promise<Json> => {
    const { instructions } = await endpoint.view(signal);
    return {
      supportedVersions: SUPPORTED_REVISIONS,
      capabilities: dispatch.capabilities(endpoint),
      ...(instructions === undefined ? {} : { instructions }),
      ttlMs: refreshMs,
      cacheScope: 'private',
    };
  };

  /** Tells of changes until either side ends the stream. */
  const listen = async (request: McpPost, { id, params }: RpcRequest, answering: Answering): Promise<void> => {
    const { endpoint, signal } = request;
    if (listening >= MAX_LISTENING) throw new RpcError(RPC.internal, 'As many streams of changes are open as there may be.');
    await endpoint.view(signal);
    const wanted = isJson(params['notifications']) ? params['notifications'] : {};
    const tell = (method: string, told: Json): void =>
      answering.message(notificationText(method, { ...told, _meta: { [META.subscriptionId]: id } }));
    const can = dispatch.capabilities(endpoint);
    const filter = {
      tools: wanted['toolsListChanged'] === true && can['tools'] !== undefined,
      prompts: wanted['promptsListChanged'] === true && can['prompts'] !== undefined,
      resources: wanted['resourcesListChanged'] === true && can['resources'] !== undefined,
    };
    const uris = Array.isArray(wanted['resourceSubscriptions'])
      ? wanted['resourceSubscriptions'].filter((uri) => typeof uri === 'string')
      : [];
    const stops: (() => void)[] = [];
    const agreed = uris.slice(0, 1000).filter((uri) => {
      const stop = onResourceUpdated(catalogue, endpoint, uri, tell);
      if (stop !== undefined) stops.push(stop);
      return stop !== undefined;
    });
    listening++;
    try {
      tell('notifications/subscriptions/acknowledged', {
        notifications: {
          ...(filter.tools ? { toolsListChanged: true } : {}),
          ...(filter.prompts ? { promptsListChanged: true } : {}),
          ...(filter.resources ? { resourcesListChanged: true } : {}),
          ...(agreed.length === 0 ? {} : { resourceSubscriptions: agreed }),
        },
      });
      stops.push(onListChanged(catalogue, endpoint, filter, tell));
      if (!signal.aborted)
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    } finally {
      listening--;
      for (const stop of stops) stop();
      answering.close();
    }
  };

  /** A call that may end in questions instead of an answer. */
  const converse = async (request: McpPost, { method, params }: RpcRequest, answering: Answering): Promise<Json> => {
    const { principal, endpoint, signal } = request;
    const scope: StateScope = { principal: ownerOf(principal), endpoint: endpoint.name, method, params };
    const { requestState } = params;
    const state = typeof requestState === 'string' ? seal.open(requestState, scope) : {};
    const notify: Caller['notify'] = (told, more) => answering.message(notificationText(told, more));
    let call: ParkedCall;
    if (state.parked === undefined) {
      call = parked.create();
      const { requestState: _sealed, ...rest } = params;
      const opened = state.upstream === undefined ? rest : { ...rest, requestState: state.upstream };
      const caller = { ...callerOf(params), notify: call.notify, ask: call.ask };
      call.start(() => dispatch.run({ ...checkedRequest(request, method, opened, caller), signal: call.signal }));
    } else {
      const found = parked.find(state.parked);
      if (found === undefined) throw noSuchCall();
      call = found;
    }
    const inputResponses = isJson(params['inputResponses']) ? params['inputResponses'] : {};
    const turn = await call.turn(inputResponses, notify, signal);
    if (turn.kind === 'asked') {
      return {
        resultType: 'input_required',
        inputRequests: turn.inputRequests,
        requestState: seal.seal({ parked: call.id }, scope),
      };
    }
    const { result } = turn;
    if (!asksForInput(result)) return method === 'resources/read' ? { ttlMs: 0, ...result, cacheScope: 'private' } : result;
    for (const asked of Object.values(isJson(result['inputRequests']) ? result['inputRequests'] : {})) {
      const { method: what, params: how } = isJson(asked) ? asked : {};
      checkAskable(callerOf(params), String(what), isJson(how) ? how : {});
    }
    const { requestState: theirs, ...more } = result;
    return typeof theirs === 'string' ? { ...more, requestState: seal.seal({ upstream: theirs }, scope) } : more;
  };

  const answer = async (request: McpPost, message: RpcRequest, answering: Answering): Promise<Json | undefined> => {
    const { method, params } = message;
    if (method === 'server/discover') return discover(request);
    if (method === 'subscriptions/listen') {
      await listen(request, message, answering);
      return undefined;
    }
    if (ASKING.has(method)) return converse(request, message, answering);
    return dispatch.run(checkedRequest(request, method, params, { ...NOT_ASKED, ...callerOf(params) }));
  };

  return async (request) => {
    const { message, response } = request;
    if (message.kind !== 'request') {
      // No notification of a client means anything in this revision, and there is nothing to answer.
      response.writeHead(message.kind === 'notification' ? 202 : 400).end();
      return;
    }
    const answering = createAnswering(response, { streams: readsStreams(request) });
    try {
      checkRequest(request, message);
      const result = await answer(request, message, answering);
      if (result !== undefined) answering.end(resultText(message.id, identified(result)));
    } catch (thrown) {
      const error = toModern(toRpcError(thrown), message);
      answering.end(errorText(message.id, error), error.status);
    }
  };
}

const NOT_ASKED: Pick<Caller, 'notify' | 'ask'> = {
  notify: () => undefined,
  ask: async (method) => {
    throw new RpcError(RPC.methodNotFound, `Nobody can be asked for ${method.slice(0, 100)} during this request.`);
  },
};

function callerOf(params: Json): Pick<Caller, 'era' | 'capabilities' | 'logLevel'> {
  const meta = metaOf(params);
  const capabilities = meta[META.clientCapabilities];
  const level = meta[META.logLevel];
  return {
    era: 'modern',
    capabilities: isJson(capabilities) ? capabilities : {},
    logLevel: isLogLevel(level) ? level : undefined,
  };
}

/** With the parameters that headers repeat checked against the body. */
function checkedRequest(request: McpPost, method: string, params: Json, caller: Caller): ClientRequest {
  const { signal, headers } = request;
  return {
    ...clientRequest(request, { method, params, caller, signal }),
    checkTool: ({ tool, fixed }) =>
      checkMirroredParameters(
        headers,
        params,
        tool.mirrored.filter(({ path }) => !Object.hasOwn(fixed, path[0] ?? '')),
      ),
  };
}

/** Throws for a request that is not made as this revision wants it. */
function checkRequest(request: McpPost, { method, params }: RpcRequest): void {
  const meta = metaOf(params);
  const version = meta[META.protocolVersion];
  if (typeof version !== 'string') throw missing(META.protocolVersion);
  const said = headerOf(request, 'mcp-protocol-version');
  if (said !== version) {
    throw new RpcError(
      RPC.headerMismatch,
      `Header mismatch: MCP-Protocol-Version ${said === undefined ? 'is missing' : `says “${said.slice(0, 40)}”`}, but the body says “${version.slice(0, 40)}”.`,
      { status: 400 },
    );
  }
  if (version !== MODERN_REVISION) {
    throw new RpcError(RPC.unsupportedVersion, 'Unsupported protocol version', {
      data: { supported: SUPPORTED_REVISIONS, requested: version },
      status: 400,
    });
  }
  if (!isJson(meta[META.clientCapabilities])) throw missing(META.clientCapabilities);
  checkMirrored(request.headers, method, params);
}

function missing(key: string): RpcError {
  return new RpcError(RPC.invalidParams, `The request's _meta lacks ${key}.`, { status: 400 });
}

/** The words of this revision, where a legacy server said it in others. */
function toModern(error: RpcError, { method, params }: RpcRequest): RpcError {
  if (method === 'resources/read' && error.code === RPC.legacyResourceNotFound) return noResource(String(params['uri']));
  const status = error.status === 200 ? (STATUS_OF[error.code] ?? 200) : error.status;
  return new RpcError(error.code, error.message, { data: error.data, status });
}
