// Prompts and answers, where the settings ask for them: in a file of their own beside the catalogue, so that they can
// be thrown away alone. Secrets are replaced and long texts cut before they are compressed; the request path only
// hands over what it holds already.
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompressSync, constants } from 'node:zlib';
import { openDatabase } from '#store';
import type { Database } from '#store';
import type { Redact } from '../policy/secrets.ts';
import type { Entry } from './entry.ts';
import { isSuccess } from './entry.ts';
import type { TraceSettings } from './settings.ts';

export interface Body {
  readonly request: string;
  readonly answer: string;
}

/** Called only for calls whose bodies are kept; translating them costs what it costs. */
export type ReadBody = () => Body;

export interface Bodies {
  /** Whether a call that ends so may be kept; asked at its start, `outcome` unknown then. */
  mayKeep(): boolean;
  /** A streamed answer is collected up to here. */
  readonly limitBytes: number;
  add(entry: Entry, read: ReadBody): void;
  read(id: string): Body | undefined;
  /** Forgets up to so many that were written before; undefined = there is nothing to forget. */
  forget(beforeMs: number, most: number): number;
  /** Bodies that were not kept: too many waited, or the file could not be written. */
  readonly dropped: number;
  flush(): Promise<void>;
  close(): Promise<void>;
}

const MIGRATIONS = [
  `CREATE TABLE bodies (
     sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, at_ms INTEGER NOT NULL, request BLOB NOT NULL, answer BLOB NOT NULL
   ) STRICT;
   CREATE INDEX bodies_by_id ON bodies (id);
   CREATE INDEX bodies_by_age ON bodies (at_ms)`,
];
/** Bodies that may wait to be compressed and written. */
const MOST_WAITING = 1000;
const compress = promisify(brotliCompress);
/** Fast rather than small: it runs beside the calls. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } };

const bodiesPath = (databasePath: string): string =>
  databasePath === ':memory:' ? databasePath : `${databasePath.replace(/\.sqlite$/, '')}-bodies.sqlite`;

export interface BodiesOptions {
  readonly databasePath: string;
  readonly settings: TraceSettings['bodies'];
  readonly redact: Redact;
  /** Uniform in [0, 1[. */
  readonly random: () => number;
}

export function createBodies({ databasePath, settings, redact, random }: BodiesOptions): Bodies {
  const path = bodiesPath(databasePath);
  const off = settings.keep === 'off';
  let opened: Database | undefined;
  /** What was kept once can be read and purged also after keeping is switched off. */
  const database = (create: boolean): Database | undefined => {
    if (opened === undefined && (create || (path !== ':memory:' && existsSync(path)))) {
      opened = openDatabase(path, { room: 'gateway-bodies', migrations: MIGRATIONS });
      opened.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 50');
    }
    return opened;
  };
  let dropped = 0;
  let waiting: { readonly entry: Entry; readonly body: Body }[] = [];
  let writing: Promise<void> | undefined;

  const cut = (text: string): Buffer => {
    const bytes = Buffer.from(redact(text));
    if (bytes.byteLength <= settings.bytes) return bytes;
    const head = new TextDecoder().decode(bytes.subarray(0, settings.bytes), { stream: true });
    return Buffer.from(`${head}\n[cut: ${bytes.byteLength} bytes]`);
  };
  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const taken = waiting.splice(0, 50);
      try {
        const packed = await Promise.all(
          taken.flatMap(({ body }) => [compress(cut(body.request), QUALITY), compress(cut(body.answer), QUALITY)]),
        );
        const insert = database(true)?.prepare('INSERT INTO bodies (id, at_ms, request, answer) VALUES (?, ?, ?, ?)');
        for (const [place, { entry }] of taken.entries())
          insert?.run(entry.id, Math.floor(entry.atMs), packed[2 * place] ?? '', packed[2 * place + 1] ?? '');
      } catch {
        // Bodies are a convenience: what cannot be written is counted, and calls go on.
        dropped += taken.length;
      }
    }
    writing = undefined;
  };
  const flush = async (): Promise<void> => {
    while (writing !== undefined || waiting.length > 0) await (writing ??= write());
  };

  return {
    mayKeep: () => !off && (settings.keep !== 'sampled' || random() < settings.sample),
    limitBytes: settings.bytes,
    add: (entry, read) => {
      if (settings.keep === 'failures' && isSuccess(entry.outcome)) return;
      if (waiting.length >= MOST_WAITING) {
        dropped += 1;
        return;
      }
      waiting.push({ entry, body: read() });
      writing ??= Promise.resolve().then(write);
    },
    read: (id) => {
      const row = database(false)
        ?.prepare('SELECT request, answer FROM bodies WHERE id = ? ORDER BY sequence DESC LIMIT 1')
        .get(id);
      if (row === undefined) return undefined;
      return { request: unpacked(row['request']), answer: unpacked(row['answer']) };
    },
    forget: (beforeMs, most) => {
      const gone = database(false)
        ?.prepare('DELETE FROM bodies WHERE sequence IN (SELECT sequence FROM bodies WHERE at_ms < ? LIMIT ?)')
        .run(beforeMs, most).changes;
      return Number(gone ?? 0);
    },
    get dropped() {
      return dropped;
    },
    flush,
    close: async () => {
      await flush();
      opened?.close();
      opened = undefined;
    },
  };
}

function unpacked(value: unknown): string {
  return value instanceof Uint8Array ? brotliDecompressSync(value).toString() : '';
}
