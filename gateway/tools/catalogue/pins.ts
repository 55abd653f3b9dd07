// Definitions as they were when they were first seen, or approved since. What a server says of a tool is what models
// believe of it, so a definition that changes afterwards, or comes later, is not shown and not called before somebody has
// looked at it. What is stored is held against its own hash: a row that somebody changed approves nothing.
import { canonicalJson, sha256 } from '#foundation';
import type { Database } from '#store';
import type { PinKind, PinView } from '../../contract.ts';
import type { Json } from '../../models/exchange.ts';
import { isJson } from '../../models/exchange.ts';

export interface Definition {
  readonly kind: PinKind;
  /** Empty for what the server says of itself. */
  readonly name: string;
  readonly definition: Json;
}

export interface Pins {
  /** The hashes of what waits for approval, as `kind:name`; everything that a server shows is given at once. */
  hold(server: string, shown: readonly Definition[]): ReadonlySet<string>;
  list(server?: string): readonly PinView[];
  /** Approves what waits now, if it still is what `hash` says (where one is given). Undefined = nothing of that name waits. */
  approve(server: string, kind: PinKind, name: string, hash: string | undefined): PinView | undefined;
}

export const PIN_TABLES = [
  `CREATE TABLE tool_pins (
     server TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, approved TEXT, approved_hash TEXT, approved_at TEXT,
     waiting TEXT, waiting_hash TEXT, waiting_since TEXT,
     PRIMARY KEY (server, kind, name)
   ) STRICT, WITHOUT ROWID`,
];

interface Row {
  readonly server: string;
  readonly kind: PinKind;
  readonly name: string;
  readonly approved: string | null;
  readonly approved_hash: string | null;
  readonly approved_at: string | null;
  readonly waiting: string | null;
  readonly waiting_hash: string | null;
  readonly waiting_since: string | null;
}

export const pinKey = (kind: PinKind, name: string): string => `${kind}:${name}`;

export function createPins(database: Database, now: () => number): Pins {
  const ofServer = database.prepare('SELECT * FROM tool_pins WHERE server = ? ORDER BY kind, name');
  const all = database.prepare('SELECT * FROM tool_pins ORDER BY server, kind, name');
  const one = database.prepare('SELECT * FROM tool_pins WHERE server = ? AND kind = ? AND name = ?');
  const pin = database.prepare(
    `INSERT INTO tool_pins (server, kind, name, approved, approved_hash, approved_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (server, kind, name) DO UPDATE SET
       approved = excluded.approved, approved_hash = excluded.approved_hash, approved_at = excluded.approved_at,
       waiting = NULL, waiting_hash = NULL, waiting_since = NULL`,
  );
  const wait = database.prepare(
    `INSERT INTO tool_pins (server, kind, name, waiting, waiting_hash, waiting_since) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (server, kind, name) DO UPDATE SET
       waiting = excluded.waiting, waiting_hash = excluded.waiting_hash, waiting_since = excluded.waiting_since`,
  );
  const forget = database.prepare(
    'UPDATE tool_pins SET waiting = NULL, waiting_hash = NULL, waiting_since = NULL WHERE server = ? AND kind = ? AND name = ?',
  );
  const at = (): string => new Date(now()).toISOString();
  const rowsOf = (server: string): readonly Row[] => ofServer.all(server) as unknown as readonly Row[];

  return {
    hold: (server, shown) => {
      const rows = new Map(rowsOf(server).map((row) => [pinKey(row.kind, row.name), row]));
      const isNew = rows.size === 0;
      const held = new Set<string>();
      for (const { kind, name, definition } of shown) {
        const key = pinKey(kind, name);
        const text = spelled(definition);
        const hash = sha256(text);
        const row = rows.get(key);
        if (row !== undefined && isApproved(row, hash)) {
          if (row.waiting !== null) forget.run(server, kind, name);
        } else if (isNew) pin.run(server, kind, name, text, hash, at());
        else {
          held.add(key);
          if (row?.waiting_hash !== hash) wait.run(server, kind, name, text, hash, at());
        }
      }
      return held;
    },
    list: (server) => (server === undefined ? (all.all() as unknown as readonly Row[]) : rowsOf(server)).map(viewOf),
    approve: (server, kind, name, hash) => {
      const row = one.get(server, kind, name) as unknown as Row | undefined;
      if (row === undefined || row.waiting === null || row.waiting_hash !== sha256(row.waiting)) return undefined;
      if (hash !== undefined && hash !== row.waiting_hash) return undefined;
      pin.run(server, kind, name, row.waiting, row.waiting_hash, at());
      return viewOf(one.get(server, kind, name) as unknown as Row);
    },
  };
}

function isApproved({ approved, approved_hash }: Row, hash: string): boolean {
  return approved !== null && approved_hash === hash && sha256(approved) === hash;
}

function viewOf(row: Row): PinView {
  const { server, kind, name } = row;
  return {
    server,
    kind,
    name,
    approved:
      row.approved === null ? undefined : { hash: row.approved_hash ?? '', at: row.approved_at ?? '', definition: row.approved },
    waiting:
      row.waiting === null ? undefined : { hash: row.waiting_hash ?? '', at: row.waiting_since ?? '', definition: row.waiting },
  };
}

/** Canonical JSON of normal forms: two spellings of the same letters are the same definition. */
function spelled(definition: Json): string {
  return canonicalJson(normal(definition));
}

function normal(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(normal);
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key.normalize('NFC'), normal(below)]));
}
