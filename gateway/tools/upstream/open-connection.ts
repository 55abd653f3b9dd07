// From a server's settings to a connection: which transport, which era. A server that does not answer as a modern one is
// greeted as a legacy one; that it refuses who we are says nothing about its era.
import type { Dispatcher } from 'undici';
import { ShoalError } from '#foundation';
import type { Json } from '../../models/exchange.ts';
import { RPC, RpcError } from '../wire/json-rpc.ts';
import type { Era } from '../wire/revisions.ts';
import type { UpstreamSettings } from '../settings.ts';
import { connectLegacy, connectModern, isModernError, NotModern } from './connection.ts';
import type { Connection } from './connection.ts';
import { createHttpTransport } from './http-transport.ts';
import type { HttpTransport } from './http-transport.ts';
import { openPeer } from './peer.ts';
import type { Change, Peer } from './peer.ts';
import { openSseTransport } from './sse-transport.ts';
import { createStdioTransport, PLAIN_VARIABLES } from './stdio-transport.ts';
import { HttpRefused } from './transport.ts';

export interface OpenOptions {
  readonly server: string;
  readonly settings: UpstreamSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dispatcher: Dispatcher;
  readonly clientInfo: Json;
  /** What the clients of this connection can do; only legacy servers are told at the start. */
  readonly capabilities: Json;
  /** Undefined = has to be found out. */
  readonly era: Era | undefined;
  readonly onChange: (change: Change) => void;
  readonly onClosed: (error: Error) => void;
  readonly signal: AbortSignal;
}

/** A legacy process that does not know `server/discover` may also say nothing at all. */
const PROBE_MS = 3000;

/** Throws `tool_failed`, `invalid_config` for a variable that is not set, or what the server answered. */
export function openConnection(options: OpenOptions): Promise<Connection> {
  return options.settings.command === undefined ? overHttp(options) : overStdio(options, options.settings.command);
}

async function overStdio(options: OpenOptions, command: readonly [string, ...string[]]): Promise<Connection> {
  const { server, settings, onChange, onClosed, clientInfo, capabilities, era, signal } = options;
  const peer = await openPeer({
    server,
    onChange,
    onClosed,
    open: async (events) =>
      createStdioTransport({ server, command, environment: environmentOf(options), cwd: settings.cwd, events }),
  });
  return closedOnFailure(peer, async () => {
    if (era !== 'legacy') {
      try {
        return await connectModern(peer, clientInfo, AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]));
      } catch (error) {
        if (era === 'modern' || signal.aborted || isModernError(error) || isLost(error)) throw error;
      }
    }
    return connectLegacy(peer, clientInfo, capabilities, nothing, nothing, signal);
  });
}

async function overHttp(options: OpenOptions): Promise<Connection> {
  const { settings, era } = options;
  if (era !== 'legacy' && settings.transport !== 'sse') {
    try {
      return await modernHttp(options);
    } catch (error) {
      if (era === 'modern' || !isLegacyEvidence(error)) throw error;
    }
  }
  if (settings.transport !== 'sse') {
    try {
      return await legacyHttp(options);
    } catch (error) {
      const isOlder = error instanceof HttpRefused && [400, 404, 405].includes(error.status);
      if (settings.transport === 'streamable' || !isOlder) throw error;
    }
  }
  return legacySse(options);
}

async function modernHttp(options: OpenOptions): Promise<Connection> {
  const { peer } = await httpPeer(options);
  return closedOnFailure(peer, () => connectModern(peer, options.clientInfo, options.signal));
}

async function legacyHttp(options: OpenOptions): Promise<Connection> {
  const { peer, transport } = await httpPeer(options);
  const { clientInfo, capabilities, signal } = options;
  return closedOnFailure(peer, () =>
    connectLegacy(
      peer,
      clientInfo,
      capabilities,
      (revision) => transport.openSession(revision),
      () => transport.listen(),
      signal,
    ),
  );
}

async function httpPeer(options: OpenOptions): Promise<{ readonly peer: Peer; readonly transport: HttpTransport }> {
  const { server, settings, dispatcher, onChange, onClosed } = options;
  const opened = Promise.withResolvers<HttpTransport>();
  const peer = await openPeer({
    server,
    onChange,
    onClosed,
    open: async (events) => {
      const transport = createHttpTransport({
        server,
        url: settings.url ?? '',
        headers: headersOf(options),
        dispatcher,
        events,
      });
      opened.resolve(transport);
      return transport;
    },
  });
  return { peer, transport: await opened.promise };
}

async function legacySse(options: OpenOptions): Promise<Connection> {
  const { server, settings, dispatcher, onChange, onClosed, clientInfo, capabilities, signal } = options;
  const peer = await openPeer({
    server,
    onChange,
    onClosed,
    open: (events) =>
      openSseTransport({ server, url: settings.url ?? '', headers: headersOf(options), dispatcher, events, signal }),
  });
  return closedOnFailure(peer, () => connectLegacy(peer, clientInfo, capabilities, nothing, nothing, signal));
}

async function closedOnFailure(peer: Peer, connect: () => Promise<Connection>): Promise<Connection> {
  try {
    return await connect();
  } catch (error) {
    await peer.close();
    throw error;
  }
}

const nothing = (): void => undefined;
const isLost = (error: unknown): boolean => error instanceof ShoalError && error.code === 'tool_failed';

function isLegacyEvidence(error: unknown): boolean {
  if (error instanceof NotModern) return true;
  if (error instanceof HttpRefused)
    return error.status !== 401 && error.status !== 403 && error.status !== 429 && error.status < 500;
  if (!(error instanceof RpcError)) return false;
  if (error.code !== RPC.unsupportedVersion) return !isModernError(error);
  // It reads modern requests, but the revisions that it offers are of the other era.
  return true;
}

function environmentOf({ server, settings, environment }: OpenOptions): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of PLAIN_VARIABLES) {
    const value = environment[name];
    if (value !== undefined) passed[name] = value;
  }
  for (const name of settings.envFrom) passed[name] = needed(server, name, environment);
  return { ...passed, ...settings.env };
}

function headersOf({ server, settings, environment }: OpenOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings.headers)) headers[name.toLowerCase()] = value;
  for (const [name, from] of Object.entries(settings.headersFrom))
    headers[name.toLowerCase()] = needed(server, from, environment);
  return headers;
}

function needed(server: string, name: string, environment: OpenOptions['environment']): string {
  const value = environment[name];
  if (value !== undefined && value !== '') return value;
  throw new ShoalError('invalid_config', `The tool server ${server} needs the environment variable ${name}, which is not set.`, {
    hint: `Set ${name} and start Shoal again, or take it out of gateway.tools.servers.${server} in config.yaml.`,
  });
}
