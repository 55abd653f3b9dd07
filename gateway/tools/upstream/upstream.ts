// One upstream server for everybody who calls it: its connections are shared, opened when they are needed, opened again
// once when the server forgot the session, and closed when idle. A server that cannot be reached is left in peace for a
// while, so that nobody waits for it.
import type { Dispatcher } from 'undici';
import { canonicalJson, ShoalError, toShoalError } from '#foundation';
import { isJson } from '../../models/exchange.ts';
import type { Json } from '../../models/exchange.ts';
import type { Era } from '../wire/revisions.ts';
import type { UpstreamSettings } from '../settings.ts';
import { answerInputs } from './answer-inputs.ts';
import { NOBODY } from './caller.ts';
import { CLIENT_NAME } from './connection.ts';
import type { Connection, ServerFacts, UpstreamCall } from './connection.ts';
import { openConnection } from './open-connection.ts';
import type { Change } from './peer.ts';
import { SessionEnded } from './transport.ts';
import { serverFault } from './server-fault.ts';

export interface UpstreamState {
  readonly state: 'idle' | 'connected' | 'failing';
  readonly facts: ServerFacts | undefined;
  readonly error: string | undefined;
}

export interface Upstream {
  readonly name: string;
  readonly settings: UpstreamSettings;
  /** Connects where it is not. Throws as `call` does. */
  facts(signal: AbortSignal): Promise<ServerFacts>;
  /** Throws `RpcError` for the server's no, `tool_failed` for a fault, `cancelled`. */
  call(call: UpstreamCall): Promise<Json>;
  /** Has changes told from now on, these resources' too. */
  watch(resources: readonly string[], signal: AbortSignal): Promise<void>;
  /** False once the connection was lost by which changes were told. */
  readonly watched: boolean;
  view(): UpstreamState;
  close(): Promise<void>;
}

export interface UpstreamOptions {
  readonly name: string;
  readonly settings: UpstreamSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dispatcher: Dispatcher;
  readonly version: string;
  readonly idleMs: number;
  readonly now: () => number;
  readonly onChange: (change: Change) => void;
}

interface Held {
  readonly connection: Promise<Connection>;
  usedMs: number;
}

const MAX_CONNECTIONS = 16;
const FIRST_REST_MS = 1000;
const LONGEST_REST_MS = 60_000;
/** A server that was legacy may have been brought up to date. */
const LEGACY_VERDICT_MS = 3_600_000;
/** Capabilities of clients that a legacy server is told of. */
const TOLD: ReadonlySet<string> = new Set(['sampling', 'elicitation', 'roots']);
/** A process is shared, so it is told of all; a client that cannot is not asked. */
const ALL_CAPABILITIES: Json = { sampling: {}, elicitation: {}, roots: {} };

