// What is seen at one address: `/mcp` has every server's tools under `server__tool`, `/mcp/<server>` one server as it is,
// `/mcp/<virtual server>` what the configuration puts together. What is not listed here cannot be called here.
import { isJson } from '../../models/exchange.ts';
import type { Json } from '../../models/exchange.ts';
import { matchesPattern } from '../../policy/keys/model-patterns.ts';
import type { Principal } from '../../policy/principal.ts';
import type { ToolsSettings, VirtualServerSettings } from '../settings.ts';
import type { Catalogue } from './catalogue.ts';
import type { ListedTool } from './listing.ts';
import { pinKey } from './pins.ts';

export interface ExposedTool {
  readonly name: string;
  readonly server: string;
  readonly tool: ListedTool;
  /** As it is listed here. */
  readonly definition: Json;
  readonly fixed: Json;
}
export interface ExposedPrompt {
  readonly name: string;
  readonly server: string;
  /** Its name at its server. */
  readonly original: string;
  readonly definition: Json;
}
export interface ExposedResource {
  readonly server: string;
  readonly definition: Json;
}

/** What there is to see, at one state of the catalogue. */
export interface View {
  readonly instructions: string | undefined;
  readonly tools: ReadonlyMap<string, ExposedTool>;
  readonly prompts: ReadonlyMap<string, ExposedPrompt>;
  readonly resources: readonly ExposedResource[];
  readonly templates: readonly ExposedResource[];
  /** The server that a resource is read from; undefined = it is none of these. */
  serverOf(uri: string): string | undefined;
}

export interface Endpoint {
  /** Empty for `/mcp`. */
  readonly name: string;
  readonly servers: readonly string[];
  /** Waits for servers that were never read. */
  view(signal: AbortSignal): Promise<View>;
  /** Of what was read so far. */
  present(): View;
}

const SEPARATOR = '__';

interface Plan {
  readonly name: string;
  readonly servers: readonly string[];
  readonly prefixed: boolean;
  readonly virtual: VirtualServerSettings | undefined;
}

export function createEndpoints(
  settings: ToolsSettings,
  catalogue: Catalogue,
): { readonly names: readonly string[]; find(name: string, principal: Principal): Endpoint | undefined } {
  const servers = Object.keys(settings.servers);
  const endpoints = new Map<string, { readonly endpoint: Endpoint; readonly rule: AccessRule }>();
  const add = (plan: Plan, rule: AccessRule): void =>
    void endpoints.set(plan.name, { endpoint: endpointOf(plan, catalogue), rule });
  add({ name: '', servers, prefixed: true, virtual: undefined }, settings);
  for (const server of servers) add({ name: server, servers: [server], prefixed: false, virtual: undefined }, settings);
  for (const [name, virtual] of Object.entries(settings.virtual)) {
    add({ name, servers: serversOf(virtual, servers), prefixed: true, virtual }, virtual);
  }
  return {
    names: [...endpoints.keys()],
    find: (name, principal) => {
      const found = endpoints.get(name);
      return found !== undefined && mayUse(principal, found.rule) ? found.endpoint : undefined;
    },
  };
}

type AccessRule = Pick<VirtualServerSettings, 'keys' | 'teams'>;

function mayUse({ kind, keyId, name, team }: Principal, { keys, teams }: AccessRule): boolean {
  if (kind === 'local' || (keys === undefined && teams === undefined)) return true;
  const byKey = keys?.some((pattern) => matchesPattern(pattern, name) || matchesPattern(pattern, keyId ?? '')) ?? false;
  return byKey || (team !== undefined && (teams?.some((pattern) => matchesPattern(pattern, team)) ?? false));
}

/** Those that its patterns can mean. */
function serversOf({ tools, prompts, resources }: VirtualServerSettings, servers: readonly string[]): readonly string[] {
  const patterns = [...tools.map(({ tool }) => tool), ...prompts];
  return servers.filter(
    (server) =>
      resources.includes(server) ||
      patterns.some((pattern) => {
        const [named = '', after] = pattern.split(SEPARATOR);
        return after === undefined || named.includes('*') ? pattern.includes('*') : named === server;
      }),
  );
}

function endpointOf(plan: Plan, catalogue: Catalogue): Endpoint {
  let made: { readonly version: number; readonly view: View } | undefined;
  const present = (): View => {
    if (made?.version !== catalogue.version) made = { version: catalogue.version, view: viewOf(plan, catalogue) };
    return made.view;
  };
  return {
    name: plan.name,
    servers: plan.servers,
    view: async (signal) => {
      await catalogue.ready(plan.servers, signal);
      return present();
    },
    present,
  };
}

