// All upstream servers with what they offer. Lists are read side by side, each by itself: who asks waits for servers that
// were never read, a short while, and for no server that was.
import type { Change } from '../upstream/peer.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { readListing } from './listing.ts';
import type { Listing } from './listing.ts';
import type { Pins } from './pins.ts';

export interface ServerChange {
  readonly server: string;
  readonly change: Change;
}

export interface Catalogue {
  readonly servers: readonly string[];
  upstream(server: string): Upstream | undefined;
  /** What was last read; undefined = nothing yet. */
  listing(server: string): Listing | undefined;
  /** Resolves when each of these servers was read once, or time is up. */
  ready(servers: readonly string[], signal: AbortSignal): Promise<void>;
  /** Reads a server's lists now. Throws as `Upstream.call` does. */
  refresh(server: string): Promise<Listing>;
  /** Grows with every listing that is read: what was made of an older one is to be made again. */
  readonly version: number;
  /** Calls back for each change; returns how to stop that. */
  onChange(listener: (change: ServerChange) => void): () => void;
  /** Has changes of one resource told; returns how to stop that. */
  subscribe(server: string, uri: string): () => void;
  close(): Promise<void>;
}

export interface CatalogueOptions {
  readonly open: (name: string, onChange: (change: Change) => void) => Upstream;
  readonly servers: readonly string[];
  readonly pins: Pins;
  readonly refreshMs: number;
  readonly now: () => number;
}

const FIRST_READ_MS = 5000;
/** However often a server says that it changed. */
const SHORTEST_INTERVAL_MS = 200;

interface Shelf {
  readonly upstream: Upstream;
  readonly subscriptions: Map<string, number>;
  listing: Listing | undefined;
  readAtMs: number;
  reading: Promise<Listing> | undefined;
  /** Kinds of which the server said that they changed since it was read. */
  readonly told: Set<'tools' | 'prompts' | 'resources'>;
  timer: NodeJS.Timeout | undefined;
}

export function createCatalogue({ open, servers, pins, refreshMs, now }: CatalogueOptions): Catalogue {
  const listeners = new Set<(change: ServerChange) => void>();
  const ended = new AbortController();
  let version = 0;

  const emit = (server: string, change: Change): void => {
    for (const listener of listeners) listener({ server, change });
  };

  const shelves = new Map<string, Shelf>();
  for (const name of servers) {
    const upstream = open(name, (change) => {
      const shelf = shelves.get(name);
      if (shelf === undefined) return;
      if (change.kind === 'resource') {
        emit(name, change);
        return;
      }
      shelf.told.add(change.kind);
      soon(shelf);
    });
    shelves.set(name, {
      upstream,
      subscriptions: new Map(),
      listing: undefined,
      readAtMs: -Infinity,
      reading: undefined,
      told: new Set(),
      timer: undefined,
    });
  }

  const read = async (shelf: Shelf): Promise<Listing> => {
    const { upstream } = shelf;
    const told = new Set(shelf.told);
    shelf.told.clear();
    const before = shelf.listing;
    const listing = await readListing(upstream, pins, ended.signal);
    shelf.listing = listing;
    shelf.readAtMs = now();
    version++;
    for (const kind of ['tools', 'prompts', 'resources'] as const) {
      if (told.has(kind) || (before !== undefined && differs(before, listing, kind))) emit(upstream.name, { kind });
    }
    // Where changes are not told, the interval finds them.
    if (!upstream.watched) await watch(shelf).catch(() => undefined);
    return listing;
  };

  const watch = ({ upstream, subscriptions }: Shelf): Promise<void> => upstream.watch([...subscriptions.keys()], ended.signal);

  const load = (shelf: Shelf): Promise<Listing> => {
    if (shelf.reading !== undefined) return shelf.reading;
    const reading = read(shelf).finally(() => {
      shelf.reading = undefined;
      if (shelf.told.size > 0) soon(shelf);
    });
    shelf.reading = reading;
    return reading;
  };

  const soon = (shelf: Shelf): void => {
    if (shelf.timer !== undefined || shelf.reading !== undefined || ended.signal.aborted) return;
    const waitMs = Math.max(0, shelf.readAtMs + SHORTEST_INTERVAL_MS - now());
    shelf.timer = setTimeout(() => {
      shelf.timer = undefined;
      // What was known stays in force; the next who asks tries again.
      load(shelf).catch(() => undefined);
    }, waitMs).unref();
  };

  return {
    servers,
    upstream: (server) => shelves.get(server)?.upstream,
    listing: (server) => shelves.get(server)?.listing,
    ready: async (wanted, signal) => {
      const first: Promise<unknown>[] = [];
      for (const name of wanted) {
        const shelf = shelves.get(name);
        if (shelf === undefined) continue;
        if (shelf.listing === undefined) first.push(load(shelf).catch(() => undefined));
        else if (now() - shelf.readAtMs > refreshMs) load(shelf).catch(() => undefined);
      }
      if (first.length > 0) await within(Promise.all(first), FIRST_READ_MS, signal);
    },
    refresh: async (server) => {
      const shelf = shelves.get(server);
      if (shelf === undefined) throw new Error(`There is no tool server ${server}.`);
      await shelf.reading?.catch(() => undefined);
      return load(shelf);
    },
    get version() {
      return version;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    subscribe: (server, uri) => {
      const shelf = shelves.get(server);
      if (shelf === undefined) return () => undefined;
      const change = (by: 1 | -1): void => {
        const before = shelf.subscriptions.get(uri) ?? 0;
        if (before + by <= 0) shelf.subscriptions.delete(uri);
        else shelf.subscriptions.set(uri, before + by);
        // Only the first and the last of those who want it concern the server.
        if (before === (by === 1 ? 0 : 1)) watch(shelf).catch(() => undefined);
      };
      change(1);
      let subscribed = true;
      return () => {
        if (subscribed) change(-1);
        subscribed = false;
      };
    },
    close: async () => {
      ended.abort();
      for (const { timer } of shelves.values()) clearTimeout(timer);
      await Promise.all([...shelves.values()].map(({ upstream }) => upstream.close()));
    },
  };
}

function differs(before: Listing, after: Listing, kind: 'tools' | 'prompts' | 'resources'): boolean {
  return spelled(before, kind) !== spelled(after, kind);
}

function spelled(listing: Listing, kind: 'tools' | 'prompts' | 'resources'): string {
  const held = [...listing.held].filter((key) => key.startsWith(kind.slice(0, -1)));
  if (kind === 'tools') return JSON.stringify([listing.tools.map(({ definition }) => definition), held]);
  if (kind === 'prompts') return JSON.stringify([listing.prompts, held]);
  return JSON.stringify([listing.resources, listing.templates]);
}

function within(work: Promise<unknown>, timeMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, timeMs);
    signal.addEventListener('abort', end, { once: true });
    void work.then(end);
  });
}