export function createUpstreamServer(options: UpstreamOptions): Upstream {
  const { name, settings, environment, dispatcher, version, idleMs, now, onChange } = options;
  const held = new Map<string, Held>();
  const ended = new AbortController();
  const clientInfo = { name: CLIENT_NAME, version };
  let era: { readonly is: Era; readonly atMs: number } | undefined;
  let facts: ServerFacts | undefined;
  let failure: { readonly error: ShoalError; readonly untilMs: number; readonly restMs: number } | undefined;
  let watching: { readonly controller: AbortController; readonly key: string } | undefined;

  const knownEra = (): Era | undefined => {
    if (settings.era !== 'auto') return settings.era;
    if (era?.is === 'legacy' && now() - era.atMs > LEGACY_VERDICT_MS) return undefined;
    return era?.is;
  };

  /** Modern servers are told with each request, a process is shared by all: for both, one connection does. */
  const toldOf = (capabilities: Json): Json => {
    if (settings.command !== undefined) return ALL_CAPABILITIES;
    if (knownEra() === 'modern') return {};
    return Object.fromEntries(Object.entries(capabilities).filter(([key]) => TOLD.has(key)));
  };

  const open = async (key: string, capabilities: Json): Promise<Connection> => {
    if (failure !== undefined && now() < failure.untilMs) throw failure.error;
    const time = AbortSignal.timeout(settings.connectMs);
    try {
      const connection = await openConnection({
        server: name,
        settings,
        environment,
        dispatcher,
        clientInfo,
        capabilities,
        era: knownEra(),
        onChange,
        onClosed: () => forget(key),
        signal: AbortSignal.any([ended.signal, time]),
      });
      era = { is: connection.facts.era, atMs: now() };
      facts = connection.facts;
      failure = undefined;
      return connection;
    } catch (thrown) {
      // What it was may have changed with what it is.
      era = undefined;
      const restMs = Math.min(LONGEST_REST_MS, (failure?.restMs ?? FIRST_REST_MS / 2) * 2);
      const error = time.aborted ? serverFault(`${name} was not ready within ${settings.connectMs} ms.`) : asFault(thrown);
      failure = { error, untilMs: now() + restMs, restMs };
      throw error;
    }
  };

  const asFault = (thrown: unknown): ShoalError => {
    const error = toShoalError(thrown);
    if (error.code !== 'internal') return error;
    return serverFault(`${name} cannot be connected to: ${error.message}`, thrown);
  };

  const connectionFor = (capabilities: Json): Promise<Connection> => {
    if (ended.signal.aborted) return Promise.reject(new ShoalError('cancelled', `${name} was closed.`));
    const told = toldOf(capabilities);
    const key = canonicalJson(told);
    let entry = held.get(key);
    if (entry === undefined) {
      makeRoom();
      const connection = open(key, told);
      entry = { connection, usedMs: now() };
      held.set(key, entry);
      connection.catch(() => held.delete(key));
    }
    entry.usedMs = now();
    return entry.connection;
  };

  const makeRoom = (): void => {
    if (held.size < MAX_CONNECTIONS) return;
    const [oldest] = [...held].toSorted(([, left], [, right]) => left.usedMs - right.usedMs);
    if (oldest !== undefined) drop(oldest[0]);
  };

  const forget = (key: string): void => {
    held.delete(key);
    if (watching?.key === key) watching = undefined;
  };

  const drop = (key: string): void => {
    const entry = held.get(key);
    forget(key);
    entry?.connection.then(
      (connection) => connection.close(),
      () => undefined,
    );
  };

  const closeIdle = async (): Promise<void> => {
    for (const [key, entry] of held) {
      if (now() - entry.usedMs < idleMs || watching?.key === key) continue;
      const connection = await entry.connection.catch(() => undefined);
      if (connection?.underWay === 0) drop(key);
    }
  };
  const sweeping = setInterval(() => void closeIdle(), Math.max(100, idleMs / 4)).unref();

  const once = async (call: UpstreamCall): Promise<Json> => {
    const connection = await connectionFor(call.caller.capabilities);
    if (connection.facts.era === 'modern' && call.caller.era === 'legacy')
      return answerInputs(call, (next) => connection.call(next));
    return connection.call(call);
  };

  return {
    name,
    settings,
    facts: async (signal) => {
      signal.throwIfAborted();
      return (await connectionFor({})).facts;
    },
    call: async (call) => {
      try {
        return await once(call);
      } catch (error) {
        if (!(error instanceof SessionEnded)) throw error;
        // The server did nothing for a session that it does not know, so it is safe to ask again.
        drop(canonicalJson(toldOf(call.caller.capabilities)));
        return once(call);
      }
    },
    watch: async (resources, signal) => {
      const connection = await connectionFor(NOBODY.capabilities);
      const former = watching?.controller;
      const present = { controller: new AbortController(), key: canonicalJson(toldOf({})) };
      watching = present;
      await connection.watch(resources, AbortSignal.any([present.controller.signal, ended.signal, signal]), () => {
        if (watching === present) watching = undefined;
      });
      former?.abort();
    },
    get watched() {
      return watching !== undefined;
    },
    view: () => ({
      state: failure !== undefined ? 'failing' : held.size > 0 ? 'connected' : 'idle',
      facts,
      error: failure?.error.message,
    }),
    close: async () => {
      clearInterval(sweeping);
      ended.abort();
      const open = [...held.values()];
      held.clear();
      await Promise.all(
        open.map(async ({ connection }) => {
          const opened = await connection.catch(() => undefined);
          await opened?.close().catch(() => undefined);
        }),
      );
    },
  };
}

/** Whether a server declared a capability at all. */
export const declares = ({ capabilities }: ServerFacts, capability: string): boolean => isJson(capabilities[capability]);