function viewOf({ servers, prefixed, virtual }: Plan, catalogue: Catalogue): View {
  const tools = new Map<string, ExposedTool>();
  const prompts = new Map<string, ExposedPrompt>();
  const resources: ExposedResource[] = [];
  const templates: ExposedResource[] = [];
  const instructions: string[] = [];
  for (const server of servers) {
    const listing = catalogue.listing(server);
    if (listing === undefined) continue;
    if (listing.instructions !== undefined)
      instructions.push(prefixed ? `${server}: ${listing.instructions}` : listing.instructions);
    for (const tool of listing.tools) {
      if (listing.held.has(pinKey('tool', tool.name))) continue;
      for (const exposed of exposures(server, tool, prefixed, virtual)) {
        if (!tools.has(exposed.name)) tools.set(exposed.name, exposed);
      }
    }
    for (const definition of listing.prompts) {
      const original = String(definition['name']);
      const name = prefixed ? server + SEPARATOR + original : original;
      if (listing.held.has(pinKey('prompt', original))) continue;
      if (virtual !== undefined && !matchesAny(virtual.prompts, name)) continue;
      prompts.set(name, { name, server, original, definition: { ...definition, name } });
    }
    if (virtual !== undefined && !virtual.resources.includes(server)) continue;
    resources.push(...listing.resources.map((definition) => ({ server, definition })));
    templates.push(...listing.templates.map((definition) => ({ server, definition })));
  }
  const byUri = new Map<string, string>();
  for (const { server, definition } of resources) {
    const uri = String(definition['uri']);
    // The same address at two servers is the first one's, in the order of the configuration.
    if (!byUri.has(uri)) byUri.set(uri, server);
  }
  const own = prefixed ? undefined : servers[0];
  return {
    instructions: virtual === undefined ? instructions.join('\n\n') || undefined : virtual.instructions,
    tools,
    prompts,
    resources: resources.filter(({ server, definition }) => byUri.get(String(definition['uri'])) === server),
    templates,
    // A server by itself knows better which addresses it has than its lists say.
    serverOf: (uri) => byUri.get(uri) ?? byTemplate(uri, templates) ?? own,
  };
}

function exposures(
  server: string,
  tool: ListedTool,
  prefixed: boolean,
  virtual: VirtualServerSettings | undefined,
): readonly ExposedTool[] {
  const qualified = server + SEPARATOR + tool.name;
  if (virtual === undefined) {
    const name = prefixed ? qualified : tool.name;
    return [{ name, server, tool, definition: name === tool.name ? tool.definition : { ...tool.definition, name }, fixed: {} }];
  }
  if (matchesAny(virtual.hidden, qualified)) return [];
  return virtual.tools
    .filter((rule) => matchesPattern(rule.tool, qualified))
    .map(({ as: name = qualified, description, fixed }) => ({
      name,
      server,
      tool,
      fixed,
      definition: {
        ...tool.definition,
        name,
        ...(description === undefined ? {} : { description }),
        inputSchema: withoutFixed(tool.definition['inputSchema'], fixed),
      },
    }));
}

/** The schema that a caller sees, without the arguments that are not its to set. */
function withoutFixed(schema: unknown, fixed: Json): unknown {
  if (!isJson(schema) || Object.keys(fixed).length === 0) return schema;
  const { properties, required } = schema;
  return {
    ...schema,
    ...(isJson(properties)
      ? { properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !Object.hasOwn(fixed, name))) }
      : {}),
    ...(Array.isArray(required) ? { required: required.filter((name) => !Object.hasOwn(fixed, String(name))) } : {}),
  };
}

/** The server whose template begins most like the address. */
function byTemplate(uri: string, templates: readonly ExposedResource[]): string | undefined {
  let best: { readonly server: string; readonly length: number } | undefined;
  for (const { server, definition } of templates) {
    const begin = String(definition['uriTemplate']).split('{', 1)[0] ?? '';
    if (begin !== '' && uri.startsWith(begin) && begin.length > (best?.length ?? 0)) best = { server, length: begin.length };
  }
  return best?.server;
}

const matchesAny = (patterns: readonly string[], name: string): boolean =>
  patterns.some((pattern) => matchesPattern(pattern, name));
