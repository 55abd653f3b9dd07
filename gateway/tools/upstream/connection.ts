// A connection to one upstream server, in whichever era the server lives: the differences end here. Legacy servers are
// greeted with `initialize`; modern ones are told with each request who asks and what that client can do.
import type { Json } from '../../models/exchange.ts';
import { isJson } from '../../models/exchange.ts';
import { RPC, RpcError } from '../wire/json-rpc.ts';
import { mirroredHeaders } from '../wire/mirrored-headers.ts';
import type { MirroredParameter } from '../wire/mirrored-headers.ts';
import { LATEST_LEGACY_REVISION, LEGACY_REVISIONS, META, metaOf, MODERN_REVISION } from '../wire/revisions.ts';
import type { Era } from '../wire/revisions.ts';
import { NOBODY } from './caller.ts';
import type { Caller } from './caller.ts';
import type { Peer } from './peer.ts';
import { serverFault } from './server-fault.ts';

/** What a server says of itself. */
export interface ServerFacts {
  readonly era: Era;
  readonly revision: string;
  readonly serverInfo: Json;
  readonly capabilities: Json;
  readonly instructions: string | undefined;
}

export interface UpstreamCall {
  readonly method: string;
  readonly params: Json;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  /** Of the tool that is called: what has to be repeated in headers. */
  readonly mirrored?: readonly MirroredParameter[];
}

export interface Connection {
  readonly facts: ServerFacts;
  /** Throws as `Peer.call` does. */
  call(call: UpstreamCall): Promise<Json>;
  /**
   * Has changes told for as long as `signal` holds; these resources' too. Resolves when the server has agreed, or has no
   * changes to tell; `onEnd` is called where the server stops telling.
   */
  watch(resources: readonly string[], signal: AbortSignal, onEnd: () => void): Promise<void>;
  readonly underWay: number;
  close(): Promise<void>;
}

export const CLIENT_NAME = 'shoal';

/** Greets a server of the legacy era. `opened` is told the revision that was agreed on. */
export async function connectLegacy(
  peer: Peer,
  clientInfo: Json,
  capabilities: Json,
  opened: (revision: string) => void,
  listen: () => void,
  signal: AbortSignal,
): Promise<Connection> {
  const params = { protocolVersion: LATEST_LEGACY_REVISION, capabilities, clientInfo };
  const greeting = await peer.call({ method: 'initialize', params, caller: NOBODY, signal });
  const revision = String(greeting['protocolVersion']);
  if (!LEGACY_REVISIONS.includes(revision)) {
    throw serverFault(`The server wants to speak revision ${revision.slice(0, 40)} of MCP, which is not known here.`);
  }
  opened(revision);
  await peer.notify('notifications/initialized', {});
  const facts = factsOf('legacy', revision, greeting, greeting['serverInfo']);
  const subscribed = new Set<string>();
  let listening = false;
  return {
    facts,
    call: ({ method, params: given, caller, signal: until }) => peer.call({ method, params: given, caller, signal: until }),
    watch: async (resources, until) => {
      if (!listening && tellsChanges(facts)) listen();
      listening = true;
      const wanted = new Set(can(facts, 'resources', 'subscribe') ? resources : []);
      for (const uri of wanted) {
        if (subscribed.has(uri)) continue;
        await peer.call({ method: 'resources/subscribe', params: { uri }, caller: NOBODY, signal: until });
        subscribed.add(uri);
      }
      for (const uri of subscribed) {
        if (wanted.has(uri)) continue;
        await peer.call({ method: 'resources/unsubscribe', params: { uri }, caller: NOBODY, signal: until });
        subscribed.delete(uri);
      }
    },
    get underWay() {
      return peer.underWay;
    },
    close: () => peer.close(),
  };
}

/** Asks a server for the revisions that it speaks. Throws `NotModern` where it does not answer as a modern server would. */
export async function connectModern(peer: Peer, clientInfo: Json, signal: AbortSignal): Promise<Connection> {
  const send = ({ method, params, caller, signal: until, mirrored = [] }: UpstreamCall, onAgreed?: () => void): Promise<Json> => {
    const { logLevel } = caller;
    const _meta = {
      ...metaOf(params),
      [META.protocolVersion]: MODERN_REVISION,
      [META.clientInfo]: clientInfo,
      [META.clientCapabilities]: caller.capabilities,
      ...(logLevel === undefined ? {} : { [META.logLevel]: logLevel }),
    };
    return peer.call({
      method,
      params: { ...params, _meta },
      headers: { 'mcp-protocol-version': MODERN_REVISION, ...mirroredHeaders(method, params, mirrored) },
      caller,
      signal: until,
      ...(onAgreed === undefined ? {} : { onAgreed }),
    });
  };
  const found = await send({ method: 'server/discover', params: {}, caller: NOBODY, signal });
  const { supportedVersions } = found;
  if (!Array.isArray(supportedVersions) || !supportedVersions.includes(MODERN_REVISION)) {
    throw new NotModern('The server speaks no modern revision of MCP that is known here.');
  }
  const facts = factsOf('modern', MODERN_REVISION, found, metaOf(found)[META.serverInfo] ?? found['serverInfo']);
  return {
    facts,
    call: (call) => send(call),
    watch: (resources, until, onEnd) =>
      new Promise((resolve, reject) => {
        if (!tellsChanges(facts) && resources.length === 0) {
          resolve();
          return;
        }
        const notifications = {
          ...(can(facts, 'tools', 'listChanged') ? { toolsListChanged: true } : {}),
          ...(can(facts, 'prompts', 'listChanged') ? { promptsListChanged: true } : {}),
          ...(can(facts, 'resources', 'listChanged') ? { resourcesListChanged: true } : {}),
          ...(resources.length === 0 ? {} : { resourceSubscriptions: resources }),
        };
        const call = { method: 'subscriptions/listen', params: { notifications }, caller: NOBODY, signal: until };
        send(call, resolve)
          .then(() => resolve(), reject)
          .finally(onEnd);
      }),
    get underWay() {
      return peer.underWay;
    },
    close: () => peer.close(),
  };
}

/** Evidence that a server is of the legacy era. */
export class NotModern extends Error {
  override readonly name = 'NotModern';
}

const MODERN_CODES: ReadonlySet<number> = new Set([RPC.headerMismatch, RPC.missingCapability, RPC.unsupportedVersion]);

/** Whether an error shows that its server reads requests as the modern revision wants them. */
export function isModernError(error: unknown): boolean {
  return error instanceof RpcError && MODERN_CODES.has(error.code);
}

function factsOf(era: Era, revision: string, said: Json, serverInfo: unknown): ServerFacts {
  const { capabilities, instructions } = said;
  return {
    era,
    revision,
    serverInfo: isJson(serverInfo) ? serverInfo : {},
    capabilities: isJson(capabilities) ? capabilities : {},
    instructions: typeof instructions === 'string' ? instructions : undefined,
  };
}

/** Whether the server declared this part of a capability. */
function can({ capabilities }: Pick<ServerFacts, 'capabilities'>, capability: string, part: string): boolean {
  const declared = capabilities[capability];
  return isJson(declared) && declared[part] === true;
}

const tellsChanges = (facts: ServerFacts): boolean =>
  (['tools', 'prompts', 'resources'] as const).some((kind) => can(facts, kind, 'listChanged'));
