// What both eras ask for in the same words: lists, calls, reads, completion. A request here has been read, and is known by
// its sender; the answer is in the modern form, which the legacy door takes its words out of.
import { isTimed, newTally } from '../../chain.ts';
import type { Handler } from '../../chain.ts';
import { isJson } from '../../models/exchange.ts';
import type { Json } from '../../models/exchange.ts';
import type { Principal } from '../../policy/principal.ts';
import type { TraceContexts } from '../../trace/trace-context.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Endpoint, ExposedTool, View } from '../catalogue/endpoint.ts';
import type { GovernedCall, GovernedMethod } from '../govern/governed-call.ts';
import type { Caller } from '../upstream/caller.ts';
import { declares } from '../upstream/upstream.ts';
import { RPC, RpcError } from '../wire/json-rpc.ts';
import { foreignMeta, metaOf, withMeta } from '../wire/revisions.ts';
import { headerOf, type McpPost } from './mcp-request.ts';

export interface ClientRequest {
  readonly method: string;
  readonly params: Json;
  readonly principal: Principal;
  readonly endpoint: Endpoint;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  readonly runId: string | undefined;
  readonly traceparent: string | undefined;
  /** Looks at the headers that repeat a tool's parameters, where the client's revision has them. */
  readonly checkTool?: (tool: ExposedTool) => void;
}

/** What a client asks for, with what its request says of where it comes from. */
export function clientRequest(
  request: McpPost,
  asked: Pick<ClientRequest, 'method' | 'params' | 'caller' | 'signal'>,
): ClientRequest {
  const { principal, endpoint } = request;
  return {
    ...asked,
    principal,
    endpoint,
    runId: headerOf(request, 'x-shoal-run'),
    traceparent: headerOf(request, 'traceparent'),
  };
}

export interface DispatchOptions {
  readonly catalogue: Catalogue;
  /** The chain, from its outermost step. */
  readonly serve: Handler<GovernedCall, Json>;
  readonly nextId: () => string;
  readonly contexts: Pick<TraceContexts, 'accept'>;
  readonly refreshMs: number;
}

export interface Dispatch {
  /** Throws `RpcError` and `ShoalError`. `made` is told the call's id before it goes out. */
  run(request: ClientRequest, made?: (id: string) => void): Promise<Json>;
  /** What the servers of an endpoint can do, all taken together. */
  capabilities(endpoint: Endpoint): Json;
}

/** Which capability a method belongs to. */
const CAPABILITY: Readonly<Record<string, string>> = {
  'tools/list': 'tools',
  'tools/call': 'tools',
  'prompts/list': 'prompts',
  'prompts/get': 'prompts',
  'resources/list': 'resources',
  'resources/templates/list': 'resources',
  'resources/read': 'resources',
  'completion/complete': 'completions',
};
const COMPLETION_MS = 10_000;

