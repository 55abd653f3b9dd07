// The MCP gateway put together. What the configuration says of servers makes a generation: its connections, its lists, its
// clients' sessions. Another configuration of the servers makes another generation and closes the one before: its clients
// begin anew, and what its processes were working on fails.
import type { IncomingMessage } from 'node:http';
import { Agent } from 'undici';
import { canonicalJson, ShoalError } from '#foundation';
import type { Database } from '#store';
import type { Handler } from '../chain.ts';
import type { Clock } from '../clock.ts';
import type { GatewaySettings } from '../config.ts';
import type { Audit, PinView, Principal, Tools, ToolServerView, ToolView } from '../contract.ts';
import type { InFlight } from '../in-flight.ts';
import type { Json } from '../models/exchange.ts';
import { isJson } from '../models/exchange.ts';
import type { Guardrail } from '../policy/guardrails/create-guardrails.ts';
import type { Limiter } from '../policy/limits/limiter.ts';
import type { Redact } from '../policy/secrets.ts';
import type { RequestLog } from '../trace/request-log.ts';
import type { TraceContexts } from '../trace/trace-context.ts';
import { createCatalogue } from './catalogue/catalogue.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { createEndpoints } from './catalogue/endpoint.ts';
import type { Endpoint } from './catalogue/endpoint.ts';
import { createPins } from './catalogue/pins.ts';
import { createDispatch } from './door/dispatch.ts';
import type { Dispatch } from './door/dispatch.ts';
import { createLegacyDoor } from './door/legacy-door.ts';
import type { LegacyDoor } from './door/legacy-door.ts';
import { createLegacySessions } from './door/legacy-sessions.ts';
import { createMcpDoor } from './door/mcp-door.ts';
import type { McpDoor } from './door/mcp-door.ts';
import { createModernDoor } from './door/modern-door.ts';
import type { ModernDoor } from './door/modern-door.ts';
import { createParkedCalls } from './door/parked-calls.ts';
import { createStateSeal } from './door/request-state.ts';
import type { GovernedCall } from './govern/governed-call.ts';
import { governed } from './govern/govern.ts';
import { NOBODY } from './upstream/caller.ts';
import { serverFault } from './upstream/server-fault.ts';
import { createUpstreamServer } from './upstream/upstream.ts';
import { RPC, RpcError } from './wire/json-rpc.ts';

/** What of a configuration the tools are made of. */
export interface ToolConfiguration {
  readonly settings: Pick<GatewaySettings, 'tools' | 'limits'>;
  readonly guardrails: readonly Guardrail[];
}

export interface ToolGatewayOptions {
  readonly configuration: ToolConfiguration;
  readonly database: Database;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: RequestLog;
  readonly contexts: Pick<TraceContexts, 'accept'>;
  readonly redact: Redact;
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly inFlight: InFlight;
  readonly nextId: () => string;
  readonly now: () => number;
  readonly version: string;
}

export interface ToolGateway {
  readonly tools: Tools;
  door(identify: (request: IncomingMessage) => Principal): McpDoor;
  configure(configuration: ToolConfiguration): void;
  close(): Promise<void>;
}

interface Generation {
  readonly spelled: string;
  readonly catalogue: Catalogue;
  readonly endpoints: ReturnType<typeof createEndpoints>;
  readonly dispatch: Dispatch;
  readonly legacy: LegacyDoor;
  readonly modern: ModernDoor;
  close(): Promise<void>;
}