export function createDispatch({ catalogue, serve, nextId, contexts, refreshMs }: DispatchOptions): Dispatch {
  let served = 0;

  const known = new WeakMap<Endpoint, { readonly version: number; readonly capabilities: Json }>();
  const capabilities = (endpoint: Endpoint): Json => {
    const { version } = catalogue;
    let found = known.get(endpoint);
    if (found?.version !== version) {
      found = { version, capabilities: allOf(endpoint) };
      known.set(endpoint, found);
    }
    return found.capabilities;
  };
  const allOf = ({ servers }: Endpoint): Json => {
    const facts = servers.flatMap((server) => catalogue.listing(server)?.facts ?? []);
    const any = (capability: string): boolean => facts.some((each) => declares(each, capability));
    return {
      ...(any('tools') ? { tools: { listChanged: true } } : {}),
      ...(any('prompts') ? { prompts: { listChanged: true } } : {}),
      ...(any('resources') ? { resources: { subscribe: true, listChanged: true } } : {}),
      ...(any('logging') ? { logging: {} } : {}),
      ...(any('completions') ? { completions: {} } : {}),
    };
  };

  const govern = (
    request: ClientRequest,
    method: GovernedMethod,
    facts: Pick<GovernedCall, 'asked' | 'target' | 'server' | 'params'> & Partial<GovernedCall>,
    made: ((id: string) => void) | undefined,
  ): Promise<Json> => {
    const { principal, caller, signal, runId, traceparent, params } = request;
    const tally = newTally(isTimed(served++) || traceparent !== undefined);
    const id = nextId();
    made?.(id);
    const told = metaOf(params)['traceparent'];
    contexts.accept(tally, traceparent ?? (typeof told === 'string' ? told : undefined));
    return serve({
      id,
      kind: 'tool',
      principal,
      runId,
      budget: principal.budget,
      stage: 'outside',
      agent: undefined,
      round: undefined,
      signal,
      tally,
      method,
      caller,
      mirrored: [],
      checkArguments: undefined,
      checkResult: undefined,
      ...facts,
    });
  };

  const callTool = (request: ClientRequest, view: View, made?: (id: string) => void): Promise<Json> => {
    const { params } = request;
    const asked = String(params['name']);
    const exposed = view.tools.get(asked);
    // Hidden, held back and unknown are one and the same.
    if (exposed === undefined)
      throw new RpcError(RPC.invalidParams, `Unknown tool: ${asked.slice(0, 200)}`, { data: { name: asked.slice(0, 200) } });
    request.checkTool?.(exposed);
    const { server, tool, fixed } = exposed;
    const given = params['arguments'];
    if (given !== undefined && !isJson(given)) throw new RpcError(RPC.invalidParams, 'The arguments of a tool are an object.');
    return govern(
      request,
      'tools/call',
      {
        asked,
        target: `${server}__${tool.name}`,
        server,
        params: { ...passedOn(params), name: tool.name, arguments: { ...given, ...fixed } },
        mirrored: tool.mirrored,
        checkArguments: tool.checkArguments(),
        checkResult: tool.checkResult(),
      },
      made,
    );
  };

  const getPrompt = (request: ClientRequest, view: View): Promise<Json> => {
    const { params } = request;
    const asked = String(params['name']);
    const exposed = view.prompts.get(asked);
    if (exposed === undefined)
      throw new RpcError(RPC.invalidParams, `Unknown prompt: ${asked.slice(0, 200)}`, { data: { name: asked.slice(0, 200) } });
    const { server, original } = exposed;
    return govern(
      request,
      'prompts/get',
      {
        asked,
        target: `${server}__${original}`,
        server,
        params: {
          ...passedOn(params),
          name: original,
          ...(params['arguments'] === undefined ? {} : { arguments: params['arguments'] }),
        },
      },
      undefined,
    );
  };

  const readResource = (request: ClientRequest, view: View): Promise<Json> => {
    const uri = String(request.params['uri']);
    const server = view.serverOf(uri);
    if (server === undefined) throw noResource(uri);
    return govern(
      request,
      'resources/read',
      { asked: uri, target: `${server}__resources/read`, server, params: { ...passedOn(request.params), uri } },
      undefined,
    );
  };

  const complete = async ({ params, caller, signal }: ClientRequest, view: View): Promise<Json> => {
    const ref = isJson(params['ref']) ? params['ref'] : {};
    const { type, name, uri } = ref;
    const prompt = type === 'ref/prompt' ? view.prompts.get(String(name)) : undefined;
    const server = prompt?.server ?? (type === 'ref/resource' ? view.serverOf(String(uri)) : undefined);
    const upstream = server === undefined ? undefined : catalogue.upstream(server);
    if (upstream === undefined) throw new RpcError(RPC.invalidParams, 'There is no such prompt or resource to complete for.');
    const { _meta: _ours, ...rest } = params;
    return upstream.call({
      method: 'completion/complete',
      params: withMeta({ ...rest, ref: prompt === undefined ? ref : { ...ref, name: prompt.original } }, foreignMeta(params)),
      caller,
      signal: AbortSignal.any([signal, AbortSignal.timeout(COMPLETION_MS)]),
    });
  };

  const listed = (key: string, entries: readonly Json[], cursor: unknown): Json => {
    // Everything is on the first page, so there is no cursor that was ever given out.
    if (cursor !== undefined) throw new RpcError(RPC.invalidParams, 'There is no such cursor.');
    return { [key]: entries, ttlMs: refreshMs, cacheScope: 'private' };
  };

  return {
    capabilities,
    run: async (request, made) => {
      const { method, params, endpoint, signal } = request;
      const needed = CAPABILITY[method];
      if (needed === undefined) throw unknownMethod(method);
      const view = await endpoint.view(signal);
      if (capabilities(endpoint)[needed] === undefined) throw unknownMethod(method);
      const { cursor } = params;
      if (method === 'tools/call') return callTool(request, view, made);
      if (method === 'prompts/get') return getPrompt(request, view);
      if (method === 'resources/read') return readResource(request, view);
      if (method === 'completion/complete') return complete(request, view);
      if (method === 'tools/list') return listed('tools', [...view.tools.values()].map(definitionOf), cursor);
      if (method === 'prompts/list') return listed('prompts', [...view.prompts.values()].map(definitionOf), cursor);
      if (method === 'resources/list') return listed('resources', view.resources.map(definitionOf), cursor);
      return listed('resourceTemplates', view.templates.map(definitionOf), cursor);
    },
  };
}

const definitionOf = ({ definition }: { readonly definition: Json }): Json => definition;

function unknownMethod(method: string): RpcError {
  return new RpcError(RPC.methodNotFound, `Method not found: ${method.slice(0, 200)}`, { status: 404 });
}

export function noResource(uri: string): RpcError {
  return new RpcError(RPC.invalidParams, 'Resource not found', { data: { uri: uri.slice(0, 2000) } });
}

/** The protocol's own parts of a call; everything else is put together here. */
function passedOn(params: Json): Json {
  const { inputResponses, requestState } = params;
  const { progressToken } = metaOf(params);
  return withMeta(
    {
      ...(isJson(inputResponses) ? { inputResponses } : {}),
      ...(typeof requestState === 'string' ? { requestState } : {}),
    },
    { ...foreignMeta(params), ...(progressToken === undefined ? {} : { progressToken }) },
  );
}