export function createToolGateway(options: ToolGatewayOptions): ToolGateway {
  const { database, environment, log, contexts, redact, limiter, clock, audit, inFlight, nextId, now, version } = options;
  const pins = createPins(database, now);
  const serverInfo = { name: 'shoal', title: 'Shoal', version };
  const ending: Promise<void>[] = [];
  let current = options.configuration;

  const chainFor = (catalogue: Catalogue, { guardrails, settings }: ToolConfiguration): Handler<GovernedCall, Json> =>
    governed({ catalogue, log, redact, now, limiter, clock, guardrails, limits: settings.limits });

  const begin = ({ settings }: ToolConfiguration): Generation => {
    const { servers, refreshMs, idleMs } = settings.tools;
    // Streams of changes stay open for as long as their server does.
    const dispatcher = new Agent({ connections: 256, keepAliveTimeout: 30_000 });
    const catalogue = createCatalogue({
      servers: Object.keys(servers),
      pins,
      refreshMs,
      now,
      open: (name, onChange) => {
        const server = servers[name];
        if (server === undefined) throw new ShoalError('internal', `There are no settings of the tool server ${name}.`);
        return createUpstreamServer({ name, settings: server, environment, dispatcher, version, idleMs, now, onChange });
      },
    });
    const endpoints = createEndpoints(settings.tools, catalogue);
    // A new configuration of guardrails and limits is in force for the next call.
    let made = { of: current, serve: chainFor(catalogue, current) };
    const serve: Handler<GovernedCall, Json> = (call) => {
      if (made.of !== current) made = { of: current, serve: chainFor(catalogue, current) };
      return made.serve(call);
    };
    const dispatch = createDispatch({ catalogue, serve, nextId, contexts, refreshMs });
    const sessions = createLegacySessions(() => current.settings.tools.sessions, now);
    const parked = createParkedCalls();
    return {
      spelled: canonicalJson(settings.tools),
      catalogue,
      endpoints,
      dispatch,
      legacy: createLegacyDoor({ dispatch, catalogue, sessions, serverInfo, inFlight, now }),
      modern: createModernDoor({ dispatch, catalogue, seal: createStateSeal(now), parked, serverInfo, refreshMs }),
      close: async () => {
        sessions.close();
        parked.close();
        await catalogue.close();
        await dispatcher.close();
      },
    };
  };
  let generation = begin(current);

  const endpointFor = (name: string, principal: Principal): Endpoint => {
    const endpoint = generation.endpoints.find(name, principal);
    if (endpoint !== undefined) return endpoint;
    throw new ShoalError('not_found', `There is no MCP server at /mcp/${name.slice(0, 60)}.`, {
      hint: 'Servers and virtual servers are named under gateway.tools in config.yaml.',
    });
  };

  const tools: Tools = {
    endpoints: () => generation.endpoints.names,
    servers: async (signal) => {
      const { catalogue } = generation;
      await catalogue.ready(catalogue.servers, signal);
      return catalogue.servers.map((name) => serverView(catalogue, name));
    },
    list: async (name, principal, signal) => {
      const view = await endpointFor(name, principal).view(signal);
      return [...view.tools.values()].map(({ definition, server }) => toolView(definition, server));
    },
    call: async (name, tool, args, principal, signal) => {
      const endpoint = endpointFor(name, principal);
      let requestId = '';
      const request = {
        method: 'tools/call',
        params: { name: tool, arguments: args },
        principal,
        endpoint,
        caller: NOBODY,
        runId: undefined,
        traceparent: undefined,
      };
      const result = await inFlight
        .run(signal, (until) => generation.dispatch.run({ ...request, signal: until }, (id) => (requestId = id)))
        .catch((thrown: unknown) => {
          throw inOurWords(thrown, tool);
        });
      const { content, structuredContent, isError } = result;
      return { requestId, isError: isError === true, content: Array.isArray(content) ? content : [], structuredContent };
    },
    pins: (server) => pins.list(server),
    approveDefinition: async ({ server, kind, name, hash }, actor) => {
      const approved = audit.record(() => approve(server, kind, name, hash, actor));
      // Whoever looks next sees it; where the server is away, what was known of it is read anew when it is back.
      await generation.catalogue.refresh(server).catch(() => undefined);
      return approved;
    },
  };

  const approve = (server: string, kind: PinView['kind'], name: string, hash: string | undefined, actor: string) => {
    const before = pins.list(server).find((pin) => pin.kind === kind && pin.name === name);
    const what = kind === 'server' ? server : `${server}__${name}`;
    if (before?.waiting === undefined) {
      throw new ShoalError('not_found', `No definition of ${what} waits for approval.`, {
        hint: 'See what waits: npx shoal tools pins',
      });
    }
    const after = pins.approve(server, kind, name, hash);
    if (after === undefined) {
      throw new ShoalError('conflict', `What waits of ${what} is no longer what was looked at.`, {
        hint: 'Look at it again: npx shoal tools pins',
      });
    }
    return {
      result: after,
      act: {
        actor,
        action: 'tool-definition.approved',
        subject: `${kind} ${what}`,
        before: { hash: before.approved?.hash ?? null },
        after: { hash: after.approved?.hash ?? null },
      },
    };
  };

  return {
    tools,
    door: (identify) =>
      createMcpDoor({
        identify,
        endpointFor: (name, principal) => generation.endpoints.find(name, principal),
        legacy: {
          post: (request) => generation.legacy.post(request),
          get: (request) => generation.legacy.get(request),
          delete: (request) => generation.legacy.delete(request),
        },
        modern: (request) => generation.modern(request),
        bodyBytes: () => current.settings.limits.promptBytes,
        inFlight,
      }),
    configure: (configuration) => {
      current = configuration;
      if (canonicalJson(configuration.settings.tools) === generation.spelled) return;
      ending.push(generation.close());
      generation = begin(configuration);
    },
    close: async () => {
      await Promise.all([...ending, generation.close()]);
    },
  };
}

function serverView(catalogue: Catalogue, name: string): ToolServerView {
  const upstream = catalogue.upstream(name);
  const listing = catalogue.listing(name);
  const { state = 'idle', facts, error } = upstream?.view() ?? {};
  const title = facts?.serverInfo['title'] ?? facts?.serverInfo['name'];
  return {
    name,
    transport: upstream?.settings.command === undefined ? 'http' : 'stdio',
    state: state === 'connected' && listing === undefined ? 'connecting' : state,
    revision: facts?.revision,
    title: typeof title === 'string' ? title : undefined,
    tools: listing?.tools.length ?? 0,
    prompts: listing?.prompts.length ?? 0,
    resources: listing?.resources.length ?? 0,
    waiting: listing?.held.size ?? 0,
    error,
    left: listing?.left ?? [],
  };
}

function toolView({ name, title, description, inputSchema, outputSchema }: Json, server: string): ToolView {
  return {
    name: String(name),
    server,
    title: typeof title === 'string' ? title : undefined,
    description: typeof description === 'string' ? description : undefined,
    inputSchema: isJson(inputSchema) ? inputSchema : {},
    outputSchema: isJson(outputSchema) ? outputSchema : undefined,
  };
}

function inOurWords(thrown: unknown, tool: string): unknown {
  if (!(thrown instanceof RpcError)) return thrown;
  if (thrown.code === RPC.invalidParams || thrown.code === RPC.methodNotFound) {
    return new ShoalError('not_found', `There is no tool ${tool.slice(0, 200)} here.`, {
      hint: 'See which there are: npx shoal tools list',
    });
  }
  return serverFault(thrown.message, thrown);
}
